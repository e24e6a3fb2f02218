"""Every event of a file is counted once, and whatever went wrong is not good."""

from typing import Any

import pytest

from cli.counted import Counted
from sandbox.failures import Failure
from tests.cli.fakes import ACCOUNT, BROKEN, MALFORMED, REGION, FakeSandbox, invocation

RECORD = {"eventSource": "iam.amazonaws.com", "eventName": "AttachUserPolicy"}
ELSEWHERE = {"recipientAccountId": "999999999999", "awsRegion": "eu-west-1"}
ENVELOPE = {
    "detail-type": "AWS API Call via CloudTrail",
    "source": "aws.iam",
    "account": ACCOUNT,
    "region": REGION,
    "detail": RECORD,
}
JUDGED = {"severity": "critical", "alert": "sent", "incident": "i"}
UNDO_FAILED = invocation({"Records": []}, {"batchItemFailures": [{"itemIdentifier": "m"}]})
OWN_CALL = invocation({"id": "own"}, {"severity": "info", "alert": "none"}, request="own")
OWN_CALL_FAILED = invocation({"id": "own"}, BROKEN, fails=True, request="own")


def each_once(counted: Counted) -> bool:
    ended = counted.judged.total() + counted.ignored.total() + counted.malformed + counted.failed
    return counted.events == ended


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param({**RECORD, "eventSource": None}, "eventSource is missing", id="no source"),
        pytest.param({"eventName": "X"}, "eventSource is missing", id="no source at all"),
        pytest.param(
            {**ENVELOPE, "account": "999999999999"},
            "account 999999999999 is not the sandbox's, and watches pin the account",
            id="an EventBridge event of another account",
        ),
        pytest.param(
            {**ENVELOPE, "region": "eu-west-1"},
            "region eu-west-1 is not the stack's",
            id="an EventBridge event of another region",
        ),
        pytest.param(
            {**RECORD, "eventSource": "s3.amazonaws.com"}, "aws.s3", id="an unwatched service"
        ),
        pytest.param(
            {**RECORD, "eventSource": "s3.amazonaws.com", "readOnly": True},
            "aws.s3 (read-only call)",
            id="an unwatched service's read",
        ),
    ],
)
def test_what_no_watch_takes_is_ignored_for_a_reason(counting, line, reason):
    counted = counting(FakeSandbox(JUDGED), line)
    ((told, number),) = counted.ignored.items()
    assert (told.partition(": ")[2], number) == (reason, 1)
    assert each_once(counted)
    assert counted.good


@pytest.mark.parametrize("record", [RECORD, {**RECORD, **ELSEWHERE}], ids=["here", "elsewhere"])
def test_a_bare_record_gets_the_sandboxs_envelope_and_is_as_it_was(counting, record):
    sandbox = FakeSandbox(JUDGED)
    counted = counting(sandbox, record)
    (event,) = sandbox.put
    assert (event["account"], event["region"], event["detail"]) == (ACCOUNT, REGION, record)
    assert (counted.judged, counted.alerted, counted.undone) == (
        {"critical": 1},
        1,
        {"restored": 1},
    )


@pytest.mark.parametrize(
    "sandbox",
    [
        pytest.param(FakeSandbox(JUDGED), id="judged"),
        pytest.param(FakeSandbox({"ignored": "duplicate"}), id="ignored by the function"),
        pytest.param(FakeSandbox({"subjects": 3}), id="taken by another function"),
        pytest.param(FakeSandbox(JUDGED, tries=3), id="tried again"),
        pytest.param(FakeSandbox(JUDGED, follows=(OWN_CALL,)), id="followed by an own call"),
        pytest.param(FakeSandbox(MALFORMED, fails=True, tries=3), id="malformed"),
        pytest.param(
            FakeSandbox(MALFORMED, fails=True, letters={"q": ["a", "b", "c"]}),
            id="malformed and kept",
        ),
    ],
)
@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([RECORD, RECORD, RECORD], id="records"),
        pytest.param([ENVELOPE] * 3, id="events without an id"),
        pytest.param([{**ENVELOPE, "id": "same"}] * 3, id="events of one id"),
        pytest.param([{**ENVELOPE, "id": value} for value in (1, [], None)], id="odd ids"),
    ],
)
def test_each_is_counted_once_and_is_good(counting, sandbox, lines):
    fresh = FakeSandbox(
        sandbox.said,
        fails=sandbox.fails,
        tries=sandbox.tries,
        follows=sandbox.follows,
        letters=sandbox.letters,
    )
    counted = counting(fresh, *lines)
    assert counted.events == 3
    assert each_once(counted)
    assert counted.good


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a function that fails": ({"said": BROKEN, "fails": True}, "[/x] broke"),
    "a function that fails once": (
        {"said": JUDGED, "follows": (invocation({"id": "x"}, BROKEN, fails=True),)},
        "[/x] broke",
    ),
    "an undo that fails": ({"said": JUDGED, "follows": (UNDO_FAILED,)}, "1 of its messages failed"),
    "an own call's event that fails": (
        {"said": JUDGED, "follows": (OWN_CALL_FAILED,)},
        "[/x] broke",
    ),
    "logs that are lost": (
        {"said": JUDGED, "more": (Failure("logs", "may not write"),)},
        "logs: may not write",
    ),
}


@pytest.mark.parametrize(("how", "error"), BAD.values(), ids=BAD)
def test_whatever_fails_is_named_and_not_good(counting, how, error):
    counted = counting(FakeSandbox(**how), RECORD)
    (told,) = counted.errors
    assert error in told
    assert each_once(counted)
    assert not counted.good


def test_an_event_that_no_function_was_given_has_failed(counting):
    counted = counting(FakeSandbox(JUDGED, loses=True), RECORD)
    assert (counted.failed, counted.good, each_once(counted)) == (1, False, True)


def test_a_dead_letter_of_an_event_that_is_not_malformed_is_not_good(counting):
    counted = counting(FakeSandbox(JUDGED, letters={"UndoDeadLetters": ["{}"]}), RECORD)
    assert (counted.dead_letters, counted.good) == (1, False)


def test_a_line_that_is_no_event_is_named_and_not_good(counting):
    counted = counting(FakeSandbox(JUDGED), RECORD, {"hello": "world"})
    assert [line.line for line in counted.unreadable] == [2]
    assert (counted.events, counted.ignored, counted.good) == (1, {}, False)
