"""References of a template, followed in the stack that was deployed from it."""

from typing import Any

import pytest

from cli.doctor.resolving import Place, Resource, UnresolvedError

RESOURCES = {
    "Role": Resource("Role", "Snapback-Role-1", "AWS::IAM::Role"),
    "Queue": Resource("Queue", "https://sqs.us-east-1.amazonaws.com/1/letters", "AWS::SQS::Queue"),
    "Topic": Resource("Topic", "arn:aws:sns:us-east-1:123456789012:t", "AWS::SNS::Topic"),
    "Log": Resource("Log", "log-1", "AWS::Logs::LogGroup"),
    "Odd": Resource("Odd", "odd-1", "AWS::Odd::Thing"),
}
PLACE = Place(
    partition="aws",
    region="us-east-1",
    account="123456789012",
    stack_id="arn:aws:cloudformation:us-east-1:123456789012:stack/Snapback/1",
    resources=RESOURCES,
    parameters={"Version": "7"},
)


def att(name: str, attribute: str = "Arn") -> dict[str, Any]:
    return {"Fn::GetAtt": [name, attribute]}


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        pytest.param({"Effect": "Allow", "n": [1, True]}, None, id="what refers to nothing stays"),
        pytest.param({"Ref": "Topic"}, "arn:aws:sns:us-east-1:123456789012:t", id="a resource"),
        pytest.param({"Ref": "AWS::AccountId"}, "123456789012", id="the account"),
        pytest.param({"Ref": "AWS::StackName"}, "Snapback", id="the stack's name"),
        pytest.param({"Ref": "AWS::URLSuffix"}, "amazonaws.com", id="the partition's suffix"),
        pytest.param({"Ref": "Version"}, "7", id="a parameter"),
        pytest.param(
            att("Role"), "arn:aws:iam::123456789012:role/Snapback-Role-1", id="a role's ARN"
        ),
        pytest.param(
            att("Queue"), "arn:aws:sqs:us-east-1:123456789012:letters", id="a queue's ARN"
        ),
        pytest.param(
            att("Log"), "arn:aws:logs:us-east-1:123456789012:log-group:log-1:*", id="a log's ARN"
        ),
        pytest.param(
            att("Topic", "TopicArn"), "arn:aws:sns:us-east-1:123456789012:t", id="a topic's ARN"
        ),
        pytest.param(att("Queue", "QueueName"), "letters", id="a queue's name"),
        pytest.param({"Fn::Join": ["", ["a/", {"Ref": "Log"}]]}, "a/log-1", id="what is joined"),
        pytest.param(
            {"Fn::Sub": "${Log}/${!x}/${AWS::Region}"}, "log-1/${x}/us-east-1", id="put in"
        ),
        pytest.param({"Fn::Sub": ["${own}", {"own": {"Ref": "Log"}}]}, "log-1", id="own names"),
        pytest.param({"Fn::Sub": "${Role.Arn}"}, PLACE.attribute("Role", "Arn"), id="attributes"),
        pytest.param(
            {"Fn::Select": [1, {"Fn::Split": ["-", {"Ref": "Log"}]}]}, "1", id="a part of a text"
        ),
    ],
)
def test_a_reference(value: Any, resolved: Any) -> None:
    assert PLACE.resolved({"it": value}) == {"it": value if resolved is None else resolved}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        pytest.param({"Ref": "Nobody"}, "Nobody", id="to nothing"),
        pytest.param(att("Odd"), "Arn of Odd", id="to an ARN of an unknown shape"),
        pytest.param(att("Role", "RoleId"), "RoleId of Role", id="to an unknown attribute"),
        pytest.param({"Fn::ImportValue": "x"}, "Fn::ImportValue", id="by an unknown function"),
    ],
)
def test_a_reference_that_cannot_be_followed(value: Any, says: str) -> None:
    with pytest.raises(UnresolvedError, match=says):
        PLACE.resolved([value])
