"""The company: what is in the account on which the demo plays."""

import json
from typing import Any

from sandbox.identities import Identity

ACCOUNT = "123456789012"
PIPELINE = f"arn:aws:iam::{ACCOUNT}:role/pipeline"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
DEPLOY = f"arn:aws:iam::{ACCOUNT}:policy/deploy"
BOUND = f"arn:aws:iam::{ACCOUNT}:policy/bound"
FORMER = """{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "ReadReports",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:ListBucket"],
            "Resource": "arn:aws:s3:::reports*"
        }
    ]
}"""
"""An inline policy as people write them: only an exact undo brings its spaces back."""
TRAIL, LEDGER = "audit", "ledger"
ON_CALL = "olga"
"""Whoever of the security team is woken; an administrator."""
_USERS = [
    "eve",
    "mallory",
    "nina",
    "oscar",
    "paula",
    "quentin",
    "rita",
    "sam",
    "tess",
    "victor",
    "walter",
    "xena",
]


def allowing(action: str, resource: str = "*") -> str:
    """A policy document with one statement."""
    return _document({"Effect": "Allow", "Action": action, "Resource": resource})


def trusting(**principal: str) -> str:
    """A trust policy with one statement."""
    return _document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal})


def arrange(operator: Identity) -> None:
    """Fill the account with what a small company has."""
    iam = operator.client("iam")
    for user in (*_USERS, ON_CALL):
        iam.create_user(UserName=user)
    iam.attach_user_policy(UserName=ON_CALL, PolicyArn=ADMINISTRATOR)
    iam.put_user_policy(UserName="nina", PolicyName="reports", PolicyDocument=FORMER)
    iam.create_role(
        RoleName="pipeline",
        AssumeRolePolicyDocument=trusting(Service="codebuild.amazonaws.com"),
    )
    iam.create_role(
        RoleName="reporting", AssumeRolePolicyDocument=trusting(Service="lambda.amazonaws.com")
    )
    iam.create_role(
        RoleName="owner",
        AssumeRolePolicyDocument=trusting(AWS=f"arn:aws:iam::{ACCOUNT}:root"),
    )
    iam.attach_role_policy(RoleName="owner", PolicyArn=ADMINISTRATOR)
    _groups(iam)
    _boundary(iam)
    _trails(operator)


def _groups(iam: Any) -> None:
    """Analysts with an inline policy, releasers with a customer's, administrators with AWS's."""
    iam.create_policy(PolicyName="deploy", PolicyDocument=allowing("codedeploy:*"))
    for group, members in (
        ("analysts", ("mallory",)),
        ("releasers", ("rita", "sam", "tess")),
        ("administrators", ()),
    ):
        iam.create_group(GroupName=group)
        for member in members:
            iam.add_user_to_group(GroupName=group, UserName=member)
    iam.put_group_policy(GroupName="analysts", PolicyName="read", PolicyDocument=FORMER)
    iam.attach_group_policy(GroupName="releasers", PolicyArn=DEPLOY)
    iam.attach_group_policy(GroupName="administrators", PolicyArn=ADMINISTRATOR)


def _boundary(iam: Any) -> None:
    """Victor may do everything, within bounds."""
    iam.create_policy(PolicyName="bound", PolicyDocument=allowing("s3:*"))
    iam.put_user_permissions_boundary(UserName="victor", PermissionsBoundary=BOUND)
    iam.attach_user_policy(UserName="victor", PolicyArn=ADMINISTRATOR)


def _trails(operator: Identity) -> None:
    """One trail that feeds EventBridge, and one that also keeps a bucket's data events."""
    operator.client("s3").create_bucket(Bucket="company-trail")
    trails = operator.client("cloudtrail")
    for name in (TRAIL, LEDGER):
        trails.create_trail(Name=name, S3BucketName="company-trail", IsMultiRegionTrail=True)
        trails.start_logging(Name=name)
    bucket = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::payroll/"]}
    trails.put_event_selectors(
        TrailName=LEDGER,
        EventSelectors=[
            {
                "ReadWriteType": "All",
                "IncludeManagementEvents": True,
                "DataResources": [bucket],
            }
        ],
    )


def _document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
