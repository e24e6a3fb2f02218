"""Boundaries: whether one keeps whoever is given everything from being administrator.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lambdas.model.subject import Kind
from lambdas.policy import evaluate
from lambdas.policy.administrator import administrator
from lambdas.policy.document import parse
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.source import Power, Source

_EVERYTHING = parse('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}')
_LIFTING = {
    Kind.USER: {
        "iam:DeleteUserPermissionsBoundary": "delete its permissions boundary",
        "iam:PutUserPermissionsBoundary": "exchange its permissions boundary",
    },
    Kind.ROLE: {
        "iam:DeleteRolePermissionsBoundary": "delete its permissions boundary",
        "iam:PutRolePermissionsBoundary": "exchange its permissions boundary",
    },
}
_REWRITING = "iam:CreatePolicyVersion"
INVITED = "what a trust policy allows"
_WHOLE = Source(INVITED, _EVERYTHING)
_GIVEN = Source("a policy that it is given", _EVERYTHING)
LIFTING = (_REWRITING, *(action for actions in _LIFTING.values() for action in actions))
"""The actions that take a boundary away."""


class Lift(NamedTuple):
    """What whoever is given everything does about its boundary, and why it can.

    ``says`` is empty where nothing must be done; otherwise it goes on with a hop's words.
    """

    decision: Decision
    says: str = ""


_FREE = Lift(Decision(Answer.ALLOWED))
_NOT_READ = Lift(
    Decision(Answer.DENIED, (), ("if its permissions boundary, which could not be read, lets it",))
)
"""A boundary that nobody knows may allow everything: the least sure, but no reason for silence."""


def lift(power: Power) -> Lift | None:
    """The surest way around the boundary once its holder is given everything; None without one."""
    if power.boundary_arn is None:
        return _FREE
    if power.boundary is None:
        return _NOT_READ
    whole = administrator(replace(power, identity=(power.boundary,), boundary=None))
    if whole.answer is not Answer.DENIED:
        return _FREE
    surest = max(_lifting(power), key=lambda each: each.decision.answer, default=None)
    return surest if surest and surest.decision.answer is not Answer.DENIED else None


def _lifting(power: Power) -> Iterator[Lift]:
    raised = replace(power, identity=(*power.identity, _GIVEN))
    asked = [
        (action, power.arn, says) for action, says in _LIFTING.get(power.subject.kind, {}).items()
    ]
    if power.boundary_arn in power.policies:
        asked.append((_REWRITING, power.boundary_arn, "rewrite its permissions boundary"))
    for action, resource, says in asked:
        found = evaluate.decide(raised, action, resource or "*")
        yield Lift(found._replace(because=()), f", and then {says}")


def unbound(power: Power) -> Power:
    """The power without its boundary, whose policy it draws on only if it is attached as well."""
    kept = attached(power)
    policies = tuple(each for each in power.policies if kept or each != power.boundary_arn)
    return replace(power, boundary=None, boundary_arn=None, policies=policies)


def attached(power: Power) -> bool:
    """Whether the policy that is the boundary also lends power."""
    lent = [source.document for source in power.identity]
    return power.boundary is not None and power.boundary.document in lent


def invited(power: Power) -> Power:
    """The power as if its own policies allowed everything, as far as nothing denies it.

    Within an account a role's trust policy that names somebody allows by itself.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
    """
    return replace(power, identity=(*power.identity, _WHOLE))
