"""Ways in which a principal becomes somebody else, who may be more powerful."""

from functools import partial

from lambdas.model.finding import Certainty
from lambdas.model.severity import Severity
from lambdas.policy.escalation.path import ASSUME, Category, Path, Target

_path = partial(Path, category=Category.ACCESS)
_of_a_user = partial(_path, target=Target.ANOTHER_USER)
_of_a_role = partial(_path, target=Target.ANOTHER_ROLE)
_of_a_policy = partial(_path, target=Target.ANY_POLICY, at_most=Certainty.POSSIBLE)

PATHS = (
    _of_a_user(
        id="iam-002",
        actions=("iam:CreateAccessKey",),
        says="can make access keys of other users for itself",
    ),
    _of_a_user(
        id="iam-003",
        actions=("iam:CreateAccessKey", "iam:DeleteAccessKey"),
        says="can exchange access keys of other users for its own",
    ),
    _of_a_user(
        id="iam-004",
        actions=("iam:CreateLoginProfile",),
        says="can give other users a password that it knows",
    ),
    _of_a_user(
        id="iam-006",
        actions=("iam:UpdateLoginProfile",),
        says="can exchange the passwords of other users",
    ),
    _of_a_user(
        id="createservicespecificcredential",
        actions=("iam:CreateServiceSpecificCredential",),
        says="can make credentials for single services as other users",
        at_most=Certainty.POSSIBLE,
    ),
    _of_a_user(
        id="createvirtualmfadevice+enablemfadevice",
        actions=("iam:EnableMFADevice",),
        beside=("iam:CreateVirtualMFADevice",),
        says="can give other users a second factor that it holds",
        at_most=Certainty.POSSIBLE,
    ),
    _of_a_user(
        id="iam-015",
        actions=("iam:AttachUserPolicy", "iam:CreateAccessKey"),
        says="can attach any policy to another user and make an access key of it",
        raises=True,
    ),
    _of_a_user(
        id="iam-018",
        actions=("iam:PutUserPolicy", "iam:CreateAccessKey"),
        says="can write another user's inline policies and make an access key of it",
        raises=True,
    ),
    _of_a_role(
        id="iam-012/updateassumerolepolicy",
        actions=("iam:UpdateAssumeRolePolicy",),
        says="can make other roles trust it",
    ),
    _of_a_role(
        id="iam-012/updateassumerolepolicy+assumerole",
        actions=("iam:UpdateAssumeRolePolicy", ASSUME),
        says="can make other roles trust it and assume them",
    ),
    _of_a_role(
        id="iam-014",
        actions=("iam:AttachRolePolicy", ASSUME),
        says="can attach any policy to another role that it can assume",
        raises=True,
    ),
    _of_a_role(
        id="iam-017",
        actions=("iam:PutRolePolicy", ASSUME),
        says="can write the inline policies of another role that it can assume",
        raises=True,
    ),
    _of_a_role(
        id="iam-019",
        actions=("iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"),
        says="can attach any policy to another role and make it trust the caller",
        raises=True,
    ),
    _of_a_role(
        id="iam-021",
        actions=("iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"),
        says="can write another role's inline policies and make it trust the caller",
        raises=True,
    ),
    _of_a_role(
        id="sts-001",
        actions=(ASSUME,),
        says="can assume other roles that trust the account",
        at_most=Certainty.POSSIBLE,
        named=Severity.LOW,
    ),
    _of_a_policy(
        id="iam-016",
        actions=("iam:CreatePolicyVersion",),
        beside=(ASSUME,),
        says="can rewrite managed policies and assume roles that may draw on them",
    ),
    _of_a_policy(
        id="iam-020",
        actions=("iam:CreatePolicyVersion",),
        beside=("iam:UpdateAssumeRolePolicy",),
        says="can rewrite managed policies and make roles that may draw on them trust it",
    ),
    _path(
        id="updateopenidconnectproviderthumbprint",
        actions=("iam:UpdateOpenIDConnectProviderThumbprint",),
        target=Target.OIDC_PROVIDER,
        says="can exchange the certificate by which a provider of web identities is known",
        at_most=Certainty.POSSIBLE,
    ),
    _path(
        id="updatesamlprovider",
        actions=("iam:UpdateSAMLProvider",),
        target=Target.SAML_PROVIDER,
        says="can make itself the provider of SAML identities that roles trust",
        at_most=Certainty.POSSIBLE,
    ),
)
