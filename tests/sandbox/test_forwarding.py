"""Events that a rule sends to another region's bus: what arrives, and what may not go."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.account import Sandbox

ACCOUNT = "123456789012"
HOME = f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/default"
RULE = f"arn:aws:events:eu-west-1:{ACCOUNT}:rule/onward"
PATTERN = json.dumps({"source": ["test"]})
EVENT = {
    "source": "test",
    "detail-type": "kind",
    "account": ACCOUNT,
    "region": "eu-west-1",
    "time": "2026-01-02T03:04:05Z",
    "resources": [],
    "detail": {},
}
MAY = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": HOME}
OF_THE_RULE = {"ArnLike": {"aws:SourceArn": RULE}}


def document(*statements: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def trust(service: str = "events.amazonaws.com", **more: Any) -> str:
    principal = {"Service": service}
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more})


ROLES = {
    "sends": (trust(Condition=OF_THE_RULE), MAY),
    "of-another-rule": (trust(Condition={"ArnLike": {"aws:SourceArn": f"{RULE}-2"}}), MAY),
    "of-another-service": (trust("lambda.amazonaws.com"), MAY),
    "may-not": (trust(), {**MAY, "Resource": HOME.replace("us-east-1", "us-west-2")}),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A rule in us-east-1 that takes everything to a queue and on to a third region."""
    with Sandbox() as running:
        iam = running.operator.client("iam")
        for name, (trusts, statement) in ROLES.items():
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusts)
            iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=document(statement))
        third = {"Arn": HOME.replace("us-east-1", "us-west-2"), "RoleArn": role("sends")}
        watched(running, "us-east-1", "home", {"Arn": queue(running, "us-east-1")}, third)
        watched(running, "us-west-2", "third", {"Arn": queue(running, "us-west-2")})
        yield running


def role(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def queue(sandbox: Sandbox, region: str) -> str:
    """A queue that EventBridge may send to."""
    sender = {"Service": "events.amazonaws.com"}
    policy = document({"Effect": "Allow", "Principal": sender, "Action": "sqs:SendMessage"})
    sandbox.operator.client("sqs", region=region).create_queue(
        QueueName="box", Attributes={"Policy": policy}
    )
    return f"arn:aws:sqs:{region}:{ACCOUNT}:box"


def watched(sandbox: Sandbox, region: str, name: str, *targets: Any) -> None:
    events = sandbox.operator.client("events", region=region)
    events.put_rule(Name=name, EventPattern=PATTERN)
    given = [{"Id": str(index), **target} for index, target in enumerate(targets)]
    events.put_targets(Rule=name, Targets=given)


def onward(sandbox: Sandbox, target: Any) -> None:
    watched(sandbox, "eu-west-1", "onward", target)


def received(sandbox: Sandbox, region: str) -> list[Any]:
    client = sandbox.operator.client("sqs", region=region)
    url = client.get_queue_url(QueueName="box")["QueueUrl"]
    found = client.receive_message(QueueUrl=url).get("Messages", [])
    for message in found:
        client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in found]


def test_it_arrives_in_the_other_region_as_it_is(sandbox: Sandbox) -> None:
    onward(sandbox, {"Arn": HOME, "RoleArn": role("sends")})
    assert sandbox.put_event(EVENT) == ("onward",)
    assert received(sandbox, "us-east-1") == [EVENT]


def test_what_was_forwarded_goes_to_no_third_region(sandbox: Sandbox) -> None:
    onward(sandbox, {"Arn": HOME, "RoleArn": role("sends")})
    sandbox.put_event(EVENT)
    assert (len(received(sandbox, "us-east-1")), received(sandbox, "us-west-2")) == (1, [])


def test_what_its_role_may_send_is_in_the_log(sandbox: Sandbox) -> None:
    onward(sandbox, {"Arn": HOME, "RoleArn": role("sends")})
    sandbox.put_event(EVENT)
    last = sandbox.front.hooks.log[-1]
    assert len(received(sandbox, "us-east-1")) == 1
    assert (last.call.operation, last.caller.principal_arn) == ("PutEvents", role("sends"))


REFUSED = {
    "a role that another rule may use": ({"Arn": HOME, "RoleArn": role("of-another-rule")}),
    "a role that another service may use": ({"Arn": HOME, "RoleArn": role("of-another-service")}),
    "a role that may send elsewhere": {"Arn": HOME, "RoleArn": role("may-not")},
    "a role that is not there": {"Arn": HOME, "RoleArn": role("nobody")},
    "no role": {"Arn": HOME},
    "a bus of another account": {"Arn": HOME.replace(ACCOUNT, "210987654321")},
}


@pytest.mark.parametrize("target", REFUSED.values(), ids=REFUSED)
def test_what_may_not_go_is_a_failure(sandbox: Sandbox, target: Any) -> None:
    onward(sandbox, target)
    before = len(sandbox.bus.undelivered)
    sandbox.put_event(EVENT)
    assert len(sandbox.bus.undelivered) == before + 1
    assert received(sandbox, "us-east-1") == []
