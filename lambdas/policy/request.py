"""Requests: one action on one resource by one caller, with its context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from lambdas.policy.caller import caller
from lambdas.policy.reading import shown
from lambdas.policy.variables import Context

_NOTHING: Context = {}
_ACCOUNT = 4
"""Where the account stands among the fields of an ARN."""


class RequestError(ValueError):
    """What was given is no request; the message says where and why."""


class Request:
    """One request; a context key that is not given is absent.

    ``action`` and ``service`` are in lower case, as are the context's keys. ``account`` is the
    resource's; None where neither it nor the ARN says which.
    """

    def __init__(
        self,
        action: str,
        resource: str,
        principal: str | None = None,
        *,
        resource_account: str | None = None,
        context: Mapping[str, object] | None = None,
    ) -> None:
        """A request as its parts are written down.

        The principal is an ARN, an account, an AWS service, an identity provider, or ``*`` for
        anybody; None is an identity of the resource's account. A value of the context is a text, a
        number, a Boolean, or a list of these; null and an empty list are as if the key were absent.

        Raises:
            RequestError: a value of the context is something else, or a key stands there twice.
        """
        lowered = action.lower()
        service, _, name = lowered.partition(":")
        if not (service and name) or "*" in name or "?" in name:
            raise RequestError(f"action {shown(action)} is not like s3:GetObject")
        self.action: Final = lowered
        self.service: Final = service
        self.resource: Final = resource
        self.caller: Final = caller(principal)
        self.account: Final = resource_account or _account(resource)
        self.context: Final = _context(context) if context else _NOTHING


def _account(resource: str) -> str | None:
    fields = resource.split(":", _ACCOUNT + 1)
    return fields[_ACCOUNT] if len(fields) > _ACCOUNT and fields[_ACCOUNT].isdigit() else None


def _context(given: Mapping[str, object]) -> Context:
    context = {}
    for key, value in given.items():
        values = (value,) if isinstance(value, str) else _values(key, value)
        if values:
            context[key.lower()] = values
    if len(context) < len(given):
        _check_once(given)
    return context


def _check_once(given: Iterable[str]) -> None:
    """Whether each key stands there once, in whatever case."""
    for key, times in Counter(map(str.lower, given)).items():
        if times > 1:
            raise RequestError(f"context key {shown(key)} stands twice")


def _values(key: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    listed = value if isinstance(value, list | tuple) else (value,)
    return tuple(_text(key, each) for each in listed)


def _text(key: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    raise RequestError(f"context key {shown(key)} holds {shown(value)}, not a text or a list")
