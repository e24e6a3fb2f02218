"""Deltas: what a change gave to whom and took from whom, for its record and its mail."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from lambdas.model.case import Case
from lambdas.model.delta import Delta
from lambdas.model.incident import Incident
from lambdas.model.subject import Subject
from lambdas.policy.power import Power
from lambdas.rules.judging import InTime, unhurried
from lambdas.rules.rule import Powers, powers
from lambdas.service.wording import shown

MOST_COMPARED = 20
"""Principals whose powers are compared: people are waiting for the mail."""
MOST_LINES = 100
"""Lines of one section of a mail: the record holds all."""
_ALL = " (not known what it could do before: this is all that it can do now)"


def _delta(before: Power | None, after: Power) -> Delta:
    """The delta of one principal; its words and AWS's actions are needed by few changes."""
    from lambdas.policy.delta import delta  # noqa: PLC0415 - a cold start waits for imports

    return delta(before, after)


def deltas(
    case: Case, compare: Callable[..., Delta] = _delta, in_time: InTime = unhurried
) -> tuple[Delta, ...]:
    """What the first of the affected principals gained and lost, those who did alike together.

    Where time runs out there are fewer of them, and at least one.
    """
    alike: dict[Delta, list[Subject]] = {}
    first = replace(case, affected=case.affected[:MOST_COMPARED])
    for each in powers(first):
        if alike and not in_time():
            break
        found = _compared(each, compare)
        alike.setdefault(replace(found, principals=()), []).append(each.principal)
    return tuple(replace(found, principals=tuple(who)) for found, who in alike.items())


def _compared(each: Powers, compare: Callable[..., Delta]) -> Delta:
    try:
        return compare(each.before, each.after)
    except Exception as error:  # noqa: BLE001 - an alert without a delta is better than none
        says = f"this could not be worked out: {type(error).__name__}: {error}"
        return Delta(principals=(each.principal,), gave=(says,), took=(says,))


def delta_lines(incident: Incident) -> tuple[str, ...]:
    """The sections of a mail about what was given and taken; none where nobody was compared."""
    if not incident.deltas:
        return ()
    if all(each.known and not (each.gave or each.took) for each in incident.deltas):
        return (
            "WHAT IT GAVE AND TOOK",
            "  No permission: what the policies allow is as before.",
            "",
        )
    left = len(incident.affected) - sum(len(each.principals) for each in incident.deltas)
    rest = (f"  and {left} more principals, who were not compared",) if left > 0 else ()
    gave = [_told(each, each.gave, _ALL, "nothing") for each in incident.deltas]
    took = [_told(each, each.took, "", "not known") for each in incident.deltas]
    return ("WHAT IT GAVE", *_cut(gave), *rest, "", "WHAT IT TOOK", *_cut(took), *rest, "")


def _told(found: Delta, says: tuple[str, ...], unknown: str, none: str) -> tuple[str, ...]:
    """What a group of principals gained or lost; ``unknown`` and ``none`` where before is not."""
    whom = ", ".join(shown(str(principal)) for principal in found.principals)
    if not says:
        return (f"  {whom}: {'nothing' if found.known else none}",)
    return (
        f"  {whom}{'' if found.known else unknown}:",
        *(f"    - {shown(line)}" for line in says),
    )


def _cut(told: Iterable[tuple[str, ...]]) -> Iterator[str]:
    lines = [line for each in told for line in each]
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"  and {len(lines) - MOST_LINES} more lines, in the incident's record"
