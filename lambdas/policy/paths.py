"""Ways up, as data: sets of actions with which a principal gives itself more power.

Gathered from the public lists of pathfinding.cloud, Prowler, Cloudsplaining, Pacu and PMapper,
whose names for a way are its id here where they have one.
"""

from dataclasses import dataclass
from enum import StrEnum

from lambdas.model.finding import Certainty
from lambdas.model.severity import Severity


class Target(StrEnum):
    """What the actions of a way must be allowed on, seen from the caller."""

    ITSELF = "the caller's own user"
    ITS_GROUP = "a group of the caller"
    ITS_POLICY = "a policy that the caller draws on or is bounded by"
    A_GROUP = "a group that the caller is not in yet"
    A_ROLE = "the caller's own role, or one that it can assume"
    ANOTHER_USER = "a user that is not the caller"
    ANOTHER_ROLE = "a role that is not the caller"
    ANY_POLICY = "any customer managed policy"
    OIDC_PROVIDER = "a provider of web identities that roles may trust"
    SAML_PROVIDER = "a provider of SAML identities that roles may trust"


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One set of actions that leads to more power.

    ``says`` completes a sentence that begins with the caller. ``beyond`` are actions that are
    needed too where the role is not the caller itself, ``beside`` such as are needed on some
    resource of another kind. ``unbinds`` marks a way that only lifts a boundary, ``raises`` one
    that gives somebody else power before it takes it over. ``at_most`` is how sure it can be,
    ``severity`` how loud it is when certain, ``named`` how loud at most on some users or roles
    instead of all. ``also`` are the ids of longer ways that never say more than this one.
    """

    id: str
    actions: tuple[str, ...]
    target: Target
    says: str
    beyond: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    unbinds: bool = False
    raises: bool = False
    at_most: Certainty = Certainty.CERTAIN
    severity: Severity = Severity.HIGH
    named: Severity = Severity.HIGH
    also: tuple[str, ...] = ()

    @property
    def all_actions(self) -> tuple[str, ...]:
        """Everything that the way can need on its target."""
        return (*self.actions, *self.beyond)


SELF = (
    Path(
        id="iam-001",
        actions=("iam:CreatePolicyVersion",),
        target=Target.ITS_POLICY,
        says="can rewrite a managed policy that it draws on",
    ),
    Path(
        id="setdefaultpolicyversion",
        actions=("iam:SetDefaultPolicyVersion",),
        target=Target.ITS_POLICY,
        says="can switch a managed policy that it draws on to another of its versions",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="iam-007",
        actions=("iam:PutUserPolicy",),
        target=Target.ITSELF,
        says="can write its own inline policies",
    ),
    Path(
        id="iam-008",
        actions=("iam:AttachUserPolicy",),
        target=Target.ITSELF,
        says="can attach any policy to itself",
    ),
    Path(
        id="iam-010",
        actions=("iam:AttachGroupPolicy",),
        target=Target.ITS_GROUP,
        says="can attach any policy to a group that it is in",
    ),
    Path(
        id="iam-011",
        actions=("iam:PutGroupPolicy",),
        target=Target.ITS_GROUP,
        says="can write the inline policies of a group that it is in",
    ),
    Path(
        id="iam-013",
        actions=("iam:AddUserToGroup",),
        target=Target.A_GROUP,
        says="can add itself to other groups",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="iam-005",
        actions=("iam:PutRolePolicy",),
        target=Target.A_ROLE,
        says="can write the inline policies of its own role or of one that it can assume",
        also=("iam-017", "iam-021"),
    ),
    Path(
        id="iam-009",
        actions=("iam:AttachRolePolicy",),
        target=Target.A_ROLE,
        says="can attach any policy to its own role or to one that it can assume",
        also=("iam-014", "iam-019"),
    ),
    Path(
        id="createrole+putrolepolicy",
        actions=("iam:CreateRole", "iam:PutRolePolicy"),
        target=Target.A_ROLE,
        says="can make a role that it can assume and write the role's inline policies",
    ),
    Path(
        id="attachrolepolicy+createrole",
        actions=("iam:AttachRolePolicy", "iam:CreateRole"),
        target=Target.A_ROLE,
        says="can make a role that it can assume and attach any policy to it",
    ),
    Path(
        id="putuserpermissionsboundary",
        actions=("iam:PutUserPermissionsBoundary",),
        target=Target.ITSELF,
        says="can exchange its own permissions boundary",
        unbinds=True,
    ),
    Path(
        id="deleteuserpermissionsboundary",
        actions=("iam:DeleteUserPermissionsBoundary",),
        target=Target.ITSELF,
        says="can delete its own permissions boundary",
        unbinds=True,
    ),
    Path(
        id="putrolepermissionsboundary+assumerole",
        actions=("iam:PutRolePermissionsBoundary",),
        beyond=("sts:AssumeRole",),
        target=Target.A_ROLE,
        says="can exchange the permissions boundary of its own role or of one that it can assume",
        unbinds=True,
    ),
    Path(
        id="deleterolepermissionsboundary+assumerole",
        actions=("iam:DeleteRolePermissionsBoundary",),
        beyond=("sts:AssumeRole",),
        target=Target.A_ROLE,
        says="can delete the permissions boundary of its own role or of one that it can assume",
        unbinds=True,
    ),
    Path(
        id="taguser",
        actions=("iam:TagUser",),
        target=Target.ITSELF,
        says="can tag itself, which is more power where conditions trust tags",
        at_most=Certainty.POSSIBLE,
        severity=Severity.LOW,
    ),
    Path(
        id="tagrole",
        actions=("iam:TagRole",),
        target=Target.A_ROLE,
        says="can tag its own role or one that it can assume, which is more power where "
        "conditions trust tags",
        at_most=Certainty.POSSIBLE,
        severity=Severity.LOW,
    ),
)
"""The ways in which a principal acts on itself or on what lends it power."""

OTHERS = (
    Path(
        id="iam-002",
        actions=("iam:CreateAccessKey",),
        target=Target.ANOTHER_USER,
        says="can make access keys of other users for itself",
        also=("iam-003",),
    ),
    Path(
        id="iam-004",
        actions=("iam:CreateLoginProfile",),
        target=Target.ANOTHER_USER,
        says="can give other users a password that it knows",
    ),
    Path(
        id="iam-006",
        actions=("iam:UpdateLoginProfile",),
        target=Target.ANOTHER_USER,
        says="can exchange the passwords of other users",
    ),
    Path(
        id="createservicespecificcredential",
        actions=("iam:CreateServiceSpecificCredential",),
        target=Target.ANOTHER_USER,
        says="can make credentials for single services as other users",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="createvirtualmfadevice+enablemfadevice",
        actions=("iam:EnableMFADevice",),
        beside=(("iam:CreateVirtualMFADevice", "mfa"),),
        target=Target.ANOTHER_USER,
        says="can give other users a second factor that it holds",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="iam-015",
        actions=("iam:AttachUserPolicy", "iam:CreateAccessKey"),
        target=Target.ANOTHER_USER,
        says="can attach any policy to another user and make an access key of it",
        raises=True,
    ),
    Path(
        id="iam-018",
        actions=("iam:PutUserPolicy", "iam:CreateAccessKey"),
        target=Target.ANOTHER_USER,
        says="can write another user's inline policies and make an access key of it",
        raises=True,
    ),
    Path(
        id="iam-012",
        actions=("iam:UpdateAssumeRolePolicy",),
        target=Target.ANOTHER_ROLE,
        says="can make other roles trust it",
        also=(
            "iam-012/updateassumerolepolicy",
            "iam-012/updateassumerolepolicy+assumerole",
            "iam-020",
        ),
    ),
    Path(
        id="sts-001",
        actions=("sts:AssumeRole",),
        target=Target.ANOTHER_ROLE,
        says="can assume other roles that trust the account",
        at_most=Certainty.POSSIBLE,
        named=Severity.LOW,
    ),
    Path(
        id="iam-016",
        actions=("iam:CreatePolicyVersion",),
        beside=(("sts:AssumeRole", "role"),),
        target=Target.ANY_POLICY,
        says="can rewrite managed policies and assume roles that may draw on them",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="updateopenidconnectproviderthumbprint",
        actions=("iam:UpdateOpenIDConnectProviderThumbprint",),
        target=Target.OIDC_PROVIDER,
        says="can exchange the certificate by which a provider of web identities is known",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="updatesamlprovider",
        actions=("iam:UpdateSAMLProvider",),
        target=Target.SAML_PROVIDER,
        says="can make itself the provider of SAML identities that roles trust",
        at_most=Certainty.POSSIBLE,
    ),
)
"""The ways in which a principal becomes somebody else, who may be more powerful."""

PATHS = (*SELF, *OTHERS)
"""Every way up, once."""
