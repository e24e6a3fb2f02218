"""A principal gained a way to give itself more power, or to become somebody else."""

from collections.abc import Iterable, Iterator

from lambdas.model.case import Case
from lambdas.model.finding import SURENESS, Certainty, Finding
from lambdas.policy.escalation import Way
from lambdas.policy.escalation.path import Category
from lambdas.policy.evaluate import Answer
from lambdas.rules.rule import Powers, powers
from lambdas.rules.standing import openings, rank, widening

_TOGETHER = (Category.NEW, Category.EXISTING)
"""Ways of which one grant opens many: told in one finding."""
_NAMED = 5
"""Ways of one finding that are named."""


def gained_escalation(case: Case) -> Iterator[Finding]:
    """Every way up that an affected principal has after the change and had not before.

    So is one that it had, as far as it leads to further users, roles or other targets now. Those
    over services are told together if they are equally sure. Ways that add nothing to an
    administrator are left out: that is another rule's finding.
    """
    for each in powers(case):
        for found in _together(_gained(each)):
            yield _finding(each, found)


def _gained(each: Powers) -> list[Way]:
    now = [*_beside_administrator(each)]
    former = {way.path.id: way for way in openings(each.before)} if now and each.before else {}
    return [gain for way in now if (gain := _gain(each, former.get(way.path.id), way))]


def _gain(each: Powers, former: Way | None, way: Way) -> Way | None:
    """The way if it is new, or what is new of where it leads."""
    if former is None or each.before is None or _is_gain(former, way):
        return way
    return widening(each.before, each.after, way.path)


def _beside_administrator(each: Powers) -> Iterator[Way]:
    """The ways up that are surer than the principal's being an administrator is."""
    found = rank(each.after).answer
    if found is not Answer.ALLOWED:
        for way in openings(each.after):
            if found is Answer.DENIED or way.certainty is Certainty.CERTAIN:
                yield way


def _is_gain(before: Way, after: Way) -> bool:
    """More certain than before, or under other conditions than it was."""
    if before.certainty is after.certainty:
        return bool(before.given) and before.given != after.given
    return SURENESS.index(after.certainty) > SURENESS.index(before.certainty)


def _together(gained: Iterable[Way]) -> Iterable[list[Way]]:
    found: dict[object, list[Way]] = {}
    for way in gained:
        of_one = way.path.category, way.certainty, way.severity, way.given
        key = of_one if way.path.category in _TOGETHER else way.path.id
        found.setdefault(key, []).append(way)
    return found.values()


def _finding(each: Powers, found: list[Way]) -> Finding:
    first = found[0]
    unsure = "" if first.certainty is Certainty.CERTAIN else f" ({first.certainty})"
    return Finding(
        rule="gained-escalation",
        says=f"{each.principal} {_says(each, found)}{unsure}",
        severity=first.severity,
        certainty=first.certainty,
        principal=each.principal,
        because=tuple(dict.fromkeys(reason for way in found for reason in way.because)),
        given=first.given,
    )


def _says(each: Powers, found: list[Way]) -> str:
    now = "" if each.before is None else "now "
    first, *more = dict.fromkeys(way.path.says.removeprefix("can ") for way in found)
    named = "; ".join((f"can {now}{first}", *more[: _NAMED - 1]))
    left = len(more) + 1 - _NAMED
    rest = f"; and {left} more ways" if left > 0 else ""
    return f"{named}{rest}: {found[0].needs}" if len(found) == 1 else f"{named}{rest}"
