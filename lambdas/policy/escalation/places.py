"""Places: the resources, or patterns of some, on which the actions of a way would lead up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind
from lambdas.policy.applying import known_pattern
from lambdas.policy.document import Effect
from lambdas.policy.escalation.asking import Ask, Asking
from lambdas.policy.escalation.path import ASSUME, Path, Target
from lambdas.policy.escalation.resources import needs
from lambdas.policy.evaluate import Answer, regions
from lambdas.policy.match import covers, meets_arns
from lambdas.policy.source import Power, Source

REACHING = (ASSUME, "iam:CreateRole", "iam:UpdateAssumeRolePolicy")
"""With any of these a role can be put to use: assumed, made for it, or told to trust the caller."""
_LEFT = 4
"""Exceptions of Deny statements that are asked about one by one."""
SERVICE_LINKED = "arn:*:iam::*:role/aws-service-role/*"
"""Roles that only AWS can change, assume or be given.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path's actions are asked about, how, and what follows if they are allowed."""

    on: str
    actions: tuple[str, ...]
    ask: Ask
    certainty: Certainty = Certainty.CERTAIN
    at_most: Severity = Severity.HIGH


def places(asking: Asking, path: Path) -> Iterator[Place]:
    """Everything on which a path may lead up for this power."""
    yield from _PLACES[path.target](asking.passing_to(path.service), path)
    if path.target in asking.unknown:
        yield from _perhaps(asking, path)


def _perhaps(asking: Asking, path: Path) -> Iterator[Place]:
    """Whatever may be the caller's own."""
    bound = asking.power.boundary_arn is not None
    kind = _OWN[path.target]
    if asking.power.subject.kind is Kind.USER or kind == "policy":
        for region in asking.regions(path.actions[0], asking.pattern(kind)):
            if bound or not path.unbinds:
                yield Place(region, path.actions, asking.somewhere, Certainty.POSSIBLE)


def _itself(asking: Asking, path: Path) -> Iterator[Place]:
    power = asking.power
    bound = power.boundary_arn is not None
    if power.arn and power.subject.kind is Kind.USER and (bound or not path.unbinds):
        yield Place(power.arn, path.actions, asking.here)


def _its_groups(asking: Asking, path: Path) -> Iterator[Place]:
    for arn in asking.power.groups:
        yield Place(arn, path.actions, asking.here)


def _its_policies(asking: Asking, path: Path) -> Iterator[Place]:
    """Its own; and all policies at once, which takes in those of roles that it can assume."""
    for arn in asking.power.policies:
        yield Place(arn, path.actions, asking.here)
    every = asking.pattern("policy")
    yield Place(every, path.actions, asking.everywhere, Certainty.POSSIBLE)


def _other_groups(asking: Asking, path: Path) -> Iterator[Place]:
    if asking.power.subject.kind is Kind.USER:
        for region in asking.regions(path.actions[0], asking.pattern("group")):
            if region not in asking.power.groups:
                yield Place(region, path.actions, asking.somewhere, Certainty.POSSIBLE)


def _roles(asking: Asking, path: Path) -> Iterator[Place]:
    """The caller's own role; and others, as far as it may be able to become them."""
    power = asking.power
    bound = power.boundary_arn is not None
    if power.arn and power.subject.kind is Kind.ROLE and (bound or not path.unbinds):
        yield Place(power.arn, path.actions, asking.here)
    for region in asking.regions(path.actions[0], asking.pattern("role")):
        if region != power.arn and not covers(SERVICE_LINKED, region):
            certainty = Certainty.POSSIBLE if path.unbinds else _reached(asking, region)
            actions = (*path.actions, *path.beyond)
            yield Place(region, actions, asking.somewhere, certainty)


def _reached(asking: Asking, role: str) -> Certainty:
    """How sure it is that the caller can put a role of this pattern to use."""
    return SURENESS[max(asking.somewhere(action, role).answer for action in REACHING)]


def _others(asking: Asking, path: Path) -> Iterator[Place]:
    """All users or roles at once; and some of them, of which it is not known what they may do."""
    every = asking.pattern(KINDS[path.target])
    yield Place(every, path.actions, asking.everywhere)
    certainty = Certainty.CERTAIN if path.raises else Certainty.POSSIBLE
    first, *further = ([*_regions_of_others(asking, each, every)] for each in path.actions)
    for region in first:
        if all(any(meets_arns(region, part) for part in parts) for parts in further):
            yield Place(region, path.actions, asking.somewhere, certainty, path.named)


def _regions_of_others(asking: Asking, action: str, every: str) -> Iterator[str]:
    """The parts that are open to the action, without the caller itself."""
    arn = asking.power.arn
    own = arn if arn and meets_arns(every, arn) else None
    for region in asking.regions(action, every):
        for part in _left_of(asking, action, region, own):
            if _others_in(own, part):
                yield part


def _left_of(asking: Asking, action: str, region: str, own: str | None) -> tuple[str, ...]:
    """What Deny statements and limits leave of a region, as far as that is easily told.

    Where a Deny takes in all but what its NotResource names, only that is left; where it names
    much, all is taken to be left, so that no document can make judging slow. Where no single
    statement allows the whole region, parts of it may be open all the same.
    """
    general = asking.everywhere(action, region)
    if general.answer is Answer.DENIED:
        left = tuple(dict.fromkeys(_left_out(asking.power, action)))
        if general.because and 0 < len(left) <= _LEFT:
            return left
        for limit in _limits(asking.power):
            opened = regions(replace(asking.power, identity=limit), action, region)
            if not any(_others_in(own, part) for part in opened):
                return ()
    return (region,)


def _others_in(own: str | None, region: str) -> bool:
    """Whether a pattern takes in anybody but the caller, and any role that it could use."""
    return not (own and _is_only(own, region)) and not covers(SERVICE_LINKED, region)


def _is_only(own: str, region: str) -> bool:
    """Whether a pattern takes in one user or role alone: names are unique, whatever their paths."""
    return region.rpartition("/")[2] == own.rpartition("/")[2]


def _left_out(power: Power, action: str) -> Iterator[str]:
    """What Deny statements leave out, whichever layer they stand in."""
    for source in (source for layer in (power.identity, *_limits(power)) for source in layer):
        for statement in source.document.naming(action.lower()):
            if statement.effect is Effect.DENY:
                for given in statement.not_resources or ():
                    yield known_pattern(given, statement, power)[0]


def _limits(power: Power) -> tuple[tuple[Source, ...], ...]:
    return (*(((power.boundary,),) if power.boundary else ()), *power.scps)


def _resource(asking: Asking, path: Path) -> Iterator[Place]:
    """Whatever the actions act on: which of it there is, and with which role, is not known."""
    first = needs(path.beside[0])[0][0]
    yield Place(asking.own(first), (), asking.somewhere, Certainty.POSSIBLE)


_OWN = {Target.ITSELF: "user", Target.ITS_GROUP: "group", Target.ITS_POLICY: "policy"}
"""Target among what is the caller's own -> its kind as ARNs spell it."""
KINDS = {
    Target.ANOTHER_USER: "user",
    Target.ANOTHER_ROLE: "role",
    Target.PASSED_ROLE: "role",
    Target.ANY_POLICY: "policy",
    Target.OIDC_PROVIDER: "oidc-provider",
    Target.SAML_PROVIDER: "saml-provider",
}
"""Target among others than the caller -> its kind as ARNs spell it."""
_PLACES: dict[Target, Callable[[Asking, Path], Iterator[Place]]] = {
    Target.ITSELF: _itself,
    Target.ITS_GROUP: _its_groups,
    Target.ITS_POLICY: _its_policies,
    Target.A_GROUP: _other_groups,
    Target.A_ROLE: _roles,
    Target.RESOURCE: _resource,
    **dict.fromkeys(KINDS, _others),
}
