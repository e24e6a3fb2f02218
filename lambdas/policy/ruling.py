"""Rulings: what AWS says to one request, after all policies that have a say, and why.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from enum import StrEnum
from typing import NamedTuple

from lambdas.policy.document import Effect
from lambdas.policy.granting import unmet_grant
from lambdas.policy.limits import rcps, scps, unmet_limit
from lambdas.policy.reaching import Case, Found, Policies, denying, of_resource, words
from lambdas.policy.request import Request
from lambdas.policy.source import Source

_OF_ROOT = "the root user may do everything in its account"


class Result(StrEnum):
    """What becomes of a request; implicitly denied is what not everything allows that must."""

    ALLOWED = "Allowed"
    EXPLICITLY_DENIED = "ExplicitlyDenied"
    IMPLICITLY_DENIED = "ImplicitlyDenied"


_ALLOWED, _IMPLICITLY_DENIED = Result.ALLOWED, Result.IMPLICITLY_DENIED
"""Looked up once: finding a member of an enumeration is slow, and most decisions need one."""


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


def decide_request(request: Request, policies: Policies) -> Ruling:
    """What AWS says to a request: an explicit Deny of any policy first, then what must allow it."""
    allows: list[Found] = []
    errors: list[str] = []
    case = request, policies, allows, errors
    found = _denies(case) if policies.forbid else ()
    if found:
        return Ruling(Result.EXPLICITLY_DENIED, tuple(found))
    missing = (unmet_limit(case) if policies.limit else "") or unmet_grant(case)
    told = tuple(dict.fromkeys(errors)) if errors else ()
    if missing:
        return Ruling(_IMPLICITLY_DENIED, (), missing, told)
    return Ruling(_ALLOWED, tuple(allows), "", told)


def _denies(case: Case) -> list[Found]:
    request, policies, _, errors = case
    own = policies.own if request.caller.has_identity else ()
    found = denying(own, request, errors)
    for sources in scps(case):
        found += denying(sources, request, errors)
    for sources in rcps(case):
        found += _denies_of_resource(case, sources)
    if policies.resource:
        found += _denies_of_resource(case, (policies.resource,))
    return found


def _denies_of_resource(case: Case, sources: tuple[Source, ...]) -> list[Found]:
    request, policies, _, errors = case
    theirs = of_resource(sources, Effect.DENY, request, policies, errors)
    return [each for each, _ in theirs]
