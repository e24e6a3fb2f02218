"""Conditions: exactly the operators and keys that the gate knows; any other one is an error.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.gate.errors import UnsupportedPolicyError
from sandbox.gate.match import arn_like

Context = Mapping[str, str]
"""Condition key in lower case -> its value in this request; a key that is missing is absent."""

Condition = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Operator -> key -> values, as a statement has them."""

KEYS = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principalisawsservice",
        "aws:principalorgid",
        "aws:requestedregion",
        "aws:resourceaccount",
        "aws:securetransport",
        "aws:sourceaccount",
        "aws:sourcearn",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
        "kms:calleraccount",
        "kms:viaservice",
    }
)
"""The keys whose value, or whose absence, the gate knows for every call."""

_ENCRYPTION_CONTEXT = "kms:encryptioncontext:"


@dataclass(frozen=True, slots=True)
class _Operator:
    matches: Callable[[str, str], bool]
    negated: bool = False


def _same(wanted: str, given: str) -> bool:
    return wanted == given


def _truth(wanted: str, given: str) -> bool:
    return wanted.lower() == given.lower()


OPERATORS = {
    "StringEquals": _Operator(_same),
    "ArnEquals": _Operator(arn_like),
    "ArnLike": _Operator(arn_like),
    "ArnNotEquals": _Operator(arn_like, negated=True),
    "Bool": _Operator(_truth),
}
"""The operators that the template uses, and no other: what is not used is not proven either.

``ArnLike`` is what a function's permission for a rule comes to.
https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
"""


def holds(condition: Condition, context: Context) -> bool:
    """Whether a statement's condition holds: every operator, and every key under it.

    Raises:
        UnsupportedPolicyError: it uses an operator, a key or a policy variable that is not known.
    """
    results = [
        _test(operator, key, values, context)
        for operator, keys in condition.items()
        for key, values in keys.items()
    ]
    return all(results)


def _test(name: str, key: str, values: tuple[str, ...], context: Context) -> bool:
    operator = OPERATORS.get(name)
    if operator is None:
        raise UnsupportedPolicyError(f"the gate does not evaluate the operator {name} (on {key})")
    lowered = key.lower()
    if lowered not in KEYS and not lowered.startswith(_ENCRYPTION_CONTEXT):
        raise UnsupportedPolicyError(f"the gate does not know the condition key {key} ({name})")
    if any("${" in value for value in values):
        raise UnsupportedPolicyError(f"the gate does not fill in policy variables: {values}")
    given = context.get(lowered)
    if given is None:
        return operator.negated
    return any(operator.matches(value, given) for value in values) is not operator.negated
