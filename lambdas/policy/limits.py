"""Limits: what an organization's policies leave of a request.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
"""

from lambdas.policy.caller import Kind
from lambdas.policy.document import Effect
from lambdas.policy.reaching import Case, Levels, allowing, of_resource


def unmet_limit(case: Case) -> str:
    """Which policies of the organization do not allow the request, in words; empty if all do."""
    request, policies, _, errors = case
    for level, sources in enumerate(scps(case), 1):
        if not allowing(sources, request, errors):
            return f"no service control policy of level {level} allows it"
    for level, sources in enumerate(rcps(case), 1):
        undecided: list[str] = []
        if not any(of_resource(sources, Effect.ALLOW, request, policies, undecided)):
            errors += undecided
            return f"no resource control policy of level {level} allows it"
    return ""


def scps(case: Case) -> Levels:
    """The service control policies that bind the caller, by level."""
    request, policies, _, _ = case
    return _binding(policies.scps, case) if policies.scps and request.caller.has_identity else ()


def rcps(case: Case) -> Levels:
    """The resource control policies that bind the caller, by level."""
    _, policies, _, _ = case
    return _binding(policies.rcps, case) if policies.rcps else ()


def _binding(levels: Levels, case: Case) -> Levels:
    """The levels that bind the caller: none binds a service-linked role."""
    request, _, _, errors = case
    who = request.caller
    if who.service_linked and who.kind is Kind.SESSION:
        errors.append(f"that role {who.role} is service-linked is told by its name only")
    return () if who.service_linked else levels
