"""What the functions log and measure: the incident's id on each line, and nothing secret."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from lambdas.handlers import reporting
from lambdas.handlers.reporting import count, reported, timed
from lambdas.model.measure import TIMES, Measure
from lambdas.service.ports import AlertNotSentError
from stacks.questions import QUESTIONS
from tests.handlers.attack import attack, message, queued
from tests.handlers.conftest import Context, Lines, Start

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "wJalrXUtnFEMI/K7MDENG"
SAID = ["judged", "refused", "refused", "malformed", "malformed"]


def measured(said: str) -> dict[str, list[float]]:
    """Every metric in what was printed, in CloudWatch's embedded format."""
    found: dict[str, list[float]] = {}
    for blob in map(json.loads, filter(None, said.splitlines())):
        for each in blob["_aws"]["CloudWatchMetrics"][0]["Metrics"]:
            found.setdefault(each["Name"], []).extend(blob[each["Name"]])
    return found


@pytest.mark.parametrize(
    ("seconds", "milliseconds"),
    [
        pytest.param(1.5, 1500.0, id="in milliseconds"),
        pytest.param(-0.4, 0.0, id="an event's second may begin after the clock's"),
    ],
)
def test_a_time(seconds: float, milliseconds: float, capsys: pytest.CaptureFixture[str]) -> None:
    @reported
    def handler(_event: object, _context: object) -> None:
        timed(Measure.EVENT_TO_ALERT, NOW, NOW + timedelta(seconds=seconds))

    handler({}, Context())
    assert measured(capsys.readouterr().out) == {"EventToAlert": [milliseconds]}


@pytest.mark.parametrize("measure", [each for each in Measure if each not in TIMES])
def test_a_count_is_no_time(measure: Measure) -> None:
    with pytest.raises(ValueError, match="is no time"):
        timed(measure, NOW, NOW)


def test_what_is_raised_is_told_with_the_incident_and_counted_all_the_same(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    @reported
    def handler(_event: object, _context: object) -> None:
        reporting.logger.append_keys(incident="20260301-1")
        count(Measure.RECEIVED)
        raise AlertNotSentError("still owed")

    with pytest.raises(AlertNotSentError):
        handler({}, Context())
    [line] = lines()
    assert (line["level"], line["incident"]) == ("ERROR", "20260301-1")
    assert line["exception_name"] == "AlertNotSentError"
    assert measured(capsys.readouterr().out) == {"Received": [1.0]}


def test_an_incident_is_forgotten_by_the_next_request(lines: Lines) -> None:
    @reported
    def handler(event: dict[str, Any], _context: object) -> None:
        count(Measure.RECEIVED)
        reporting.logger.append_keys(**event)
        reporting.logger.info("said")

    for event in ({"incident": "20260301-1"}, {}):
        handler(event, Context())
    assert [line.get("incident") for line in lines()] == ["20260301-1", None]


def test_each_line_about_a_change_has_its_incident_and_times_are_measured(
    function: Start, lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = function("evaluate_change").handler(attack(), Context())
    [body] = queued()
    function("undo_change").handler({"Records": [message(body)]}, Context())
    assert [line["incident"] for line in lines()] == [answer["incident"]] * 2
    found = measured(capsys.readouterr().out)
    assert found["VerdictCritical"] == found["UndoRestored"] == [1.0]
    in_order = (Measure.EVENT_TO_ARRIVAL, Measure.EVENT_TO_ALERT, Measure.EVENT_TO_UNDO)
    [arrival], [alert], [undo] = (found[each] for each in in_order)
    assert 0 <= arrival <= alert <= undo < timedelta(minutes=1) / timedelta(milliseconds=1)


def test_an_alert_that_is_owed_is_told_with_its_incident(
    function: Start, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = function("evaluate_change")
    send = Mock(side_effect=AlertNotSentError("no topic"))
    monkeypatch.setattr(type(module._evaluation.alerts), "send", send)
    with pytest.raises(AlertNotSentError) as raised:
        module.handler(attack(), Context())
    [line] = lines()
    assert line["incident"] in str(raised.value)


def test_a_copy_and_a_failed_call_say_which_event_they_were(function: Start, lines: Lines) -> None:
    handler, event = function("evaluate_change").handler, attack()
    failed = {**event, "detail": {**event["detail"], "errorCode": "AccessDenied"}}
    for each in (event, event, failed):
        handler(each, Context())
    assert {line["event_id"] for line in lines()} == {event["detail"]["eventID"]}
    assert {line["call"] for line in lines()} == {"iam:PutUserPolicy"}


def test_nothing_secret_is_logged(
    function: Start,
    lines: Lines,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = attack()
    event["detail"]["responseElements"] = {"accessKey": {"secretAccessKey": SECRET}}
    event["detail"]["requestParameters"]["policyDocument"] += " " * 9 + f'"{SECRET}"'
    function("evaluate_change").handler(event, Context())
    module = function("decide")
    asked = json.dumps({"do": "show", "incident": "20260301-1", "token": SECRET})
    signed = {"Authorization": SECRET, "X-Amz-Security-Token": SECRET}
    module.handler({"asked": asked, "proof": signed}, Context())
    monkeypatch.setattr(module, "caller", Mock(return_value="arn:aws:iam::123456789012:user/bo"))
    for each in (asked, f'"{SECRET}"', SECRET):
        module.handler({"asked": each, "proof": signed}, Context())
    said = json.dumps(lines()) + capsys.readouterr().out
    assert [line["message"] for line in lines()] == SAID
    assert SECRET not in said


def test_the_saved_queries_ask_for_fields_that_are_logged(function: Start, lines: Lines) -> None:
    event = attack()
    failed = {**event, "detail": {**event["detail"], "errorCode": "AccessDenied"}}
    evaluate, undo = function("evaluate_change").handler, function("undo_change").handler
    foreign = {**event, "detail": {**event["detail"], "eventID": "e-2", "eventName": "Unheard"}}
    for each in (event, failed, foreign):
        evaluate(each, Context())
    for body in (*queued(), "no JSON"):
        undo({"Records": [message(body)]}, Context())
    logged = {"@timestamp", "@message", "@log", *(key for line in lines() for key in line)}
    asked = {field for query in QUESTIONS.values() for field in fields(query)}
    assert asked - logged == set()
    assert len(asked) > 10


def fields(query: str) -> list[str]:
    """The fields that a query shows, filters by or sorts by; of a list, the list."""
    shown = query.partition("|")[0].removeprefix("fields ").split(",")
    filtered = re.findall(r"(?:filter|and|or|ispresent\(|sort) ?([@a-z_]+)(?: |\))", query)
    return [each.strip().partition(".")[0] for each in (*shown, *filtered) if each != "ispresent"]
