"""Attacks whose undo needs what that of the drill's own attack by the same call does not."""

import json

from cli.company import ACCOUNT, LEDGER, allowing
from cli.deeds import FOREIGN
from cli.drill.attack import Answered, Attack
from cli.drill.furnished import SERVICE, cloudtrail, iam

_ALL = allowing("*")
_SHARED = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "cloudtrail:GetQueryResults",
            "Principal": {"AWS": FOREIGN},
            "Resource": "*",
        },
    }
)
_ROLE = iam("CreateRole", RoleName="rare", AssumeRolePolicyDocument=SERVICE)
_STORE = cloudtrail("CreateEventDataStore", Name="rare")
_LOGS = {
    "CloudWatchLogsLogGroupArn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:rare:*",
    "CloudWatchLogsRoleArn": f"arn:aws:iam::{ACCOUNT}:role/rare",
}

RARELY = (
    Attack(
        iam("PutUserPolicy", UserName="rare", PolicyName="all", PolicyDocument=_ALL),
        (iam("CreateUser", UserName="rare"),),
    ),
    Attack(iam("PutRolePolicy", RoleName="rare", PolicyName="all", PolicyDocument=_ALL), (_ROLE,)),
    Attack(
        iam("PutGroupPolicy", GroupName="rare", PolicyName="all", PolicyDocument=_ALL),
        (
            iam("CreateGroup", GroupName="rare"),
            iam("CreateUser", UserName="rare-member"),
            iam("AddUserToGroup", GroupName="rare", UserName="rare-member"),
        ),
    ),
    Attack(
        iam("UpdateAccountPasswordPolicy", MinimumPasswordLength=6),
        (
            iam("UpdateAccountPasswordPolicy", MinimumPasswordLength=14),
            iam("DeleteAccountPasswordPolicy"),
        ),
    ),
    Attack(
        cloudtrail("UpdateTrail", Name=LEDGER, **dict.fromkeys(_LOGS, "")),
        (_ROLE, cloudtrail("UpdateTrail", Name=LEDGER, **_LOGS)),
    ),
    Attack(
        cloudtrail(
            "PutResourcePolicy",
            ResourceArn=Answered(_STORE, ("EventDataStoreArn",)),
            ResourcePolicy=_SHARED,
        ),
        (_STORE,),
    ),
)
"""Mostly firsts: an inline policy, a password policy where there was none."""
