"""Rulings: what AWS says to one request, after all policies that have a say, and why.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from enum import StrEnum
from typing import NamedTuple

from lambdas.policy.caller import Kind
from lambdas.policy.document import Effect
from lambdas.policy.power import Source
from lambdas.policy.principals import Named
from lambdas.policy.reaching import (
    Found,
    Levels,
    Policies,
    allowing,
    denying,
    of_resource,
    words,
)
from lambdas.policy.request import Request

_ASSUMING = frozenset(
    {
        "sts:assumerole",
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:setcontext",
        "sts:setsourceidentity",
        "sts:tagsession",
    }
)
"""Calls that a role's trust policy must allow, also to its own account."""
_KMS = "kms"
_KEY = ":key/"
_GRANTED = frozenset({_KMS, "sts"})
"""Services in which a resource's policy must allow a call, also within one account."""


_OF_ROOT = "the root user may do everything in its account"


class Result(StrEnum):
    """What becomes of a request; implicitly denied is what not everything allows that must."""

    ALLOWED = "Allowed"
    EXPLICITLY_DENIED = "ExplicitlyDenied"
    IMPLICITLY_DENIED = "ImplicitlyDenied"


class Ruling(NamedTuple):
    """A result with its reasons: a tuple, because many are made.

    ``found`` are the statements that decided, ``missing`` says in words what does not allow the
    request. ``errors`` tell what could not be judged and might have decided otherwise: it counts
    as not applying, and the ruling is not to be relied on.
    """

    result: Result
    found: tuple[Found, ...] = ()
    missing: str = ""
    errors: tuple[str, ...] = ()

    @property
    def because(self) -> tuple[str, ...]:
        """The reasons in words, each once."""
        if self.result is Result.ALLOWED and not self.found:
            return (_OF_ROOT,)
        return (*dict.fromkeys(map(words, self.found)), *filter(None, [self.missing]))


_Case = tuple[Request, Policies, list[Found], list[str]]
"""A request and its policies; while they are judged, what allows it and errors are gathered."""


def decide_request(request: Request, policies: Policies) -> Ruling:
    """What AWS says to a request: an explicit Deny of any policy first, then what must allow it."""
    allows: list[Found] = []
    errors: list[str] = []
    case = request, policies, allows, errors
    found = _denies(case) if policies.forbid else ()
    if found:
        return Ruling(Result.EXPLICITLY_DENIED, tuple(found))
    missing = (_unmet_limit(case) if policies.limit else "") or _unmet_grant(case)
    told = tuple(dict.fromkeys(errors)) if errors else ()
    if missing:
        return Ruling(Result.IMPLICITLY_DENIED, (), missing, told)
    return Ruling(Result.ALLOWED, tuple(allows), "", told)


def _denies(case: _Case) -> list[Found]:
    request, policies, _, errors = case
    own = policies.own if request.caller.has_identity else ()
    found = denying(own, request, errors)
    for sources in _scps(case):
        found += denying(sources, request, errors)
    for sources in _rcps(case):
        found += _denies_of_resource(case, sources)
    if policies.resource:
        found += _denies_of_resource(case, (policies.resource,))
    return found


def _denies_of_resource(case: _Case, sources: tuple[Source, ...]) -> list[Found]:
    request, policies, _, errors = case
    theirs = of_resource(sources, Effect.DENY, request, policies, errors)
    return [each for each, _ in theirs]


def _unmet_limit(case: _Case) -> str:
    """Which policies of the organization do not allow the request, in words.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
    """
    request, policies, _, errors = case
    for level, sources in enumerate(_scps(case), 1):
        if not allowing(sources, request, errors):
            return f"no service control policy of level {level} allows it"
    for level, sources in enumerate(_rcps(case), 1):
        undecided: list[str] = []
        if not any(of_resource(sources, Effect.ALLOW, request, policies, undecided)):
            errors += undecided
            return f"no resource control policy of level {level} allows it"
    return ""


def _scps(case: _Case) -> Levels:
    request, policies, _, _ = case
    return _binding(policies.scps, case) if policies.scps and request.caller.has_identity else ()


def _rcps(case: _Case) -> Levels:
    _, policies, _, _ = case
    return _binding(policies.rcps, case) if policies.rcps else ()


def _binding(levels: Levels, case: _Case) -> Levels:
    """The levels that bind the caller: none binds a service-linked role."""
    request, _, _, errors = case
    who = request.caller
    if who.service_linked and who.kind is Kind.SESSION:
        errors.append(f"that role {who.role} is service-linked is told by its name only")
    return () if who.service_linked else levels


def _unmet_grant(case: _Case) -> str:
    """What does not grant the request, in words: the resource's policy or the caller's own."""
    request, policies, _, _ = case
    who = request.caller
    by = _named_by_resource(case) if policies.resource else Named.NOT
    if not who.has_identity:
        return "" if by else f"no policy of the resource allows it to {who.kind}"
    if who.account and request.account and who.account != request.account:
        missing = "" if by else "no policy of the resource allows it to another account"
        return missing or _unmet_own(case, Named.ACCOUNT)
    if by is Named.ITSELF:
        return ""
    if not by and request.service in _GRANTED and _must_be_granted(case):
        return "the policy of the resource, which must, does not allow it"
    return _unmet_own(case, by)


def _named_by_resource(case: _Case) -> Named:
    """The most direct of the names by which the resource's policy allows the caller."""
    request, policies, allows, errors = case
    undecided: list[str] = []
    sources = (policies.resource,) if policies.resource else ()
    theirs = [*of_resource(sources, Effect.ALLOW, request, policies, undecided)]
    best = max((by for _, by in theirs), default=Named.NOT)
    allows += [found for found, by in theirs if by is best][:1]
    if best is not Named.ITSELF:
        errors += undecided
    return best


def _must_be_granted(case: _Case) -> bool:
    """Whether the resource's policy must allow the request, also within one account.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    """
    request, policies, _, errors = case
    key = request.service == _KMS and _KEY in request.resource
    if not key and request.action not in _ASSUMING:
        return False
    if policies.resource is None:
        errors.append("the policy of the resource, which must allow it, was not given")
    return policies.resource is not None


def _unmet_own(case: _Case, by: Named) -> str:
    """What of the caller's own policies does not allow the request, in words."""
    request, policies, _, _ = case
    kind = request.caller.kind
    if by < Named.ENTITY and kind is not Kind.ROOT and not _allowed(case, policies.identity):
        return "no identity-based policy allows it"
    if policies.boundary and not _allowed(case, (policies.boundary,)):
        return "the permissions boundary does not allow it"
    if policies.session and not _allowed(case, (policies.session,)):
        return "the session policy does not allow it"
    if kind is Kind.FEDERATED_USER and not policies.session:
        return "a federated user's session without a session policy may do nothing"
    return ""


def _allowed(case: _Case, sources: tuple[Source, ...]) -> bool:
    request, _, allows, errors = case
    found = allowing(sources, request, errors)
    if found:
        allows.append(found)
    return found is not None
