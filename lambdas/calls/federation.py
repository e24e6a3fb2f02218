"""Outbound federation: tokens with which the account's principals prove themselves elsewhere.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html
"""

from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.iam import calling, permitted, watching
from lambdas.calls.watched import Target, Where
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, PRESENT, Part, State
from lambdas.model.subject import Kind, Subject

_ANOTHER = (
    "whether the account has the same issuer when it is enabled again is not known, and outside "
    "services trust that issuer: decide, and see there"
)


def _set(value: str | None, _: Parameters, where: Where) -> Target:
    """Enabling what is enabled, and disabling what is not, fails."""
    edit = Edit(Part.OUTBOUND_FEDERATION, ONLY, value, fresh=value is not None)
    return Subject(Kind.ACCOUNT, where.account), (edit,)


def _disabled(change: Change, _live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, "DisableOutboundWebIdentityFederation")


_watching = partial(watching, family=Family.FEDERATION, kind=Kind.ACCOUNT)

CALLS = (
    _watching(
        name="EnableOutboundWebIdentityFederation",
        parse=partial(_set, PRESENT),
        restore=_disabled,
        permissions=(permitted("DisableOutboundWebIdentityFederation"),),
    ),
    _watching(
        name="DisableOutboundWebIdentityFederation",
        parse=partial(_set, None),
        irreversible=_ANOTHER,
    ),
)
