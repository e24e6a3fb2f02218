"""SNS and EventBridge refuse what AWS documents that they refuse."""

import json
from typing import Any

import pytest

from sandbox.front import Front


@pytest.fixture(scope="module")
def topic(front: Front) -> str:
    arn: str = front.client("sns").create_topic(Name="mail")["TopicArn"]
    return arn


@pytest.mark.parametrize("subject", ["[HIGH] alice gained administrator", "x" * 99])
def test_a_sound_subject_is_taken(front: Front, topic: str, subject: str) -> None:
    sns = front.client("sns")
    assert sns.publish(TopicArn=topic, Subject=subject, Message="body")["MessageId"]


def test_a_message_without_a_subject_is_taken(front: Front, topic: str) -> None:
    assert front.client("sns").publish(TopicArn=topic, Message="body")["MessageId"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param({"Subject": "x" * 100, "Message": "body"}, "Subject", id="100 characters"),
        pytest.param({"Subject": "a\nb", "Message": "body"}, "Subject", id="a line break"),
        pytest.param({"Subject": "a\x07b", "Message": "body"}, "Subject", id="a control character"),
        pytest.param({"Subject": "", "Message": "body"}, "Subject", id="an empty subject"),
        pytest.param({"Message": ""}, "Empty message", id="an empty body"),
    ],
)
def test_a_message_that_sns_refuses(
    front: Front, topic: str, given: dict[str, str], named: str
) -> None:
    sns = front.client("sns")
    with pytest.raises(sns.exceptions.InvalidParameterException, match=named):
        sns.publish(TopicArn=topic, **given)


def event(source: str) -> dict[str, Any]:
    return {"Source": source, "DetailType": "test", "Detail": json.dumps({})}


@pytest.mark.parametrize("source", ["my.app", "awsome.app", "com.aws.app"])
def test_a_customers_own_source_is_taken(front: Front, source: str) -> None:
    answer = front.client("events").put_events(Entries=[event(source)])
    assert answer["FailedEntryCount"] == 0
    assert answer["Entries"][0]["EventId"]


def test_a_source_of_awss_is_refused_and_the_others_go_on(front: Front) -> None:
    entries = [event("my.app"), event("aws.iam"), event("my.app")]
    answer = front.client("events").put_events(Entries=entries)
    assert answer["FailedEntryCount"] == 1
    assert [entry.get("ErrorCode") for entry in answer["Entries"]] == [
        None,
        "NotAuthorizedForSourceException",
        None,
    ]
