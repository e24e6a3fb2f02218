"""Which actions and resources IAM's and STS's calls need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from typing import Any

from sandbox.gate.needs import naming
from sandbox.gate.needs.entities import resource
from sandbox.gate.needs.need import Need
from sandbox.gate.needs.row import Parameters, Row
from sandbox.gate.needs.where import Where

_ON = {
    "user": (
        "AttachUserPolicy CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential "
        "DeactivateMFADevice DeleteAccessKey DeleteLoginProfile DeleteSSHPublicKey "
        "DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser "
        "DeleteUserPermissionsBoundary DeleteUserPolicy DetachUserPolicy EnableMFADevice "
        "GetLoginProfile GetSSHPublicKey GetUser GetUserPolicy ListAccessKeys "
        "ListAttachedUserPolicies ListGroupsForUser ListMFADevices ListSSHPublicKeys "
        "ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies ListUserTags "
        "PutUserPermissionsBoundary PutUserPolicy ResetServiceSpecificCredential "
        "ResyncMFADevice TagUser UntagUser UpdateAccessKey UpdateLoginProfile "
        "UpdateSSHPublicKey UpdateServiceSpecificCredential UpdateSigningCertificate "
        "UploadSSHPublicKey UploadSigningCertificate"
    ),
    "role": (
        "AttachRolePolicy DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy "
        "DetachRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies "
        "ListInstanceProfilesForRole ListRolePolicies ListRoleTags PutRolePermissionsBoundary "
        "PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription"
    ),
    "group": (
        "AddUserToGroup AttachGroupPolicy DeleteGroup DeleteGroupPolicy DetachGroupPolicy "
        "GetGroup GetGroupPolicy ListAttachedGroupPolicies ListGroupPolicies PutGroupPolicy "
        "RemoveUserFromGroup"
    ),
    "policy": (
        "CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion "
        "ListEntitiesForPolicy ListPolicyTags ListPolicyVersions SetDefaultPolicyVersion "
        "TagPolicy UntagPolicy"
    ),
    "OIDC provider": (
        "AddClientIDToOpenIDConnectProvider DeleteOpenIDConnectProvider GetOpenIDConnectProvider "
        "RemoveClientIDFromOpenIDConnectProvider TagOpenIDConnectProvider "
        "UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint"
    ),
    "SAML provider": (
        "DeleteSAMLProvider GetSAMLProvider TagSAMLProvider UntagSAMLProvider UpdateSAMLProvider"
    ),
    "delegation request": (
        "AcceptDelegationRequest AssociateDelegationRequest GetDelegationRequest "
        "RejectDelegationRequest SendDelegationToken UpdateDelegationRequest"
    ),
    "instance-profile": (
        "DeleteInstanceProfile GetInstanceProfile ListInstanceProfileTags "
        "RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile"
    ),
    "nothing": (
        "CreateAccountAlias DeleteAccountAlias DeleteAccountPasswordPolicy "
        "DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions "
        "DisableOutboundWebIdentityFederation EnableOrganizationsRootCredentialsManagement "
        "EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation "
        "GenerateCredentialReport GetAccountAuthorizationDetails GetAccountPasswordPolicy "
        "GetAccountSummary GetCredentialReport GetOutboundWebIdentityFederationInfo "
        "ListAccountAliases ListGroups ListInstanceProfiles ListOpenIDConnectProviders "
        "ListOrganizationsFeatures ListPolicies ListRoles ListSAMLProviders "
        "ListServerCertificates ListUsers ListVirtualMFADevices "
        "SetSecurityTokenServicePreferences UpdateAccountPasswordPolicy"
    ),
}
"""Kind of resource -> the operations whose action is on a resource of that kind."""

_BOUNDED = frozenset(
    {
        "AttachRolePolicy",
        "AttachUserPolicy",
        "DeleteRole",
        "DeleteRolePermissionsBoundary",
        "DeleteRolePolicy",
        "DeleteUserPermissionsBoundary",
        "DeleteUserPolicy",
        "DetachRolePolicy",
        "DetachUserPolicy",
        "PutRolePolicy",
        "PutUserPolicy",
        "UpdateAssumeRolePolicy",
        "UpdateRole",
        "UpdateRoleDescription",
    }
)
"""Where ``iam:PermissionsBoundary`` is the boundary that the target has.

Where a call sets a boundary (Put..., CreateUser, CreateRole) the key is the one being set.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""


def _row(kind: str, operation: str) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        arn, target = resource(kind, parameters, where)
        keys = {
            "iam:policyarn": parameters.get("PolicyArn") if "tach" in operation else None,
            "iam:permissionsboundary": _boundary(operation, parameters, target),
        }
        context = {key: value for key, value in keys.items() if value is not None}
        return (Need(f"iam:{operation}", arn, context),)

    return needs


def _boundary(operation: str, parameters: Parameters, target: Any) -> str | None:
    if operation in _BOUNDED:
        return getattr(target, "permissions_boundary_arn", None) or None
    return parameters.get("PermissionsBoundary")


def _none(_: Parameters, __: Where) -> tuple[Need, ...]:
    """GetCallerIdentity needs no permission, and no Deny takes it away.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    """
    return ()


ROWS: dict[tuple[str, str], Row] = {
    **{("iam", name): _row(kind, name) for kind, names in _ON.items() for name in names.split()},
    **naming.ROWS,
    ("sts", "GetCallerIdentity"): _none,
}
"""(service, operation) -> what it needs."""
