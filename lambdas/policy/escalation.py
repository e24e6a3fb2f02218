"""Escalation: the ways in which a principal can give itself more power, or become somebody else.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind
from lambdas.policy.applying import known_pattern
from lambdas.policy.document import Effect
from lambdas.policy.evaluate import (
    Answer,
    Decision,
    decide,
    decide_general,
    decide_some,
    regions,
)
from lambdas.policy.match import covers, meets_arns
from lambdas.policy.paths import PATHS, Path, Target
from lambdas.policy.power import Power

Ask = Callable[[Power, str, str], Decision]

REACHING = ("sts:AssumeRole", "iam:CreateRole", "iam:UpdateAssumeRolePolicy")
"""With any of these a role can be put to use: assumed, made for it, or told to trust the caller."""
_KEPT = 256
"""Answers kept about roles: all ways over roles ask the same."""
_LEFT = 4
"""Exceptions of Deny statements that are asked about one by one."""
_SERVICE_LINKED = "arn:*:iam::*:role/aws-service-role/*"
"""Roles that only AWS can change or assume.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way up: what the principal can do, on which resource, and why."""

    path: Path
    on: str
    certainty: Certainty
    because: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    at_most: Severity = Severity.HIGH

    @property
    def severity(self) -> Severity:
        """The path's own where it is certain, medium at most where it is not."""
        loudest = Severity.HIGH if self.certainty is Certainty.CERTAIN else Severity.MEDIUM
        return min(self.path.severity, self.at_most, loudest)


@dataclass(frozen=True, slots=True)
class _Place:
    """A resource, or a pattern of some, on which a path's actions would lead up."""

    on: str
    actions: tuple[str, ...]
    ask: Ask = decide
    certainty: Certainty = Certainty.CERTAIN
    at_most: Severity = Severity.HIGH


def ways(power: Power) -> tuple[Way, ...]:
    """The ways up that the power opens, each at its most certain, none beside a shorter one.

    What the caller may do to itself or to what it draws on is certain, and so is what it may do
    to every other user or role; where it depends on users, roles, groups or policy versions that
    are not known, it is possible.
    """
    named = _named(power)
    found = [way for path in PATHS if _asked(path) <= named and (way := _way(power, path))]
    return tuple(way for way in found if not any(_is_shorter(o, way) for o in found))


def _named(power: Power) -> frozenset[str]:
    """The actions of all paths that some Allow names: most policies name none."""
    allows = [
        statement
        for source in power.identity
        for statement in source.document.statements
        if statement.effect is Effect.ALLOW
    ]
    return frozenset(
        action for action, name in _ACTIONS if any(allow.names(name) for allow in allows)
    )


def _is_shorter(one: Way, other: Way) -> bool:
    """Whether one needs less and says no less; lifting a boundary is always worth saying."""
    return (
        _needed(one.path) < _needed(other.path)
        and not other.path.unbinds
        and one.severity >= other.severity
        and SURENESS.index(one.certainty) >= SURENESS.index(other.certainty)
    )


@cache
def _needed(path: Path) -> frozenset[str]:
    return _asked(path).union(path.beyond)


@cache
def _asked(path: Path) -> frozenset[str]:
    """What is needed wherever the way leads."""
    return frozenset((*path.actions, *(action for action, _ in path.beside)))


def _way(power: Power, path: Path) -> Way | None:
    opened = (_opened(power, path, place) for place in _PLACES[path.target](power, path))
    found = (way for way in opened if way)
    return max(found, key=lambda way: SURENESS.index(way.certainty), default=None)


def _opened(power: Power, path: Path, place: _Place) -> Way | None:
    decisions = [place.ask(power, action, place.on) for action in place.actions]
    decisions += [decide_some(power, action, _pattern(power, kind)) for action, kind in path.beside]
    answer = min(decision.answer for decision in decisions)
    if answer is Answer.DENIED:
        return None
    conditional = Certainty.CONDITIONAL if answer is Answer.CONDITIONAL else Certainty.CERTAIN
    return Way(
        path,
        place.on,
        min(conditional, place.certainty, path.at_most, key=SURENESS.index),
        tuple(dict.fromkeys(reason for each in decisions for reason in each.because)),
        tuple(dict.fromkeys(condition for each in decisions for condition in each.given)),
        place.at_most,
    )


def _itself(power: Power, path: Path) -> Iterator[_Place]:
    bound = power.boundary_arn is not None
    if power.arn and power.subject.kind is Kind.USER and (bound or not path.unbinds):
        yield _Place(power.arn, path.actions)


def _its_groups(power: Power, path: Path) -> Iterator[_Place]:
    for arn in power.groups:
        yield _Place(arn, path.actions)


def _its_policies(power: Power, path: Path) -> Iterator[_Place]:
    """Its own; and all policies at once, which takes in those of roles that it can assume."""
    for arn in power.policies:
        yield _Place(arn, path.actions)
    every = _pattern(power, "policy")
    yield _Place(every, path.actions, decide_general, Certainty.POSSIBLE)


def _other_groups(power: Power, path: Path) -> Iterator[_Place]:
    if power.subject.kind is Kind.USER:
        for region in regions(power, path.actions[0], _pattern(power, "group")):
            if region not in power.groups:
                yield _Place(region, path.actions, decide_some, Certainty.POSSIBLE)


def _roles(power: Power, path: Path) -> Iterator[_Place]:
    """The caller's own role; and others, as far as it may be able to become them."""
    bound = power.boundary_arn is not None
    if power.arn and power.subject.kind is Kind.ROLE and (bound or not path.unbinds):
        yield _Place(power.arn, path.actions)
    for region in regions(power, path.actions[0], _pattern(power, "role")):
        if region != power.arn and not covers(_SERVICE_LINKED, region):
            certainty = Certainty.POSSIBLE if path.unbinds else _reached(power, region)
            yield _Place(region, path.all_actions, decide_some, certainty)


@lru_cache(maxsize=_KEPT)
def _reached(power: Power, role: str) -> Certainty:
    """How sure it is that the caller can put a role of this pattern to use."""
    return SURENESS[max(decide_some(power, action, role).answer for action in REACHING)]


def _others(power: Power, path: Path) -> Iterator[_Place]:
    """All users or roles at once; and some of them, of which it is not known what they may do."""
    every = _pattern(power, _KINDS[path.target])
    yield _Place(every, path.actions, decide_general)
    certainty = Certainty.CERTAIN if path.raises else Certainty.POSSIBLE
    first, *further = ([*_regions_of_others(power, each, every)] for each in path.actions)
    for region in first:
        if all(any(meets_arns(region, part) for part in parts) for parts in further):
            yield _Place(region, path.actions, decide_some, certainty, path.named)


def _regions_of_others(power: Power, action: str, every: str) -> Iterator[str]:
    """The parts that are open to the action, without the caller itself.

    Where a Deny takes in all but what its NotResource names, only that is left; where it names
    much, all is taken to be left, so that no document can make judging slow.
    """
    own = power.arn if power.arn and meets_arns(every, power.arn) else None
    for region in regions(power, action, every):
        general = decide_general(power, action, region).answer
        left = tuple(dict.fromkeys(_left_in(power, action)))
        whole = general is not Answer.DENIED or len(left) > _LEFT
        for part in (region,) if whole else left:
            if not (own and _is_only(own, part)) and not covers(_SERVICE_LINKED, part):
                yield part


def _is_only(own: str, region: str) -> bool:
    """Whether a pattern takes in one user or role alone: names are unique, whatever their paths."""
    return region.rpartition("/")[2] == own.rpartition("/")[2]


def _left_in(power: Power, action: str) -> Iterator[str]:
    for source in power.identity:
        for statement in source.document.statements:
            if statement.effect is Effect.DENY and statement.names(action.lower()):
                for given in statement.not_resources or ():
                    yield known_pattern(given, statement, power)[0]


def _pattern(power: Power, kind: str) -> str:
    return f"arn:{power.partition}:iam::{power.account}:{kind}/*"


_KINDS = {
    Target.ANOTHER_USER: "user",
    Target.ANOTHER_ROLE: "role",
    Target.ANY_POLICY: "policy",
    Target.OIDC_PROVIDER: "oidc-provider",
    Target.SAML_PROVIDER: "saml-provider",
}
"""Target among others than the caller -> its kind as ARNs spell it."""
_ACTIONS = tuple(
    (action, action.lower()) for action in dict.fromkeys(a for path in PATHS for a in _asked(path))
)
"""What the paths ask about, as it is spelled and in lower case."""
_PLACES: dict[Target, Callable[[Power, Path], Iterator[_Place]]] = {
    Target.ITSELF: _itself,
    Target.ITS_GROUP: _its_groups,
    Target.ITS_POLICY: _its_policies,
    Target.A_GROUP: _other_groups,
    Target.A_ROLE: _roles,
    **dict.fromkeys(_KINDS, _others),
}
