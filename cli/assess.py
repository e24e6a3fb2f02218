"""`snapback assess`: who is administrator by its policies, and which ways up they open."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from cli.assess_line import Given
from cli.assess_lines import read
from cli.assessed import Assessed
from cli.json_lines import LineError
from lambdas.policy.delta import Compared, delta_of_any
from lambdas.policy.reading import shown


def run(path: Path | None, out: TextIO, *, as_text: bool, flagged: bool = False) -> bool:
    """Judge each line of a file, or of standard input; whether all could be read.

    ``flagged`` leaves out those of whom there is nothing to say.

    Raises:
        OSError: the file cannot be read.
    """
    good = True
    for number, line in read(path):
        if isinstance(line, LineError):
            good = False
            told = _mistake(number, line, as_text=as_text)
        else:
            found = Assessed.of(line)
            if flagged and not found.flagged:
                continue
            told = "\n".join(found.as_text()) if as_text else json.dumps(found.as_json())
        out.write(f"{told}\n")
    return good


def run_delta(before: Path, path: Path | None, out: TextIO, *, as_text: bool) -> bool:
    """Tell what each line gave and took since the line of the same id in another file.

    Raises:
        OSError: one of the files cannot be read.
    """
    good = True
    former: dict[str, Given] = {}
    for number, line in read(before):
        mistake = line if isinstance(line, LineError) else _filed(line, former)
        if mistake:
            good = False
            out.write(f"{_mistake(number, mistake, as_text=as_text, file=before)}\n")
    for number, line in read(path):
        if isinstance(line, LineError):
            good = False
            told = _mistake(number, line, as_text=as_text)
        else:
            found = _delta(former.get(json.dumps(line.id)), line)
            told = "\n".join(_delta_as_text(found)) if as_text else json.dumps(found)
        out.write(f"{told}\n")
    return good


def _filed(line: Given, former: dict[str, Given]) -> LineError | None:
    """File a line by its id; an id that was there already is a mistake, and the first one holds."""
    name = json.dumps(line.id)
    if former.setdefault(name, line) is not line:
        return LineError(f"the id {shown(line.id)} stands on an earlier line, which holds")
    return None


def _delta(before: Given | None, after: Given) -> dict[str, Any]:
    """What was given and taken; ``known`` says whether there was a line before."""
    found = delta_of_any([*_compared(before, after)])
    former = (f"before: {error}" for error in (before.errors if before else ()))
    return {
        "id": after.id,
        "gave": [*found.gave],
        "took": [*found.took],
        "known": found.known,
        "errors": [*former, *after.errors],
    }


def _compared(before: Given | None, after: Given) -> Iterator[Compared]:
    """The powers of one principal; where neither line names it, of all that they may speak of."""
    if before is None:
        yield from ((None, power) for power in after.powers)
    elif before.named and after.named:
        yield before.powers[0], after.powers[0]
    else:
        naming = [line.whose for line in (after, before) if line.named]
        for who in naming[0] if naming else dict.fromkeys((*after.whose, *before.whose)):
            yield before.of(who), after.of(who)


def _delta_as_text(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['id']}:{'' if found['known'] else ' what it could do before is not known'}"
    yield from _each("  + ", found["gave"])
    yield from _each("  - ", found["took"])
    yield from _each("  error: ", found["errors"])


def _each(mark: str, lines: Iterable[str]) -> Iterator[str]:
    return (f"{mark}{line}" for line in lines)


def _mistake(number: int, error: LineError, *, as_text: bool, file: Path | None = None) -> str:
    told = {"line": number, "error": str(error)}
    if file:
        told = {"file": str(file), **told}
    where = f"{file}, line {number}" if file else f"line {number}"
    return f"{where}: {error}" if as_text else json.dumps(told)
