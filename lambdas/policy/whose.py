"""Whose a request is: what is known of its context of somebody whose account or ARN is known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
"""

from lambdas.policy.condition import Asked, UndecidedError
from lambdas.policy.variables import Context

ARN_KEY = "aws:principalarn"
ACCOUNT_KEY = "aws:principalaccount"


def known_of(account: str, arn: str | None = None) -> Context:
    """What is known of the context of somebody of an account, who may be known by an ARN."""
    whose = {ACCOUNT_KEY: (account,)}
    return whose if arn is None else {**whose, ARN_KEY: (arn,)}


def holds(asked: Asked, known: Context) -> bool | None:
    """Whether a condition holds; None where that is not known."""
    try:
        return asked.holds(known) if asked.key in known else None
    except UndecidedError:
        return None
