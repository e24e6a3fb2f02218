"""Grants: which of the resource's and the caller's own policies must allow a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from lambdas.policy.caller import Kind
from lambdas.policy.document import Effect
from lambdas.policy.principals import Named
from lambdas.policy.reaching import Case, allowing, of_resource
from lambdas.policy.source import Source

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

_NOT, _ENTITY, _ITSELF = Named.NOT, Named.ENTITY, Named.ITSELF
_ROOT, _FEDERATED_USER = Kind.ROOT, Kind.FEDERATED_USER
"""Looked up once: finding a member of an enumeration is slow, and every decision needs these."""


def unmet_grant(case: Case) -> str:
    """What does not grant the request, in words: the resource's policy or the caller's own."""
    request, policies, _, _ = case
    who = request.caller
    by = _named_by_resource(case) if policies.resource else _NOT
    if not who.has_identity:
        return "" if by else f"no policy of the resource allows it to {who.kind}"
    if who.account and request.account and who.account != request.account:
        missing = "" if by else "no policy of the resource allows it to another account"
        return missing or _unmet_own(case, Named.ACCOUNT)
    if by is _ITSELF:
        return ""
    if not by and request.service in _GRANTED and _must_be_granted(case):
        return "the policy of the resource, which must, does not allow it"
    return _unmet_own(case, by)


def _named_by_resource(case: Case) -> Named:
    """The most direct of the names by which the resource's policy allows the caller."""
    request, policies, allows, errors = case
    undecided: list[str] = []
    sources = (policies.resource,) if policies.resource else ()
    theirs = [*of_resource(sources, Effect.ALLOW, request, policies, undecided)]
    best = max((by for _, by in theirs), default=_NOT)
    allows += [found for found, by in theirs if by is best][:1]
    if best is not _ITSELF:
        errors += undecided
    return best


def _must_be_granted(case: Case) -> bool:
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


def _unmet_own(case: Case, by: Named) -> str:
    """What of the caller's own policies does not allow the request, in words."""
    request, policies, _, _ = case
    kind = request.caller.kind
    if by < _ENTITY and kind is not _ROOT and not _allowed(case, policies.identity):
        return "no identity-based policy allows it"
    if policies.boundary and not _allowed(case, (policies.boundary,)):
        return "the permissions boundary does not allow it"
    if policies.session and not _allowed(case, (policies.session,)):
        return "the session policy does not allow it"
    if kind is _FEDERATED_USER and not policies.session:
        return "a federated user's session without a session policy may do nothing"
    return ""


def _allowed(case: Case, sources: tuple[Source, ...]) -> bool:
    request, _, allows, errors = case
    found = allowing(sources, request, errors)
    if found:
        allows.append(found)
    return found is not None
