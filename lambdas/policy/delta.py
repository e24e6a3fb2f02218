"""The delta: what lies between two powers of a principal, in lines for people."""

from collections.abc import Iterable, Iterator, Sequence

from lambdas.model.delta import Delta
from lambdas.model.finding import SURENESS
from lambdas.policy.access_words import FIRST, Line
from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import ways
from lambdas.policy.escalation.path import Path
from lambdas.policy.evaluate import Answer
from lambdas.policy.gain_words import GAVE, HAS, TOOK, gain_lines
from lambdas.policy.gains import Held, gains
from lambdas.policy.listing import cut, listed
from lambdas.policy.source import Power

MOST_LINES = 12
"""Lines of either side; of the rest only the number is said."""
LONGEST_LINE = 300
"""Characters of one line: documents hold names as long as their author likes."""
_ADMINISTRATOR = {
    Answer.CONDITIONAL: "administrator of the account, under a condition",
    Answer.ALLOWED: "administrator of the account",
}


Compared = tuple[Power | None, Power]
"""The power before, None where it is not known, and the one after."""


def delta(before: Power | None, after: Power) -> Delta:
    """What was given and taken between two powers of one principal, what matters most first.

    ``before`` is None where it is not known: what is given is then all that the other holds, and
    nothing is said to be taken. Of a power with problems only what is known of it is compared.
    """
    return delta_of_any([(before, after)])


def delta_of_any(compared: Sequence[Compared]) -> Delta:
    """The same for somebody who may be any of several principals: what any of them was given."""
    known = all(before is not None for before, _ in compared)
    afters = [after for _, after in compared]
    formers = [before or Power(subject=after.subject) for before, after in compared]
    held = [
        (Held.of(former), Held.of(after)) for former, after in zip(formers, afters, strict=True)
    ]
    gave, took = [*_risen(formers, afters)], [*_risen(afters, formers)]
    for was, now in held:
        gave += gain_lines(gains(was, now), was, GAVE if known else HAS)
        took += gain_lines(gains(now, was), now, TOOK)
    principals = tuple(dict.fromkeys(after.subject for after in afters))
    return Delta(principals=principals, gave=_told(gave), took=_told(took), known=known)


def _risen(before: Sequence[Power], after: Sequence[Power]) -> Iterator[Line]:
    """Whether it became an administrator, or which ways to become one have opened."""
    found = max(administrator(each).answer for each in after)
    if found > max(administrator(each).answer for each in before):
        yield FIRST, _ADMINISTRATOR[found]
    if found is Answer.ALLOWED:
        return
    former = _sureness(before)
    opened = dict.fromkeys(
        path.says.removeprefix("can ")
        for path, sure in _sureness(after).items()
        if sure > former.get(path, -1)
    )
    if opened:
        counted = "a way" if len(opened) == 1 else f"{len(opened)} ways"
        yield FIRST, f"{counted} to more power: {listed(opened, '; ')}"


def _sureness(powers: Iterable[Power]) -> dict[Path, int]:
    """How sure each way is, whoever of them it is open to."""
    sure: dict[Path, int] = {}
    for way in (way for power in powers for way in ways(power)):
        sure[way.path] = max(SURENESS.index(way.certainty), sure.get(way.path, -1))
    return sure


def _told(lines: Iterable[Line]) -> tuple[str, ...]:
    """The lines by rank, each once, cut to what a person reads."""
    ordered = sorted(lines, key=lambda line: line[0])
    told = [*dict.fromkeys(cut(says, LONGEST_LINE) for _, says in ordered)]
    more = len(told) - MOST_LINES
    return (*told[:MOST_LINES], f"and {more} more") if more > 0 else tuple(told)
