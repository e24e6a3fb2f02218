"""From an event to its undo through the real handlers, against moto."""

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from lambdas.aws import clients
from lambdas.aws.events import MalformedEventError
from lambdas.aws.records import TableRecords
from lambdas.aws.wiring import retrying
from lambdas.model.incident import Ending
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.settings import UNDO_TRIES, from_environ
from tests.aws.conftest import TABLE
from tests.aws.records_of_cloudtrail import event, record
from tests.handlers.conftest import Context, Start
from tests.service.world import ALL

NOW = datetime.now(UTC)
DENIED = record(errorCode="AccessDenied", requestParameters=None)


@pytest.fixture
def attacked(function: Start) -> tuple[Start, dict[str, Any]]:
    """Alice, whose history begins an hour ago, has just been given everything."""
    iam = clients.iam()
    anybody = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    iam.create_role(RoleName="owner", AssumeRolePolicyDocument=json.dumps({"Statement": [anybody]}))
    iam.put_role_policy(RoleName="owner", PolicyName="all", PolicyDocument=ALL)
    made = iam.create_user(UserName="alice")["User"]
    held = {Part.ATTACHED: {}, Part.INLINE: {}, Part.GROUPS: {}, Part.BOUNDARY: {}}
    state = State(
        subject=Subject(Kind.USER, "alice"),
        unique_id=made["UserId"],
        arn=made["Arn"],
        as_of=NOW - timedelta(hours=1),
        parts=held,
    )
    records().remember([state])
    iam.put_user_policy(UserName="alice", PolicyName="work", PolicyDocument=ALL)
    parameters = {"userName": "alice", "policyName": "work", "policyDocument": ALL}
    detail = record(
        eventName="PutUserPolicy", eventTime=NOW.isoformat(), requestParameters=parameters
    )
    return function, event(detail)


def records() -> TableRecords:
    return TableRecords(clients.dynamodb(), TABLE)


def message(body: str, tries: int = 1) -> dict[str, Any]:
    return {
        "messageId": "m-1",
        "receiptHandle": "r",
        "body": body,
        "attributes": {"ApproximateReceiveCount": str(tries)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:undos",
        "awsRegion": "us-east-1",
    }


def queued() -> list[str]:
    url = clients.sqs().get_queue_url(QueueName="undos")["QueueUrl"]
    return [each["Body"] for each in clients.sqs().receive_message(QueueUrl=url)["Messages"]]


def test_a_failed_call_is_ignored_and_counted(
    function: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = function("evaluate_change").handler(event(DENIED), Context())
    assert answer == {"ignored": "failed call: AccessDenied"}
    assert '"Ignored":[1.0]' in capsys.readouterr().out


def test_a_malformed_event_is_raised_so_that_lambda_keeps_it(function: Start) -> None:
    with pytest.raises(MalformedEventError):
        function("evaluate_change").handler({"detail": {}}, Context())


def test_a_change_is_judged_and_its_copy_is_a_duplicate(attacked: Any) -> None:
    function, found = attacked
    handler = function("evaluate_change").handler
    answer = handler(found, Context())
    assert (answer["severity"], answer["alert"], answer["undo"]) == ("critical", "sent", True)
    assert answer["findings"] == ["gained-administrator"]
    assert handler(found, Context()) == {"ignored": "duplicate"}


def test_a_change_is_undone(attacked: Any) -> None:
    function, found = attacked
    answer = function("evaluate_change").handler(found, Context())
    [body] = queued()
    undone = function("undo_change").handler({"Records": [message(body)]}, Context())
    assert undone == {"batchItemFailures": []}
    assert clients.iam().list_user_policies(UserName="alice")["PolicyNames"] == []
    outcome = records().incident(answer["incident"]).outcome
    assert (outcome.ending, outcome.told) == (Ending.RESTORED, True)


def test_what_was_undone_is_looked_at_again(attacked: Any) -> None:
    function, found = attacked
    answer = function("evaluate_change").handler(found, Context())
    [body] = queued()
    handler = function("undo_change").handler
    handler({"Records": [message(body)]}, Context())
    looks = [json.dumps({"incident": answer["incident"], "look": number}) for number in (1, 2, 3)]
    for look in looks:
        assert handler({"Records": [message(look)]}, Context()) == {"batchItemFailures": []}
    assert records().incident(answer["incident"]).outcome.confirmed


def test_a_message_that_failed_is_soon_handed_out_again(function: Start) -> None:
    url = clients.sqs().get_queue_url(QueueName="undos")["QueueUrl"]
    clients.sqs().send_message(QueueUrl=url, MessageBody="no JSON")
    [held] = clients.sqs().receive_message(QueueUrl=url, VisibilityTimeout=360)["Messages"]
    module = function("undo_change")
    record = message("no JSON") | {"receiptHandle": held["ReceiptHandle"]}
    assert module.handler({"Records": [record]}, Context())["batchItemFailures"]
    shown = clients.sqs().receive_message(QueueUrl=url, WaitTimeSeconds=module.RETRIES[0] + 1)
    assert [each["Body"] for each in shown["Messages"]] == ["no JSON"]


def test_what_aws_refuses_for_minutes_is_tried_for_as_long(function: Start) -> None:
    """Such as to delete a password right after it was made."""
    retries = function("undo_change").RETRIES
    assert sum(retries) >= 180
    assert len(retries) + 1 == UNDO_TRIES


def test_the_undoing_function_needs_a_queue(
    function: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNDO_QUEUE_URL")
    with pytest.raises(ValueError, match="UNDO_QUEUE_URL is not set"):
        retrying(from_environ(os.environ))


@pytest.mark.parametrize(
    "body", ["no JSON", json.dumps({"incident": "20260301-forged"})], ids=["no JSON", "forged"]
)
def test_a_message_that_cannot_be_worked_stays_in_the_queue(function: Start, body: str) -> None:
    handler = function("undo_change").handler
    answer = handler({"Records": [message(body, tries=UNDO_TRIES)]}, Context())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}


def test_a_sweep_reads_the_account(function: Start) -> None:
    answer = function("sweep").handler({}, Context())
    assert answer == {
        "subjects": 0,
        "alertsSent": 0,
        "unannounced": 0,
        "standing": 0,
        "digested": 0,
    }


def test_a_sweep_that_another_one_made_needless_says_so(
    function: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = function("sweep")
    monkeypatch.setattr(module, "sweep", lambda *_, **__: None)
    answer = module.handler({}, Context())
    assert answer == {"needless": "another sweep has read the account since"}


def test_what_was_gathered_is_told_when_it_is_due(
    function: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = function("tell_crowds")
    records().gather("20260301-1", "arn:aws:iam::123456789012:role/deploy")
    assert module.handler({}, Context()) == {"told": 0}
    later = Mock(now=lambda: datetime.now(UTC) + timedelta(minutes=11))
    monkeypatch.setattr(module, "_telling", (*module._telling[:2], later))
    assert module.handler({}, Context()) == {"told": 1}
    assert [*records().gathered()] == []


def test_without_an_undo_queue_nothing_can_be_asked_for(
    function: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNDO_QUEUE_URL")
    module = function("evaluate_change")
    with pytest.raises(RuntimeError, match="no undo queue"):
        module._evaluation.undos.request("20260301-1")
