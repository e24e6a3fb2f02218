"""What is done to tags and instance profiles, from the call to what was there before."""

import json

import pytest

from tests.end_to_end.attacks import attacked, labels

TEAM = {"Key": "team", "Value": "red"}


def asking(key, **more):
    """A document that allows something to whom a tag says so."""
    statement = {"Effect": "Allow", "Condition": {"StringEquals": {key: "red"}}, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


READS = {"Action": "s3:GetObject", "Resource": "*"}
TRUSTS = {"Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}
RESTORED = {
    "a new tag of a user": (
        "MEDIUM",
        lambda it: it.tag_user(UserName="tilda", Tags=[TEAM, {"Key": "cost", "Value": "7"}]),
    ),
    "another value for a role's tag, and a new one": (
        "MEDIUM",
        lambda it: it.tag_role(RoleName="tagged", Tags=[TEAM, {"Key": "cost", "Value": "7"}]),
    ),
    "a role for instances": (
        "HIGH",
        lambda it: it.add_role_to_instance_profile(InstanceProfileName="web", RoleName="tagged"),
    ),
    "a policy's tag": (
        "MEDIUM",
        lambda it: it.tag_policy(PolicyArn="arn:aws:iam::123456789012:policy/tagged", Tags=[TEAM]),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _prepared(stage):
    """An account whose policies decide by tags."""
    iam = stage.sandbox.operator.client("iam")
    iam.create_user(UserName="tilda", Tags=[{"Key": "floor", "Value": "2"}])
    iam.put_user_policy(
        UserName="tilda", PolicyName="team", PolicyDocument=asking("aws:PrincipalTag/team", **READS)
    )
    iam.create_role(
        RoleName="tagged",
        AssumeRolePolicyDocument=asking("aws:PrincipalTag/team", **TRUSTS),
        Tags=[{"Key": "team", "Value": "blue"}],
    )
    iam.create_policy(PolicyName="tagged", PolicyDocument=asking("aws:ResourceTag/team", **READS))
    iam.create_instance_profile(InstanceProfileName="web", Path="/a/")
    stage.settle()


@pytest.mark.parametrize(("severity", "deed"), RESTORED.values(), ids=RESTORED)
def test_it_is_put_back(stage, severity, deed):
    before, mails = attacked(stage, deed)
    assert labels(mails) == [severity, "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_a_tag_that_is_taken_away_is_told_and_left_to_a_person(stage):
    _, mails = attacked(stage, lambda it: it.untag_role(RoleName="tagged", TagKeys=["team"]))
    assert labels(mails) == ["MEDIUM"]
    assert "aws iam tag-role --role-name tagged" in mails[0].body
    assert "WHAT IT GAVE" not in mails[0].body


def test_a_service_linked_role_is_told_only_where_it_goes(stage):
    made = {"AWSServiceName": "autoscaling.amazonaws.com"}
    _, mails = attacked(stage, lambda it: it.create_service_linked_role(**made))
    assert labels(mails) == []
    roles = stage.sandbox.operator.client("iam").list_roles()["Roles"]
    (name,) = [role["RoleName"] for role in roles if role["Path"].startswith("/aws-service-role/")]
    _, mails = attacked(stage, lambda it: it.delete_service_linked_role(RoleName=name))
    assert labels(mails) == ["MEDIUM"]
