"""IAM's calls on providers and on the account itself: what they share."""

from functools import partial

from lambdas.calls.watched import IAM, Scope, WatchedCall
from lambdas.model.change import Change
from lambdas.model.permission import Permission
from lambdas.model.revert import Call

watching = partial(WatchedCall, source=IAM, scope=Scope.IAM_HOME)
"""The catalogue's entry for a call of IAM."""


def calling(change: Change, operation: str, **given: object) -> tuple[Call, ...]:
    """One call of IAM, in the region in which the change was recorded."""
    return (Call(service="iam", operation=operation, parameters=given, region=change.region),)


def permitted(operation: str, resource: str = "*") -> Permission:
    """The permission for a call; on everything where IAM knows no resource for it."""
    return Permission(action=f"iam:{operation}", resources=(resource,))
