"""Ways in which a principal acts on itself, or on what lends it power."""

from functools import partial

from lambdas.model.finding import Certainty
from lambdas.model.severity import Severity
from lambdas.policy.escalation.path import ASSUME, Category, Path, Target

_path = partial(Path, category=Category.SELF)

PATHS = (
    _path(
        id="iam-001",
        actions=("iam:CreatePolicyVersion",),
        target=Target.ITS_POLICY,
        says="can rewrite a managed policy that it draws on",
    ),
    _path(
        id="setdefaultpolicyversion",
        actions=("iam:SetDefaultPolicyVersion",),
        target=Target.ITS_POLICY,
        says="can switch a managed policy that it draws on to another of its versions",
        at_most=Certainty.POSSIBLE,
    ),
    _path(
        id="iam-007",
        actions=("iam:PutUserPolicy",),
        target=Target.ITSELF,
        says="can write its own inline policies",
    ),
    _path(
        id="iam-008",
        actions=("iam:AttachUserPolicy",),
        target=Target.ITSELF,
        says="can attach any policy to itself",
    ),
    _path(
        id="iam-010",
        actions=("iam:AttachGroupPolicy",),
        target=Target.ITS_GROUP,
        says="can attach any policy to a group that it is in",
    ),
    _path(
        id="iam-011",
        actions=("iam:PutGroupPolicy",),
        target=Target.ITS_GROUP,
        says="can write the inline policies of a group that it is in",
    ),
    _path(
        id="iam-013",
        actions=("iam:AddUserToGroup",),
        target=Target.A_GROUP,
        says="can add itself to other groups",
        at_most=Certainty.POSSIBLE,
    ),
    _path(
        id="iam-005",
        actions=("iam:PutRolePolicy",),
        target=Target.A_ROLE,
        says="can write the inline policies of its own role or of one that it can assume",
    ),
    _path(
        id="iam-009",
        actions=("iam:AttachRolePolicy",),
        target=Target.A_ROLE,
        says="can attach any policy to its own role or to one that it can assume",
    ),
    _path(
        id="createrole+putrolepolicy",
        actions=("iam:CreateRole", "iam:PutRolePolicy"),
        target=Target.A_ROLE,
        says="can make a role that it can assume and write the role's inline policies",
    ),
    _path(
        id="attachrolepolicy+createrole",
        actions=("iam:AttachRolePolicy", "iam:CreateRole"),
        target=Target.A_ROLE,
        says="can make a role that it can assume and attach any policy to it",
    ),
    _path(
        id="putuserpermissionsboundary",
        actions=("iam:PutUserPermissionsBoundary",),
        target=Target.ITSELF,
        says="can exchange its own permissions boundary",
        unbinds=True,
    ),
    _path(
        id="deleteuserpermissionsboundary",
        actions=("iam:DeleteUserPermissionsBoundary",),
        target=Target.ITSELF,
        says="can delete its own permissions boundary",
        unbinds=True,
    ),
    _path(
        id="putrolepermissionsboundary+assumerole",
        actions=("iam:PutRolePermissionsBoundary",),
        beyond=(ASSUME,),
        target=Target.A_ROLE,
        says="can exchange the permissions boundary of its own role or of one that it can assume",
        unbinds=True,
    ),
    _path(
        id="deleterolepermissionsboundary+assumerole",
        category=Category.ACCESS,
        actions=("iam:DeleteRolePermissionsBoundary",),
        beyond=(ASSUME,),
        target=Target.A_ROLE,
        says="can delete the permissions boundary of its own role or of one that it can assume",
        unbinds=True,
    ),
    _path(
        id="taguser",
        actions=("iam:TagUser",),
        target=Target.ITSELF,
        says="can tag itself, which is more power where conditions trust tags",
        at_most=Certainty.POSSIBLE,
        severity=Severity.LOW,
    ),
    _path(
        id="tagrole",
        actions=("iam:TagRole",),
        target=Target.A_ROLE,
        says="can tag its own role or one that it can assume, which is more power where "
        "conditions trust tags",
        at_most=Certainty.POSSIBLE,
        severity=Severity.LOW,
    ),
)
