"""What must be readable so that a subject's state, and all it draws on, can be read."""

from lambdas.model.permission import Permission
from lambdas.model.subject import Kind

_USER = ("arn:{partition}:iam::{account}:user/*",)
_ROLE = ("arn:{partition}:iam::{account}:role/*",)
_GROUP = ("arn:{partition}:iam::{account}:group/*",)
_POLICY = ("arn:{partition}:iam::{account}:policy/*", "arn:{partition}:iam::aws:policy/*")
_TRAIL = ("arn:{partition}:cloudtrail:*:*:trail/*",)
"""Of any account: the ARN of an organisation's trail names the management account."""
_STORE = ("arn:{partition}:cloudtrail:*:{account}:eventdatastore/*",)
_CERTIFICATE = ("arn:{partition}:iam::{account}:server-certificate/*",)

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
    Kind.SERVER_CERTIFICATE: _CERTIFICATE_READS,
    Kind.EVENT_DATA_STORE: _STORE_READS,
    Kind.ROOT: (),
    Kind.MFA_DEVICE: (),
}
"""Subject kind -> what reading it needs when it is the one that was changed.

Of a group, or a policy, everyone is read to whom it lends power. Of the root user, and of a device
that belongs to nobody, nothing can be read.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_identityandaccessmanagement.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
"""

SWEEP = (
    Permission(action="cloudtrail:DescribeTrails", resources=("*",)),
    Permission(action="cloudtrail:ListEventDataStores", resources=("*",)),
    _WHOLE,
    *_TRAIL_READS,
    *_STORE_READS,
    *_CERTIFICATE_READS,
    *_SWITCHED_READS,
)
"""What reading the whole account needs."""
