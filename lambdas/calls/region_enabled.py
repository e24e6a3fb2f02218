"""A region enabled for the account: one in which nothing of Snapback stands yet.

In which region CloudTrail records it, AWS does not say: every one is watched for it.
https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html
"""

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import OtherTargetError, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Edit
from lambdas.model.family import Family
from lambdas.model.state import PRESENT, Part
from lambdas.model.subject import Kind, Subject

_NOT_DISABLED = (
    "disabling a region puts all that is in it out of reach: decide, and list it under regions "
    "where it stays"
)


def _enabled(parameters: Parameters, where: Where) -> Target:
    """The account that manages an organisation can enable one for another account."""
    other = parameters.get("accountId")
    if other not in (None, where.account):
        raise OtherTargetError(f"it is about the account {other}")
    edit = Edit(Part.REGIONS, text(parameters, "regionName"), PRESENT)
    return Subject(Kind.ACCOUNT, where.account), (edit,)


CALLS = (
    WatchedCall(
        source="account.amazonaws.com",
        name="EnableRegion",
        family=Family.ACCOUNT,
        scope=Scope.CALLED,
        kind=Kind.ACCOUNT,
        parse=_enabled,
        irreversible=_NOT_DISABLED,
        stateless=True,
    ),
)
