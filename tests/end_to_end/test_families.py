"""One change of each kind of subject, from the call to what was there before."""

import json

import pytest

from cli.company import ADMINISTRATOR
from tests.end_to_end.attacks import attacked, labels

ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
TRUST = """{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": {"Service": "ec2.amazonaws.com"}}
}"""


@pytest.fixture
def iam(stage):
    """The operator's IAM; what it prepares is swept, and done before the attack."""
    stage.settle()
    return stage.sandbox.operator.client("iam")


def test_a_policy_attached_to_a_role_is_detached(stage, iam):
    iam.create_role(RoleName="worker", AssumeRolePolicyDocument=TRUST)
    before, mails = attacked(
        stage, lambda it: it.attach_role_policy(RoleName="worker", PolicyArn=ADMINISTRATOR)
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert "role worker is now administrator" in mails[0].body
    assert stage.sandbox.snapshot() == before


def test_a_member_added_to_an_administrators_group_is_removed(stage, iam):
    iam.create_group(GroupName="chiefs")
    iam.attach_group_policy(GroupName="chiefs", PolicyArn=ADMINISTRATOR)
    before, mails = attacked(
        stage, lambda it: it.add_user_to_group(GroupName="chiefs", UserName="oscar")
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_a_role_of_identity_center_is_left_to_it(stage, iam):
    iam.create_role(
        RoleName="AWSReservedSSO_Reader_0123456789abcdef",
        Path="/aws-reserved/sso.amazonaws.com/",
        AssumeRolePolicyDocument=json.dumps(json.loads(TRUST)),
    )
    _, mails = attacked(
        stage,
        lambda it: it.attach_role_policy(
            RoleName="AWSReservedSSO_Reader_0123456789abcdef", PolicyArn=ADMINISTRATOR
        ),
    )
    assert labels(mails) == ["CRITICAL"]
    assert "permission set" in mails[0].body


def test_a_policy_attached_to_a_group_names_all_its_members_and_is_detached(stage, iam):
    iam.create_group(GroupName="three")
    for user in ("una", "vera", "wim"):
        iam.create_user(UserName=user)
        iam.add_user_to_group(GroupName="three", UserName=user)
    before, mails = attacked(
        stage, lambda it: it.attach_group_policy(GroupName="three", PolicyArn=ADMINISTRATOR)
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert "Whom   user una, user vera, user wim\n" in mails[0].body
    for user in ("una", "vera", "wim"):
        assert f"user {user} is now administrator" in mails[0].body
    assert stage.sandbox.snapshot() == before


def test_a_new_default_version_is_judged_for_everyone_and_the_former_default_is_back(stage, iam):
    document = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
        }
    )
    arn = iam.create_policy(PolicyName="work", PolicyDocument=document)["Policy"]["Arn"]
    iam.create_group(GroupName="workers")
    iam.attach_group_policy(GroupName="workers", PolicyArn=arn)
    for user in ("xaver", "yves"):
        iam.create_user(UserName=user)
        iam.add_user_to_group(GroupName="workers", UserName=user)
    iam.create_role(RoleName="machine", AssumeRolePolicyDocument=TRUST)
    iam.attach_role_policy(RoleName="machine", PolicyArn=arn)
    before, mails = attacked(
        stage,
        lambda it: it.create_policy_version(PolicyArn=arn, PolicyDocument=ALL, SetAsDefault=True),
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert "role machine" in mails[0].body
    assert "user xaver, user yves\n" in mails[0].body
    assert stage.sandbox.snapshot() == before
