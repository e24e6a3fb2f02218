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

_EVERYTHING = '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
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
    everything = Source("a policy that it is given", parse(_EVERYTHING))
    raised = replace(power, identity=(*power.identity, everything))
    asked = [
        (action, power.arn, says) for action, says in _LIFTING.get(power.subject.kind, {}).items()
    ]
    if power.boundary_arn in power.policies:
        asked.append((_REWRITING, power.boundary_arn, "rewrite its permissions boundary"))
    for action, resource, says in asked:
        found = evaluate.decide(raised, action, resource or "*")
        yield Lift(found._replace(because=()), f", and then {says}")


def unbound(power: Power) -> Decision:
    """Whether the power comes to administrator once its boundary is gone."""
    return administrator(replace(power, boundary=None, boundary_arn=None))
