import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox.account import Sandbox
from sandbox.flight import UnsettledError
from sandbox.timing import Timing
from tests.sandbox.assemblies import allow, function, role, write
from tests.sandbox.handlers import OBEDIENT

USE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]


def queue(name: str, **properties: Any) -> Any:
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, **properties}}


def mapping(source: Any, target: Any, **properties: Any) -> Any:
    return {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {
            "EventSourceArn": {"Fn::GetAtt": [source, "Arn"]},
            "FunctionName": {"Ref": target},
            **properties,
        },
    }


RESOURCES = {
    "Role": role(allow(USE, [{"Fn::GetAtt": [each, "Arn"]} for each in ("Work", "Gathered")])),
    "Dead": queue("dead"),
    "Work": queue(
        "work",
        VisibilityTimeout=300,
        RedrivePolicy={
            "deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]},
            "maxReceiveCount": 2,
        },
    ),
    "Worker": function("code", name="worker"),
    "WorkMapping": mapping(
        "Work", "Worker", BatchSize=2, FunctionResponseTypes=["ReportBatchItemFailures"]
    ),
    "Gathered": queue("gathered", VisibilityTimeout=300),
    "Gatherer": function("code", name="gatherer"),
    "GatheredMapping": mapping(
        "Gathered",
        "Gatherer",
        BatchSize=12,
        MaximumBatchingWindowInSeconds=300,
        ScalingConfig={"MaximumConcurrency": 2},
        FunctionResponseTypes=["ReportBatchItemFailures"],
    ),
    "Other": queue("other"),
    "OtherWorker": function("code", name="other"),
    "OtherMapping": mapping("Other", "OtherWorker"),
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with Sandbox(timing=Timing(redelivery=0.02, gathering=1.0)) as running:
        folder = tmp_path_factory.mktemp("assembly")
        running.deploy(write(folder, RESOURCES, code={"code": {"main.py": OBEDIENT}}))
        yield running


@pytest.fixture
def send(sandbox: Sandbox) -> Any:
    def sent(*bodies: Any, queue: Any = "work", delay: Any = 0) -> Any:
        client = sandbox.operator.client("sqs")
        before = len(sandbox.invocations)
        url = f"{sandbox.front.endpoint_url}/123456789012/{queue}"
        for body in bodies:
            client.send_message(QueueUrl=url, MessageBody=body, DelaySeconds=delay)
        sandbox.settle(30)
        batches = [json.loads(i.payload)["Records"] for i in sandbox.invocations[before:]]
        return [[record["body"] for record in batch] for batch in batches]

    return sent


def left(sandbox: Sandbox, name: str) -> Any:
    url = f"{sandbox.front.endpoint_url}/123456789012/{name}"
    found = sandbox.operator.client("sqs").get_queue_attributes(
        QueueUrl=url, AttributeNames=["All"]
    )["Attributes"]
    kinds = ("", "NotVisible", "Delayed")
    return sum(int(found[f"ApproximateNumberOfMessages{kind}"]) for kind in kinds)


@pytest.fixture
def new_letters(sandbox: Sandbox) -> Any:
    old = len(sandbox.dead_letters().get("dead", []))
    return lambda: sandbox.dead_letters().get("dead", [])[old:]


def test_a_handled_message_is_deleted(
    sandbox: Sandbox, send: Callable[..., Any], new_letters: Callable[[], list[str]]
) -> None:
    assert send("fine") == [["fine"]]
    assert (left(sandbox, "work"), new_letters()) == (0, [])


def test_no_batch_is_larger_than_asked(send: Callable[..., Any]) -> None:
    batches = send(*"abcde")
    assert sorted(body for batch in batches for body in batch) == list("abcde")
    assert max(len(batch) for batch in batches) <= 2


def test_a_batch_is_gathered_until_it_is_full(sandbox: Sandbox) -> None:
    before = len(sandbox.invocations)
    url = f"{sandbox.front.endpoint_url}/123456789012/gathered"
    for ids in (range(10), range(10, 12)):
        entries = [{"Id": f"{number}", "MessageBody": f"{number}"} for number in ids]
        sandbox.operator.client("sqs").send_message_batch(QueueUrl=url, Entries=entries)
    sandbox.settle(30)
    [batch] = [json.loads(each.payload)["Records"] for each in sandbox.invocations[before:]]
    assert sorted(int(record["body"]) for record in batch) == [*range(12)]
    assert left(sandbox, "gathered") == 0


def test_a_batch_that_is_not_full_waits_no_longer_than_its_window(
    send: Callable[..., Any],
) -> None:
    assert send("alone", queue="gathered") == [["alone"]]


def test_only_what_failed_comes_again_and_ends_as_a_dead_letter(
    sandbox: Sandbox, send: Callable[..., Any], new_letters: Callable[[], list[str]]
) -> None:
    batches = send("fail", "fine")
    tries = [body for batch in batches for body in batch]
    assert (tries.count("fail"), tries.count("fine")) == (2, 1)
    assert (left(sandbox, "work"), new_letters()) == (0, ["fail"])


def test_an_error_fails_the_batch(
    send: Callable[..., Any], new_letters: Callable[[], list[str]]
) -> None:
    assert send("fail all") == [["fail all"], ["fail all"]]
    assert new_letters() == ["fail all"]


def test_a_delayed_message_is_not_in_flight_unless_asked_for(
    sandbox: Sandbox, send: Callable[..., Any]
) -> None:
    assert send("later", delay=1) == []
    assert left(sandbox, "work") == 1
    with pytest.raises(UnsettledError, match=r"1 message\(s\) in work"):
        sandbox.settle(0.01, delayed=True)
    sandbox.settle(30, delayed=True)
    assert left(sandbox, "work") == 0


def test_a_delayed_message_is_dropped_when_asked_for(
    sandbox: Sandbox, send: Callable[..., Any]
) -> None:
    assert send("never", delay=60) == []
    sandbox.drop_delayed()
    assert left(sandbox, "work") == 0


def test_a_role_that_may_not_receive_stops_the_mapping(
    sandbox: Sandbox, send: Callable[..., Any]
) -> None:
    assert send("unread", queue="other") == []
    [failure] = [f for f in sandbox.failures if f.what == "event source mapping"]
    assert "not authorized to perform: sqs:receivemessage" in failure.why
