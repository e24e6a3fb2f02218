import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.account import Sandbox
from tests.sandbox.assemblies import write


def subscription(address: Any, **more: Any) -> Any:
    return {
        "Type": "AWS::SNS::Subscription",
        "Properties": {
            "TopicArn": {"Ref": "Topic"},
            "Protocol": "email",
            "Endpoint": address,
            **more,
        },
    }


RESOURCES = {
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "topic"}},
    "All": subscription("all@example.com"),
    "Some": subscription("some@example.com", FilterPolicy={"severity": ["critical"]}),
    "Bodies": subscription(
        "bodies@example.com",
        FilterPolicy={"severity": ["critical"]},
        FilterPolicyScope="MessageBody",
    ),
}
TOPIC = "arn:aws:sns:us-east-1:123456789012:topic"


@pytest.fixture(params=[True], ids=["confirmed"])
def sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with Sandbox(confirm_mail=request.param) as running:
        running.deploy(write(tmp_path, RESOURCES))
        yield running


def publish(sandbox: Sandbox, message: Any, **more: Any) -> None:
    sandbox.operator.client("sns").publish(TopicArn=TOPIC, Message=message, **more)


def received(sandbox: Sandbox) -> Any:
    return {mail.to.partition("@")[0] for mail in sandbox.mailbox}


@pytest.mark.parametrize("sandbox", [False], indirect=True, ids=["unconfirmed"])
def test_an_unconfirmed_address_gets_nothing(sandbox: Sandbox) -> None:
    publish(sandbox, "text")
    assert sandbox.mailbox == []
    listed = sandbox.operator.client("sns").list_subscriptions()["Subscriptions"]
    assert {each["SubscriptionArn"] for each in listed} == {"PendingConfirmation"}


def test_the_body_comes_as_it_was_with_the_footer_of_sns(sandbox: Sandbox) -> None:
    publish(sandbox, "line one\nline two", Subject="What happened")
    [mail] = sandbox.mailbox
    assert (mail.to, mail.subject) == ("all@example.com", "What happened")
    body, _, footer = mail.body.partition("\n\n--\n")
    assert body == "line one\nline two"
    assert "SubscriptionArn=arn:aws:sns:us-east-1:123456789012:topic:" in footer


def test_filters_are_respected(sandbox: Sandbox) -> None:
    attributes = {"severity": {"DataType": "String", "StringValue": "critical"}}
    publish(sandbox, "text", MessageAttributes=attributes)
    assert received(sandbox) == {"all", "some"}


def test_filters_of_the_body_are_respected(sandbox: Sandbox) -> None:
    publish(sandbox, json.dumps({"severity": "critical"}))
    assert received(sandbox) == {"all", "bodies"}


def test_a_structured_message_gives_its_text_for_mail(sandbox: Sandbox) -> None:
    texts = json.dumps({"default": "other", "email": "for mail"})
    publish(sandbox, texts, MessageStructure="json")
    assert sandbox.mailbox[0].body.startswith("for mail\n")


def test_a_flood_deactivates_the_subscription(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.mail.time.monotonic", lambda: 1000.0)
    for number in range(13):
        publish(sandbox, str(number))
    monkeypatch.setattr("sandbox.mail.time.monotonic", lambda: 2000.0)
    publish(sandbox, "after")
    assert [mail.body.partition("\n")[0] for mail in sandbox.mailbox] == [str(n) for n in range(10)]


def test_a_slow_stream_goes_on(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(13):
        monkeypatch.setattr("sandbox.mail.time.monotonic", lambda now=number * 0.2: now)
        publish(sandbox, str(number))
    assert len(sandbox.mailbox) == 13
