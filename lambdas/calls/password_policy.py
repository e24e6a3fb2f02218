"""The account's password policy: what is asked of the passwords of its users."""

import json
from collections.abc import Mapping
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.iam import calling, permitted, watching
from lambdas.calls.watched import Target, UnreadableParametersError, Where
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.password_policy import DEFAULTS
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject


def spelled(policy: Mapping[str, object]) -> str:
    """A policy as JSON that is equal where the same is asked.

    What is left to a default is left out, so the text can be sent as it is to restore it.
    """
    given = {name: policy.get(name) for name in DEFAULTS}
    kept = {name: value for name, value in given.items() if value not in (None, DEFAULTS[name])}
    return json.dumps(kept, sort_keys=True)


def _updated(parameters: Parameters, where: Where) -> Target:
    """All of it at once: what a call does not name falls back to its default."""
    given = {name: parameters.get(name[:1].lower() + name[1:]) for name in DEFAULTS}
    for name, value in given.items():
        if value is not None and type(value) is not type(DEFAULTS[name]):
            raise UnreadableParametersError(f"requestParameters set {name} to {value!r}")
    return _account(where), (Edit(Part.LOGIN_POLICY, ONLY, spelled(given)),)


def _deleted(_: Parameters, where: Where) -> Target:
    return _account(where), (Edit(Part.LOGIN_POLICY, ONLY, None),)


def _account(where: Where) -> Subject:
    return Subject(Kind.ACCOUNT, where.account)


def _former(change: Change, _live: State, _edit: Edit, former: str | None) -> tuple[Call, ...]:
    if former is None:
        return calling(change, "DeleteAccountPasswordPolicy")
    return calling(change, "UpdateAccountPasswordPolicy", **json.loads(former))


_watching = partial(watching, family=Family.ACCOUNT, kind=Kind.ACCOUNT, restore=_former)

CALLS = (
    _watching(
        name="UpdateAccountPasswordPolicy",
        parse=_updated,
        permissions=(
            permitted("UpdateAccountPasswordPolicy"),
            permitted("DeleteAccountPasswordPolicy"),
        ),
    ),
    _watching(
        name="DeleteAccountPasswordPolicy",
        parse=_deleted,
        permissions=(permitted("UpdateAccountPasswordPolicy"),),
    ),
)
