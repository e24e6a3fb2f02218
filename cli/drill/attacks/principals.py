"""Users, roles and groups made, deleted and renamed."""

from cli.company import trusting
from cli.deeds import FOREIGN
from cli.drill.attack import Attack
from cli.drill.furnished import SERVICE, group, iam, user

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
)
