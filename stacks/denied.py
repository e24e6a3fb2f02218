"""What no role of Snapback's may ever do, whatever else it is allowed."""

from collections.abc import Iterable

from aws_cdk import Aws, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from lambdas.model.permission import Permission

_OTHERS = (
    "sts:AssumeRole",
    "sts:AssumeRoot",
    "sts:GetDelegatedAccessToken",
    "sts:GetFederationToken",
    "sts:GetWebIdentityToken",
)
"""Becoming somebody else, or being known elsewhere.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
"""
_CODE = (
    "cloudformation:CreateChangeSet",
    "cloudformation:CreateStack",
    "cloudformation:DeleteStack",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:UpdateStack",
    "lambda:AddPermission",
    "lambda:CreateFunction",
    "lambda:CreateFunctionUrlConfig",
    "lambda:DeleteFunction",
    "lambda:PublishLayerVersion",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
)
"""Changing what runs, or who may start it.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
"""
_MADE = (
    "iam:AcceptDelegationRequest",
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:AddRoleToInstanceProfile",
    "iam:AddUserToGroup",
    "iam:ChangePassword",
    "iam:CreateAccessKey",
    "iam:CreateDelegationRequest",
    "iam:CreateGroup",
    "iam:CreateInstanceProfile",
    "iam:CreateLoginProfile",
    "iam:CreateOpenIDConnectProvider",
    "iam:CreatePolicy",
    "iam:CreateRole",
    "iam:CreateSAMLProvider",
    "iam:CreateServiceLinkedRole",
    "iam:CreateServiceSpecificCredential",
    "iam:CreateUser",
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:EnableOrganizationsRootCredentialsManagement",
    "iam:EnableOrganizationsRootSessions",
    "iam:EnableOutboundWebIdentityFederation",
    "iam:ResetServiceSpecificCredential",
    "iam:SendDelegationToken",
    "iam:UpdateLoginProfile",
    "iam:UpdateSAMLProvider",
    "iam:UploadCloudFrontPublicKey",
    "iam:UploadSSHPublicKey",
    "iam:UploadServerCertificate",
    "iam:UploadSigningCertificate",
)
"""Making principals and credentials, and letting somebody into a group.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""
_POWERS = (
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicyVersion",
    "iam:DeletePolicy",
    "iam:DeletePolicyVersion",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DetachRolePolicy",
    "iam:PassRole",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:PutUserPermissionsBoundary",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
)
"""Changing what roles and users may do, and who may be one."""
NEVER = frozenset((*_OTHERS, *_CODE, *_MADE, *_POWERS))


def deny_ever(granted: Iterable[Permission]) -> iam.PolicyStatement:
    """What a role may not do to anything, but for what it is granted for reverts.

    An explicit Deny holds whatever a policy that is added later allows.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    actions = NEVER - {permission.action for permission in granted}
    return iam.PolicyStatement(
        sid="Never", effect=iam.Effect.DENY, actions=sorted(actions), resources=["*"]
    )


def own(scope: Construct) -> list[str]:
    """ARN patterns of the roles and policies of this stack and of those beside it.

    CloudFormation begins their names with the stack's; a role's policy that gets too long for one
    stands in a managed one, of which new versions could be written.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
    """
    name = Stack.of(scope).stack_name
    here = f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}"
    return [f"{here}:{kind}/{name}-*" for kind in ("policy", "role")]
