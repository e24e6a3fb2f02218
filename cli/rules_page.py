"""The page of rules, docs/rules.md, written from the rules' docstrings and their cases."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from lambdas.rules import RULES
from lambdas.rules.rule import Rule

_ROOT = Path(__file__).parents[1]
PAGE = _ROOT / "docs" / "rules.md"
_CASES = _ROOT / "tests" / "cases" / "rules"
_OPENING = """# Rules

What Snapback minds, in the order in which a mail prints it. Written by `make table` from the rules'
docstrings and from their cases in `tests/cases/rules`; a test fails while it is out of date.

In the examples `identity` are a principal's policies, `boundary` is its permissions boundary, and a
list by itself is a role's trust policy. Where it matters who called what, that stands before.
"""
_RAISES = re.compile(r"\n+Raises:\n\s+\w+: ")


def page() -> str:
    """The whole page."""
    return "".join((_OPENING, *map(_section, RULES)))


def _section(rule: Rule) -> str:
    module = inspect.getmodule(rule)
    if module is None:
        raise TypeError(f"{rule!r} stands in no module, so nothing can be said of it")
    return "\n".join(("", *_paragraphs(rule, module)))


def _paragraphs(rule: Rule, module: ModuleType) -> Iterator[str]:
    name = module.__name__.rpartition(".")[2]
    cases = json.loads((_CASES / f"{name}.json").read_text("utf-8"))
    yield f"## {name.replace('_', '-')}\n"
    yield f"{inspect.getdoc(module)}\n"
    yield _RAISES.sub("\n\nIt says that it cannot judge: ", f"Found: {inspect.getdoc(rule)}\n")
    yield _example("Benign", next(case for case in cases if not case["findings"]))
    yield _example("Risky", next(case for case in cases if case["findings"]))


def _example(kind: str, case: dict[str, Any]) -> str:
    given = ("call", "before", "after") if "call" in case else ("before", "after")
    states = "\n".join(f"{each:6} {_state(case[each])}" for each in given)
    found = [
        f"**{severity}**, {certainty}: {says}" for severity, certainty, says in case["findings"]
    ]
    told = "\n\n".join(found or ["Nothing is found."])
    return f"{kind}: {case['id']}\n\n```\n{states}\n```\n\n{told}\n"


def _state(given: Any) -> str:
    return "not known" if given is None else json.dumps(given) if given else "nothing"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{len(RULES)} rules written to {PAGE.name}\n")
