"""Users, roles and groups made, deleted and renamed."""

from cli.company import trusting
from cli.deeds import FOREIGN
from cli.drill.attack import Answered, Attack
from cli.drill.furnished import SERVICE, group, iam, role, user

_LINKED = iam("CreateServiceLinkedRole", AWSServiceName="elasticbeanstalk.amazonaws.com")

ATTACKS = (
    Attack(iam("CreateUser", UserName="drill-CreateUser")),
    Attack(
        iam(
            "CreateRole",
            RoleName="drill-CreateRole",
            AssumeRolePolicyDocument=trusting(AWS=FOREIGN),
        )
    ),
    Attack(iam("CreateGroup", GroupName="drill-CreateGroup")),
    Attack(
        iam("DeleteUser", UserName="drill-DeleteUser"),
        (iam("CreateUser", UserName="drill-DeleteUser"),),
    ),
    Attack(
        iam("DeleteRole", RoleName="drill-DeleteRole"),
        (iam("CreateRole", RoleName="drill-DeleteRole", AssumeRolePolicyDocument=SERVICE),),
    ),
    Attack(
        iam("DeleteGroup", GroupName="drill-DeleteGroup"),
        (iam("CreateGroup", GroupName="drill-DeleteGroup"),),
    ),
    Attack(
        iam("UpdateUser", UserName="drill-UpdateUser", NewUserName="drill-UpdatedUser"),
        user("drill-UpdateUser"),
    ),
    Attack(
        iam("UpdateGroup", GroupName="drill-UpdateGroup", NewPath="/elsewhere/"),
        group("drill-UpdateGroup"),
    ),
    Attack(
        iam(
            "UpdateRole",
            RoleName="drill-UpdateRole",
            Description="mine",
            MaxSessionDuration=43200,
        ),
        role("drill-UpdateRole"),
    ),
    Attack(
        iam("UpdateRoleDescription", RoleName="drill-UpdateRoleDescription", Description="mine"),
        role("drill-UpdateRoleDescription"),
    ),
    Attack(iam("CreateServiceLinkedRole", AWSServiceName="autoscaling.amazonaws.com")),
    Attack(
        iam("DeleteServiceLinkedRole", RoleName=Answered(_LINKED, ("Role", "RoleName"))),
        (_LINKED,),
    ),
)
