"""The delta: what lies between two powers of a principal, in lines for people."""

from collections.abc import Iterable, Iterator

from lambdas.model.delta import Delta
from lambdas.model.finding import SURENESS
from lambdas.policy.access_words import FIRST, Line
from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import ways
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


def delta(before: Power | None, after: Power) -> Delta:
    """What was given and taken between two powers of one principal, what matters most first.

    ``before`` is None where it is not known: what is given is then all that the other holds, and
    nothing is said to be taken. Of a power with problems only what is known of it is compared.
    """
    former = before or Power(subject=after.subject)
    was, now = Held.of(former), Held.of(after)
    gave = [*_risen(former, after), *gain_lines(gains(was, now), was, GAVE if before else HAS)]
    took = [*_risen(after, former), *gain_lines(gains(now, was), now, TOOK)]
    return Delta(
        principals=(after.subject,), gave=_told(gave), took=_told(took), known=before is not None
    )


def _risen(before: Power, after: Power) -> Iterator[Line]:
    """Whether it became an administrator, or which ways to become one have opened."""
    found = administrator(after).answer
    if found > administrator(before).answer:
        yield FIRST, _ADMINISTRATOR[found]
    if found is Answer.ALLOWED:
        return
    former = {way.path.id: SURENESS.index(way.certainty) for way in ways(before)}
    opened = dict.fromkeys(
        way.path.says.removeprefix("can ")
        for way in ways(after)
        if SURENESS.index(way.certainty) > former.get(way.path.id, -1)
    )
    if opened:
        counted = "a way" if len(opened) == 1 else f"{len(opened)} ways"
        yield FIRST, f"{counted} to more power: {listed(opened, '; ')}"


def _told(lines: Iterable[Line]) -> tuple[str, ...]:
    """The lines by rank, each once, cut to what a person reads."""
    ordered = sorted(lines, key=lambda line: line[0])
    told = [*dict.fromkeys(cut(says, LONGEST_LINE) for _, says in ordered)]
    more = len(told) - MOST_LINES
    return (*told[:MOST_LINES], f"and {more} more") if more > 0 else tuple(told)
