"""Widening: what a way up leads to that it did not lead to before, where it was open already."""

from collections.abc import Iterator

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity
from lambdas.policy.applying import known_pattern
from lambdas.policy.document import Effect, Statement
from lambdas.policy.elements import Comparison, Element, Pattern
from lambdas.policy.escalation import Way
from lambdas.policy.escalation.asking import Asking
from lambdas.policy.escalation.beside import beside
from lambdas.policy.escalation.path import Path, Target
from lambdas.policy.escalation.places import KINDS, REACHING, SERVICE_LINKED
from lambdas.policy.escalation.resources import ANY, needs
from lambdas.policy.evaluate import Answer
from lambdas.policy.grants import Grant, granted, uncovered
from lambdas.policy.listing import listed
from lambdas.policy.match import covers, meets_arns
from lambdas.policy.source import Power

_PARTS = 16
"""Parts that are asked about one by one; of more, all that there is is asked about."""
_KINDS = {Target.A_GROUP: "group", Target.A_ROLE: "role", **KINDS}
"""Target of which there may be several -> its kind as ARNs spell it."""
_WHOLE = "*"
_ALL = Element.of((Pattern(_WHOLE, _WHOLE),))


def widened(before: Power, after: Power, path: Path) -> Way | None:
    """The way over what its actions were allowed on by nothing before, at its most certain.

    None where that is nothing, or where the way is one over what is the caller's own. Only what
    policies allow is compared: a Deny or a boundary that is gone is another finding.
    """
    was, now = (Asking(power).passing_to(path.service) for power in (before, after))
    found: list[Way] = []
    for actions, region in _acting(path, now):
        for part in _new_parts(was.power, now.power, actions, region):
            way = _way(now, path, actions, part, whole=part == region)
            if way:
                found.append(way)
    return _joint(found) if found else None


def _acting(path: Path, asking: Asking) -> Iterator[tuple[tuple[str, ...], str]]:
    """The actions that must be allowed on the same target, and all there is of it."""
    if path.target in _KINDS:
        yield (*path.actions, *path.beyond), asking.pattern(_KINDS[path.target])
    if path.target is Target.RESOURCE:
        filed: dict[str, list[str]] = {}
        for action in path.beside:
            for patterns in needs(action):
                for pattern in patterns:
                    filed.setdefault(pattern, []).append(action)
        for pattern, actions in filed.items():
            if pattern != ANY:
                yield tuple(actions), asking.own(pattern)


def _new_parts(was: Power, now: Power, actions: tuple[str, ...], region: str) -> list[str]:
    """The parts of the region that an Allow opens to one of the actions and none did before."""
    found: dict[str, None] = {}
    for action in actions:
        former = [grant for grant, _ in _opened(was, action, region)]
        known = {source.document for source in was.identity}
        new = [grant for grant, document in _opened(now, action, region) if document not in known]
        for grant in uncovered(new, former, Comparison()):
            found |= dict.fromkeys(_region(piece, region) for piece in grant.resources.pieces)
    parts = [part for part in found if not _is_own(now, part)]
    return parts if len(parts) <= _PARTS else [region]


def _opened(power: Power, action: str, region: str) -> Iterator[tuple[Grant, object]]:
    """What Allow statements open to the action in the region, and where they stand."""
    for source in power.identity:
        for statement in source.document.naming(action.lower()):
            if statement.effect is Effect.ALLOW:
                on = _within(statement, power, region)
                yield granted(source.says, statement, _ALL, on), source.document


def _within(statement: Statement, power: Power, region: str) -> Element:
    """What the statement reaches of the region; what takes in all of it is spelled alike."""
    all_but = statement.resources is None
    texts = statement.not_resources if all_but else statement.resources
    known = (known_pattern(text, statement, power) for text in texts or ())
    patterns = [
        Pattern(widest, _filled(widest, region), sure)
        for widest, sure in known
        if meets_arns(widest, region)
    ]
    if all_but and not patterns:
        return _ALL
    return Element.of(patterns, all_but=all_but)


def _filled(pattern: str, region: str) -> str:
    """The pattern in the region's partition and account where it leaves them open."""
    if covers(pattern, region):
        return _WHOLE
    own, others = region.split(":", 5), pattern.split(":", 5)
    if len(own) != len(others):
        return pattern
    pairs = zip(own[:-1], others[:-1], strict=True)
    return ":".join((*(a if covers(b, a) else b for a, b in pairs), others[-1]))


def _region(piece: Pattern | Element, region: str) -> str:
    return region if isinstance(piece, Element) or piece.widest == _WHOLE else piece.widest


def _is_own(power: Power, part: str) -> bool:
    """Whether it is the caller itself, a group that it is in, or nothing that it can use."""
    return part in {power.arn, *power.groups} or covers(SERVICE_LINKED, part)


def _way(
    asking: Asking, path: Path, actions: tuple[str, ...], part: str, *, whole: bool
) -> Way | None:
    decisions = [asking.somewhere(action, part) for action in actions]
    if path.target is not Target.RESOURCE:
        decisions += beside(asking, path.beside)
    answer = min(decision.answer for decision in decisions)
    if answer is Answer.DENIED:
        return None
    return Way(
        path,
        part,
        min(SURENESS[answer], _certainty(asking, path, part), path.at_most, key=SURENESS.index),
        tuple(dict.fromkeys(reason for each in decisions for reason in each.because)),
        tuple(dict.fromkeys(condition for each in decisions for condition in each.given)),
        Severity.HIGH if whole else path.named,
    )


def _certainty(asking: Asking, path: Path, part: str) -> Certainty:
    """How sure it is that this target is more powerful, or can be made so and put to use."""
    if path.target is Target.A_ROLE and not path.unbinds:
        return SURENESS[max(asking.somewhere(action, part).answer for action in REACHING)]
    return Certainty.CERTAIN if path.raises else Certainty.POSSIBLE


def _joint(found: list[Way]) -> Way:
    """The surest ways over several targets as one."""
    surest = max(SURENESS.index(way.certainty) for way in found)
    found = [way for way in found if SURENESS.index(way.certainty) == surest]
    return Way(
        found[0].path,
        listed(way.on for way in found),
        SURENESS[surest],
        tuple(dict.fromkeys(reason for way in found for reason in way.because)),
        tuple(dict.fromkeys(condition for way in found for condition in way.given)),
        max(way.at_most for way in found),
    )
