"""The account's own settings read live, each by a call of its own.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from lambdas.aws import clients
from lambdas.aws.building import Building
from lambdas.aws.lookup import ABSENT, Lookup
from lambdas.aws.reads import Read, code
from lambdas.calls.password_policy import spelled
from lambdas.model.arn import Arn, partition_of
from lambdas.model.state import ONLY, PRESENT, Part

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

Values = Mapping[str, str]

_VERSIONS = {1: "v1Token", 2: "v2Token"}
"""What GetAccountSummary says -> what SetSecurityTokenServicePreferences takes."""
_NOT_MANAGING = frozenset(
    {
        "AccountNotManagementOrDelegatedAdministratorException",
        "OrganizationNotFoundException",
        "OrganizationNotInAllFeaturesModeException",
        "ServiceAccessNotEnabledException",
    }
)
"""Only who manages an organisation can have these features enabled, and knows whether they are.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
"""


def account(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of an account's state, made all at once."""
    building.identify(building.subject.name, _arn(building.subject.name))
    parts: Mapping[Part, Callable[[IAMClient], Values]] = {
        Part.LOGIN_POLICY: _login_policy,
        Part.ALIAS: _alias,
        Part.STS_VERSION: _sts_version,
        Part.OUTBOUND_FEDERATION: _outbound_federation,
        Part.ROOT_ACCESS: _root_access,
    }
    return tuple(
        lookup.guarded(building, part, partial(_part, part, get)) for part, get in parts.items()
    )


def _arn(account: str) -> str:
    """https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsaccountmanagement.html."""
    return str(Arn(partition_of(clients.region()), "account", "", account, "account"))


def _part(
    part: Part, get: "Callable[[IAMClient], Values]", lookup: Lookup, building: Building
) -> Iterable[Read]:
    building.hold(part, get(lookup.iam))
    return ()


def _login_policy(iam: "IAMClient") -> Values:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html."""
    try:
        held = iam.get_account_password_policy()["PasswordPolicy"]
    except ClientError as error:
        if code(error) != ABSENT:
            raise
        return {}
    return {ONLY: spelled(held)}


def _alias(iam: "IAMClient") -> Values:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html."""
    aliases = iam.list_account_aliases()["AccountAliases"]
    return {ONLY: aliases[0]} if aliases else {}


def _sts_version(iam: "IAMClient") -> Values:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html."""
    version = iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"]
    return {ONLY: _VERSIONS[version]}


def _outbound_federation(iam: "IAMClient") -> Values:
    """Where it is disabled, the answer is an error.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html
    """
    try:
        enabled = iam.get_outbound_web_identity_federation_info()["JwtVendingEnabled"]
    except ClientError as error:
        if code(error) != "FeatureDisabled":
            raise
        return {}
    return {ONLY: PRESENT} if enabled else {}


def _root_access(iam: "IAMClient") -> Values:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html."""
    try:
        features = iam.list_organizations_features()["EnabledFeatures"]
    except ClientError as error:
        if code(error) not in _NOT_MANAGING:
            raise
        return {}
    return {feature: feature for feature in features}
