"""Subjects as people have them: with policies, groups, tags and versions beside what is attacked.

An undo that is exact leaves all of it alone. Each attack has subjects of its own, so that none
disturbs the next one.
"""

from typing import Any

from cli.company import ACCOUNT, DEPLOY, FORMER, allowing, trusting
from cli.drill.attack import Deed

OWNED = [{"Key": "owner", "Value": "platform"}]
SERVICE = trusting(Service="ec2.amazonaws.com")


def policy_arn(name: str) -> str:
    """The ARN of a customer's policy."""
    return f"arn:aws:iam::{ACCOUNT}:policy/{name}"


def iam(operation: str, **parameters: Any) -> Deed:
    """A call of IAM."""
    return Deed(f"iam:{operation}", parameters)


def cloudtrail(operation: str, **parameters: Any) -> Deed:
    """A call of CloudTrail."""
    return Deed(f"cloudtrail:{operation}", parameters)


def user(name: str) -> tuple[Deed, ...]:
    """A user with a tag, an inline policy, a managed one, and a group's beside them."""
    return (
        iam("CreateUser", UserName=name, Tags=OWNED),
        iam("PutUserPolicy", UserName=name, PolicyName="reports", PolicyDocument=FORMER),
        iam("AttachUserPolicy", UserName=name, PolicyArn=DEPLOY),
        iam("AddUserToGroup", UserName=name, GroupName="analysts"),
    )


def role(name: str) -> tuple[Deed, ...]:
    """A role with a tag, an inline policy and a managed one."""
    return (
        iam(
            "CreateRole",
            RoleName=name,
            AssumeRolePolicyDocument=SERVICE,
            Description="Reads reports",
            Tags=OWNED,
        ),
        iam("PutRolePolicy", RoleName=name, PolicyName="reports", PolicyDocument=FORMER),
        iam("AttachRolePolicy", RoleName=name, PolicyArn=DEPLOY),
    )


def group(name: str) -> tuple[Deed, ...]:
    """A group with two members, an inline policy and a managed one."""
    members = [f"{name}-{letter}" for letter in "ab"]
    return (
        iam("CreateGroup", GroupName=name),
        iam("PutGroupPolicy", GroupName=name, PolicyName="reports", PolicyDocument=FORMER),
        iam("AttachGroupPolicy", GroupName=name, PolicyArn=DEPLOY),
        *(iam("CreateUser", UserName=member) for member in members),
        *(iam("AddUserToGroup", GroupName=name, UserName=member) for member in members),
    )


def policy(name: str, last: str) -> tuple[Deed, ...]:
    """A policy of three versions, the second its default, that reaches a group's and a role."""
    arn = policy_arn(name)
    return (
        iam("CreatePolicy", PolicyName=name, PolicyDocument=allowing("s3:List*"), Tags=OWNED),
        iam("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=FORMER, SetAsDefault=True),
        iam("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=last, SetAsDefault=False),
        *group(f"{name}-users"),
        iam("AttachGroupPolicy", GroupName=f"{name}-users", PolicyArn=arn),
        *role(f"{name}-role"),
        iam("AttachRolePolicy", RoleName=f"{name}-role", PolicyArn=arn),
    )


def trail(name: str) -> tuple[Deed, ...]:
    """A trail of all regions, with its log files validated, data events, insights and a tag."""
    bucket = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::payroll/"]}
    return (
        cloudtrail(
            "CreateTrail",
            Name=name,
            S3BucketName="company-trail",
            IsMultiRegionTrail=True,
            EnableLogFileValidation=True,
            TagsList=OWNED,
        ),
        cloudtrail(
            "PutEventSelectors",
            TrailName=name,
            EventSelectors=[
                {
                    "ReadWriteType": "All",
                    "IncludeManagementEvents": True,
                    "DataResources": [bucket],
                }
            ],
        ),
        cloudtrail(
            "PutInsightSelectors",
            TrailName=name,
            InsightSelectors=[{"InsightType": "ApiErrorRateInsight"}],
        ),
        cloudtrail("StartLogging", Name=name),
    )
