import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox.account import Sandbox
from sandbox.timing import Timing
from tests.sandbox.assemblies import allow, function, role, write
from tests.sandbox.handlers import OBEDIENT

DEAD = {"Fn::GetAtt": ["Dead", "Arn"]}


def config(name: str, **properties: Any) -> Any:
    return {
        "Type": "AWS::Lambda::EventInvokeConfig",
        "Properties": {"FunctionName": {"Ref": name}, "Qualifier": "$LATEST", **properties},
    }


RESOURCES = {
    "Role": role(allow("sqs:SendMessage", DEAD)),
    "Powerless": role(),
    "Dead": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "dead"}},
    "Lost": function("code", name="lost"),
    "Told": function("code", name="told"),
    "ToldConfig": config("Told", DestinationConfig={"OnFailure": {"Destination": DEAD}}),
    "Once": function("code", name="once"),
    "OnceConfig": config(
        "Once", MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": DEAD}}
    ),
    "Letters": function("code", name="letters", DeadLetterConfig={"TargetArn": DEAD}),
    "Mute": function("code", name="mute", role="Powerless", DeadLetterConfig={"TargetArn": DEAD}),
    "Closed": function("code", name="closed", ReservedConcurrentExecutions=0),
    "ClosedConfig": config("Closed", DestinationConfig={"OnFailure": {"Destination": DEAD}}),
    "Happy": function("code", name="happy"),
    "HappyConfig": config("Happy", DestinationConfig={"OnSuccess": {"Destination": DEAD}}),
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with Sandbox(timing=Timing(retry_delays=(0.01, 0.02))) as running:
        folder = tmp_path_factory.mktemp("assembly")
        running.deploy(write(folder, RESOURCES, code={"code": {"main.py": OBEDIENT}}))
        yield running


@pytest.fixture
def send(sandbox: Sandbox) -> Any:
    """Invoke asynchronously by the API; gives the number of attempts and the dead letters."""

    def sent(name: str, what: Any) -> Any:
        before, old = len(sandbox.invocations), len(sandbox.dead_letters().get("dead", []))
        sandbox.operator.client("lambda").invoke(
            FunctionName=name, InvocationType="Event", Payload=json.dumps({"do": what})
        )
        sandbox.settle(30)
        letters = [json.loads(body) for body in sandbox.dead_letters().get("dead", [])[old:]]
        return sandbox.invocations[before:], letters

    return sent


def test_a_success_is_tried_once(send: Callable[..., Any]) -> None:
    invocations, letters = send("told", "answer")
    assert (len(invocations), letters) == (1, [])


def test_a_success_is_told_where_asked(send: Callable[..., Any]) -> None:
    _, letters = send("happy", "answer")
    assert [letter["requestContext"]["condition"] for letter in letters] == ["Success"]


def test_a_failure_is_tried_three_times_as_the_same_request(send: Callable[..., Any]) -> None:
    invocations, _ = send("told", "fail")
    assert [i.outcome.error for i in invocations] == ["ValueError"] * 3
    assert len({i.request_id for i in invocations}) == 1


def test_a_failure_that_passes_is_not_told(send: Callable[..., Any]) -> None:
    invocations, letters = send("told", "fail once")
    assert [i.outcome.error for i in invocations] == ["ValueError", None]
    assert letters == []


def test_the_record_of_a_failure_names_what_failed(send: Callable[..., Any]) -> None:
    _, [letter] = send("told", "fail")
    assert letter["requestContext"]["condition"] == "RetriesExhausted"
    assert letter["requestContext"]["approximateInvokeCount"] == 3
    assert letter["requestPayload"] == {"do": "fail"}
    assert letter["responsePayload"]["errorMessage"] == "told to fail"


def test_the_function_says_how_often(send: Callable[..., Any]) -> None:
    invocations, letters = send("once", "fail")
    assert (len(invocations), len(letters)) == (1, 1)


def test_a_dead_letter_queue_gets_the_event_itself(send: Callable[..., Any]) -> None:
    _, letters = send("letters", "fail")
    assert letters == [{"do": "fail"}]


def test_no_concurrency_goes_straight_to_the_destination(send: Callable[..., Any]) -> None:
    invocations, [letter] = send("closed", "answer")
    assert invocations == []
    assert letter["requestContext"]["condition"] == "ZeroReservedConcurrency"


LOST = {
    "no destination": ("lost", "RetriesExhausted"),
    "a role that may not send there": ("mute", "not authorized to perform: sqs:sendmessage"),
}


@pytest.mark.parametrize(("name", "why"), LOST.values(), ids=LOST.keys())
def test_what_nobody_is_told_is_a_failure(
    sandbox: Sandbox, send: Callable[..., Any], name: str, why: str
) -> None:
    send(name, "fail")
    lost = [f.why for f in sandbox.failures if f.what == "asynchronous invocation"]
    assert any(name in text and why in text for text in lost)


def test_an_event_that_grows_too_old_is_given_up(
    sandbox: Sandbox, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox._asynchronous, "_timing", Timing(retry_delays=(21601, 21601)))
    invocations, [letter] = send("told", "fail")
    assert len(invocations) == 1
    assert letter["requestContext"]["condition"] == "EventAgeExceeded"
