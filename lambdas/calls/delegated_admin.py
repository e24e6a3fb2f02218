"""Which account looks after CloudTrail for an organisation beside the one that manages it.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html
"""

from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import CLOUDTRAIL, Scope, Target, WatchedCall, Where, text
from lambdas.model.family import Family
from lambdas.model.subject import Kind, Subject

_ORGANIZATIONS = (
    "it holds for all accounts of the organisation, which Snapback does not know: decide there"
)


def _named(parameter: str, parameters: Parameters, where: Where) -> Target:
    """The account that manages the organisation, which alone can do it.

    The other one is not ours to read, and what it may do now stands nowhere in IAM or CloudTrail.
    """
    text(parameters, parameter)
    return Subject(Kind.ACCOUNT, where.account), ()


CALLS = tuple(
    WatchedCall(
        source=CLOUDTRAIL,
        name=name,
        family=Family.ACCOUNT,
        scope=Scope.CALLED,
        kind=Kind.ACCOUNT,
        parse=partial(_named, parameter),
        irreversible=_ORGANIZATIONS,
    )
    for name, parameter in (
        ("RegisterOrganizationDelegatedAdmin", "memberAccountId"),
        ("DeregisterOrganizationDelegatedAdmin", "delegatedAdminAccountId"),
    )
)
