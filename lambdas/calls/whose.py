"""Whose credential a call is about: IAM takes the caller where it names nobody."""

from collections.abc import Mapping

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import UnreadableParametersError, Where, text
from lambdas.model.subject import Kind, Subject

_ROOT = "AWS ROOT USER"
"""What CloudTrail writes for a user's name where the root user is meant; no name has a space."""


def whose(parameters: Parameters, where: Where, element: str = "") -> Subject:
    """Whose credential it is: as the call says, else as it was answered, else the caller's own.

    Raises:
        UnreadableParametersError: nothing says it.
    """
    name = parameters.get("userName")
    if name is None:
        name = answered(where, element, "userName")
    if name is None:
        return own(where)
    if name == _ROOT:
        return Subject(Kind.ROOT, where.account)
    return Subject(Kind.USER, text({"userName": name}, "userName"))


def own(where: Where) -> Subject:
    """The caller, whose own credential it is.

    Raises:
        UnreadableParametersError: the caller is no user of the account.
    """
    caller = where.actor.user_in(where.account) if where.actor else None
    if caller is None:
        raise UnreadableParametersError(
            f"requestParameters.userName is left out, and {where.actor} is no user of the account"
        )
    return caller


def answered(where: Where, element: str, name: str) -> str | None:
    """A text of an element of the answer, or None where there is none."""
    given = where.answer.get(element)
    value = given.get(name) if isinstance(given, Mapping) else None
    return value if isinstance(value, str) and value else None
