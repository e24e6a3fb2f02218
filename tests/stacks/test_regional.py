"""The regional stack: small, without a bootstrap of its own, and of no use to anybody else."""

from pathlib import Path
from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import LETTERS, elsewhere, watches
from lambdas.calls.watched import IAM
from tests.stacks.synthesized import Template, beside
from tests.stacks.templated import place

NAME = "Snapback-eu-west-1"
INLINE = 51_200
"""Bytes of a template that needs no bucket.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""


@pytest.fixture(scope="module")
def regional() -> Template:
    return Template(beside().get_stack_by_name(NAME).template)


def home_bus(text: Any) -> str:
    """An ARN with its references spelled out."""
    known = {"AWS::Partition": "aws", "AWS::AccountId": "123456789012"}
    parts = text["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else known[part["Ref"]] for part in parts)


def test_it_needs_no_bucket_and_no_bootstrap_there(regional: Template) -> None:
    artifact = beside().get_stack_by_name(NAME)
    assert artifact.assets == []
    assert "Parameters" not in regional.body
    assert Path(artifact.template_full_path).stat().st_size < INLINE
    for arn in (artifact.assume_role_arn, artifact.cloud_formation_execution_role_arn):
        assert str(arn).endswith("-us-east-1")


def test_it_is_deployed_once_there_is_something_at_home(regional: Template) -> None:
    needed = [each.id for each in beside().get_stack_by_name(NAME).dependencies]
    assert needed == ["Snapback"]


def test_its_watches_are_those_of_what_is_recorded_in_other_regions(regional: Template) -> None:
    rules = place(regional).resolved([*regional.each("AWS::Events::Rule").values()])
    asked = {name: each.pattern("123456789012") for name, each in watches(CATALOG.values()).items()}
    assert {rule["Name"]: rule["EventPattern"] for rule in rules} == asked
    assert all(call.source != IAM for call in elsewhere(CATALOG.values()))


def test_every_watch_takes_this_accounts_events_home_or_keeps_them(regional: Template) -> None:
    queue, letters = regional.one("AWS::SQS::Queue")
    role, _ = regional.one("AWS::IAM::Role")
    assert letters["QueueName"] == LETTERS
    for rule in regional.each("AWS::Events::Rule").values():
        [target] = rule["Targets"]
        assert rule["EventPattern"]["account"] == [{"Ref": "AWS::AccountId"}]
        assert home_bus(target["Arn"]) == "arn:aws:events:us-east-1:123456789012:event-bus/default"
        assert target["RoleArn"] == {"Fn::GetAtt": [role, "Arn"]}
        assert target["DeadLetterConfig"]["Arn"] == {"Fn::GetAtt": [queue, "Arn"]}


def test_each_watch_may_keep_what_it_could_not_forward(regional: Template) -> None:
    _, policy = regional.one("AWS::SQS::QueuePolicy")
    allowed = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    senders = {each["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::GetAtt"][0] for each in allowed}
    assert senders == {*regional.each("AWS::Events::Rule")}


def test_its_role_may_send_to_the_home_bus_and_nothing_else(regional: Template) -> None:
    name, role = regional.one("AWS::IAM::Role")
    [statement] = regional.statements(name)
    assert (statement["Effect"], statement["Action"]) == ("Allow", "events:PutEvents")
    assert home_bus(statement["Resource"]).endswith(":us-east-1:123456789012:event-bus/default")
    [trust] = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "events.amazonaws.com"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "rule/snapback-*" in str(trust["Condition"]["ArnLike"])
