"""What must be readable so that a subject's state, and all it draws on, can be read."""

from lambdas.calls.self_undone import FUNCTIONS, WATCHES
from lambdas.model.permission import Permission
from lambdas.model.subject import PARTS, Kind

_USER = ("arn:{partition}:iam::{account}:user/*",)
_ROLE = ("arn:{partition}:iam::{account}:role/*",)
_GROUP = ("arn:{partition}:iam::{account}:group/*",)
_POLICY = ("arn:{partition}:iam::{account}:policy/*", "arn:{partition}:iam::aws:policy/*")
_TRAIL = ("arn:{partition}:cloudtrail:*:*:trail/*",)
"""Of any account: the ARN of an organisation's trail names the management account."""
_STORE = ("arn:{partition}:cloudtrail:*:{account}:eventdatastore/*",)
_CERTIFICATE = ("arn:{partition}:iam::{account}:server-certificate/*",)

_OIDC_PROVIDER = ("arn:{partition}:iam::{account}:oidc-provider/*",)
_DELEGATION_REQUEST = ("arn:{partition}:iam::{account}:delegation-request/*",)
_SAML_PROVIDER = ("arn:{partition}:iam::{account}:saml-provider/*",)

_POLICY_READS = (
    Permission(action="iam:GetPolicy", resources=_POLICY),
    Permission(action="iam:GetPolicyVersion", resources=_POLICY),
)
_GROUP_READS = (
    Permission(action="iam:GetGroup", resources=_GROUP),
    Permission(action="iam:GetGroupPolicy", resources=_GROUP),
    Permission(action="iam:ListAttachedGroupPolicies", resources=_GROUP),
    Permission(action="iam:ListGroupPolicies", resources=_GROUP),
)

_RENAMED = (
    Permission(action="iam:ListGroups", resources=("*",)),
    Permission(action="iam:ListUsers", resources=("*",)),
)
"""What finding a user or group by unique id needs, when it may have been renamed since."""
_SWITCHED_READS = (
    Permission(action="iam:ListAccessKeys", resources=_USER),
    Permission(action="iam:ListSSHPublicKeys", resources=_USER),
    Permission(action="iam:ListServiceSpecificCredentials", resources=_USER),
    Permission(action="iam:ListSigningCertificates", resources=_USER),
)
_CREDENTIAL_READS = (
    Permission(action="iam:GetLoginProfile", resources=_USER),
    Permission(action="iam:ListMFADevices", resources=_USER),
    *_SWITCHED_READS,
)
_WHOLE = Permission(action="iam:GetAccountAuthorizationDetails", resources=("*",))
"""IAM knows no resource to limit it to; where many are reached, it is read in their place."""
_TRAIL_READS = (
    Permission(action="cloudtrail:GetEventSelectors", resources=_TRAIL),
    Permission(action="cloudtrail:GetInsightSelectors", resources=_TRAIL),
    Permission(action="cloudtrail:GetTrail", resources=_TRAIL),
    Permission(action="cloudtrail:GetTrailStatus", resources=_TRAIL),
    Permission(action="cloudtrail:ListTags", resources=_TRAIL),
)
_PROVIDER_READS = (
    Permission(action="iam:GetOpenIDConnectProvider", resources=_OIDC_PROVIDER),
    Permission(action="iam:GetSAMLProvider", resources=_SAML_PROVIDER),
)
_ACCOUNT_READS = tuple(
    Permission(action=f"iam:{operation}", resources=("*",))
    for operation in (
        "GetAccountPasswordPolicy",
        "GetAccountSummary",
        "GetOutboundWebIdentityFederationInfo",
        "ListAccountAliases",
        "ListOrganizationsFeatures",
    )
)
"""All about the account itself, for which IAM knows no resource."""
_STORE_READS = (
    Permission(action="cloudtrail:GetEventConfiguration", resources=_STORE),
    Permission(action="cloudtrail:GetEventDataStore", resources=_STORE),
    Permission(action="cloudtrail:GetResourcePolicy", resources=_STORE),
    Permission(action="cloudtrail:ListTags", resources=_STORE),
)
_CERTIFICATE_READS = (
    Permission(action="iam:GetServerCertificate", resources=_CERTIFICATE),
    Permission(action="iam:ListServerCertificates", resources=("*",)),
)
_WATCH_READS = (
    Permission(action="events:DescribeRule", resources=WATCHES),
    Permission(action="events:ListTargetsByRule", resources=WATCHES),
)
_FUNCTION_READS = (Permission(action="lambda:GetFunctionConcurrency", resources=FUNCTIONS),)
_USER_READS = (
    Permission(action="iam:GetUser", resources=_USER),
    Permission(action="iam:GetUserPolicy", resources=_USER),
    Permission(action="iam:ListAttachedUserPolicies", resources=_USER),
    Permission(action="iam:ListGroupsForUser", resources=_USER),
    Permission(action="iam:ListUserPolicies", resources=_USER),
    *_GROUP_READS,
    *_POLICY_READS,
)
_ROLE_READS = (
    Permission(action="iam:GetRole", resources=_ROLE),
    Permission(action="iam:GetRolePolicy", resources=_ROLE),
    Permission(action="iam:ListAttachedRolePolicies", resources=_ROLE),
    Permission(action="iam:ListRolePolicies", resources=_ROLE),
    *_POLICY_READS,
)

_DEVICE_READS = (
    Permission(action="iam:ListMFADeviceTags", resources=("arn:{partition}:iam::{account}:mfa/*",)),
)
_PROFILE_READS = (
    Permission(
        action="iam:GetInstanceProfile",
        resources=("arn:{partition}:iam::{account}:instance-profile/*",),
    ),
    *_ROLE_READS,
)
"""The role is read with it: its power is what instances get."""

READS = {
    Kind.USER: (*_CREDENTIAL_READS, *_RENAMED, *_USER_READS),
    Kind.ROLE: _ROLE_READS,
    Kind.GROUP: (_WHOLE, *_RENAMED, *_USER_READS),
    Kind.POLICY: (
        _WHOLE,
        Permission(action="iam:ListEntitiesForPolicy", resources=_POLICY),
        Permission(action="iam:ListPolicyVersions", resources=_POLICY),
        *_USER_READS,
        *_ROLE_READS,
    ),
    Kind.TRAIL: _TRAIL_READS,
    Kind.INSTANCE_PROFILE: _PROFILE_READS,
    Kind.SERVER_CERTIFICATE: _CERTIFICATE_READS,
    Kind.EVENT_DATA_STORE: _STORE_READS,
    Kind.ROOT: (),
    Kind.OIDC_PROVIDER: _PROVIDER_READS[:1],
    Kind.SAML_PROVIDER: _PROVIDER_READS[1:],
    Kind.ACCOUNT: _ACCOUNT_READS,
    Kind.DELEGATION_REQUEST: (
        Permission(action="iam:GetDelegationRequest", resources=_DELEGATION_REQUEST),
    ),
    Kind.MFA_DEVICE: _DEVICE_READS,
    **dict.fromkeys(sorted(PARTS), ()),
    Kind.WATCH: _WATCH_READS,
    Kind.FUNCTION: _FUNCTION_READS,
}
"""Subject kind -> what reading it needs when it is the one that was changed.

Of a group, or a policy, everyone is read to whom it lends power. Of the root user nothing can be
read.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_identityandaccessmanagement.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
"""

FEEDING = (Permission(action="cloudtrail:DescribeTrails", resources=("*",)),)
"""What knowing the buckets and keys of trails needs."""

ADMINISTRATORS = (_WHOLE, *READS[Kind.USER])
"""What finding an administrator needs, and whether he has a password or an active key."""

SWEEP = (
    *FEEDING,
    Permission(action="events:ListRules", resources=("*",)),
    Permission(action="lambda:ListFunctions", resources=("*",)),
    *_WATCH_READS,
    *_FUNCTION_READS,
    Permission(action="iam:ListOpenIDConnectProviders", resources=("*",)),
    Permission(action="iam:ListSAMLProviders", resources=("*",)),
    *_DEVICE_READS,
    *_PROFILE_READS[:1],
    Permission(action="iam:ListInstanceProfiles", resources=("*",)),
    Permission(action="iam:ListPolicyTags", resources=_POLICY[:1]),
    Permission(action="iam:ListRoles", resources=("*",)),
    Permission(action="iam:ListVirtualMFADevices", resources=("*",)),
    Permission(action="cloudtrail:ListEventDataStores", resources=("*",)),
    _WHOLE,
    *_ACCOUNT_READS,
    *_PROVIDER_READS,
    *_TRAIL_READS,
    *_STORE_READS,
    *_CERTIFICATE_READS,
    *_SWITCHED_READS,
)
"""What reading the whole account needs."""
