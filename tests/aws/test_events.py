import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.aws.events import Ignored, MalformedEventError, parse
from lambdas.model.change import Change
from lambdas.model.family import Family
from lambdas.model.fingerprint import own_fingerprints
from lambdas.model.revert import Call
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind, Subject
from tests.aws.records_of_cloudtrail import (
    JSON,
    cases,
    event,
    mutated,
    named,
    record,
    without,
)

AUDIT = "arn:aws:cloudtrail:us-east-1:123456789012:trail/audit"
RECORDED = Path(__file__).parents[3] / "shared" / "events" / "recorded.jsonl"


@pytest.mark.parametrize("case", cases("ignored"), ids=named)
def test_what_is_no_change_is_ignored_with_its_reason(case: dict[str, Any]) -> None:
    assert parse(event(record(**case["detail"]), **case["envelope"])) == Ignored(case["reason"])


@pytest.mark.parametrize("case", cases("malformed"), ids=named)
def test_what_is_no_event_is_malformed(case: dict[str, Any]) -> None:
    with pytest.raises(MalformedEventError) as error:
        parse(case["event"])
    assert case["says"] in str(error.value)


@pytest.mark.parametrize("case", cases("broken"), ids=named)
def test_a_record_that_lacks_what_every_record_has_is_malformed(case: dict[str, Any]) -> None:
    detail = without(record(**case["detail"]), *case["without"])
    with pytest.raises(MalformedEventError) as error:
        parse(without(event(detail), *case["envelopeWithout"]))
    assert case["says"] in str(error.value)


@pytest.mark.parametrize("case", cases("judged"), ids=named)
def test_an_odd_record_of_a_change_is_judged_all_the_same(case: dict[str, Any]) -> None:
    expected = {"event_id": "e-1", "at": "2026-03-01T12:00:05+00:00", **case["expected"]}
    change = parse(event(without(record(**case["detail"]), *case["without"])))
    assert isinstance(change, Change)
    assert change.subject == Subject(Kind.USER, "alice")
    assert change.problems == ()
    assert change.at == datetime.fromisoformat(expected.pop("at"))
    assert {name: getattr(change, name) for name in expected} == expected


@pytest.mark.parametrize("case", cases("unknown-target"), ids=named)
def test_parameters_that_do_not_say_the_target_are_a_grave_problem(case: dict[str, Any]) -> None:
    change = parse(event(record(requestParameters=case["parameters"])))
    assert isinstance(change, Change)
    assert (change.subject, change.edits, change.family) == (None, (), Family.MANAGED_POLICY)
    assert [problem.severity for problem in change.problems] == [Severity.HIGH]
    assert case["says"] in change.problems[0].says


def test_insights_of_what_is_no_trail_are_no_grave_problem() -> None:
    store = {"eventDataStore": "a1b2", "insightsDestination": "c3d4", "insightSelectors": []}
    put = record(
        eventSource="cloudtrail.amazonaws.com",
        eventName="PutInsightSelectors",
        requestParameters=store,
    )
    change = parse(event(put))
    assert isinstance(change, Change)
    assert (change.subject, change.family) == (None, Family.TRAIL)
    [problem] = change.problems
    assert problem.severity is Severity.LOW
    assert "name event data store 'a1b2' and no trail" in problem.says


def test_a_call_without_parameters_is_one_on_the_caller_itself() -> None:
    answer = {"accessKey": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "status": "Active"}}
    own = record(eventName="CreateAccessKey", requestParameters=None, responseElements=answer)
    change = parse(event(own))
    assert isinstance(change, Change)
    assert (change.subject, change.problems) == (Subject(Kind.USER, "mallory"), ())
    assert [edit.key for edit in change.edits] == ["AKIAIOSFODNN7EXAMPLE"]


@pytest.mark.parametrize(
    ("parameters", "subject"),
    [
        pytest.param({"userName": "alice"}, Subject(Kind.USER, "alice"), id="a user's name"),
        pytest.param({"policyName": "p"}, None, id="no user, role or group"),
        pytest.param({"groupName": "g"}, Subject(Kind.GROUP, "g"), id="a group's name"),
        pytest.param({"roleName": "r"}, Subject(Kind.ROLE, "r"), id="a role's name"),
        pytest.param({"userName": 1}, None, id="a number for a user"),
        pytest.param({"userName": ""}, None, id="an empty name"),
        pytest.param(None, None, id="no parameters"),
    ],
)
def test_a_call_outside_the_catalogue_is_a_change_of_low_severity(
    parameters: Any, subject: Subject | None
) -> None:
    change = parse(event(record(eventName="CreateThing", requestParameters=parameters)))
    assert isinstance(change, Change)
    assert (change.family, change.subject, change.edits) == (None, subject, ())
    assert [problem.severity for problem in change.problems] == [Severity.LOW]
    assert "iam:CreateThing" in change.problems[0].says


def test_a_user_name_of_another_service_is_no_iam_user() -> None:
    detail = record(eventSource="cloudtrail.amazonaws.com", eventName="CreateThing")
    change = parse(event(detail))
    assert isinstance(change, Change)
    assert change.subject is None


OUTSIDE = {
    "a trail by its name": ("RenameTrail", {"name": "audit"}, Subject(Kind.TRAIL, AUDIT)),
    "a trail by its ARN": ("RenameTrail", {"name": AUDIT}, Subject(Kind.TRAIL, AUDIT)),
    "a trail by the parameter of selectors": (
        "PutEventThings",
        {"trailName": "audit"},
        Subject(Kind.TRAIL, AUDIT),
    ),
    "an event data store by its id": (
        "ThinStore",
        {"eventDataStore": "all"},
        Subject(
            Kind.EVENT_DATA_STORE,
            "arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/all",
        ),
    ),
    "a user": ("RenameUser", {"userName": "alice"}, Subject(Kind.USER, "alice")),
}


@pytest.mark.parametrize(("name", "parameters", "subject"), OUTSIDE.values(), ids=OUTSIDE)
def test_a_call_outside_the_catalogue_names_whose_history_is_read_anew(
    name: str, parameters: dict[str, Any], subject: Subject
) -> None:
    source = "iam.amazonaws.com" if name == "RenameUser" else "cloudtrail.amazonaws.com"
    found = parse(event(record(eventSource=source, eventName=name, requestParameters=parameters)))
    assert isinstance(found, Change)
    assert (found.subject, found.family) == (subject, None)


@given(JSON)
def test_any_json_as_event_is_a_change_or_ignored_or_malformed(found: Any) -> None:
    _parses(found)


@given(st.dictionaries(st.text(), JSON))
def test_any_object_as_detail_is_a_change_or_ignored_or_malformed(detail: Any) -> None:
    _parses(event(detail))


@given(mutated())
def test_a_good_event_with_any_field_spoilt_is_a_change_or_ignored_or_malformed(found: Any) -> None:
    _parses(found)


@pytest.mark.skipif(not RECORDED.exists(), reason="recorded events are not at hand")
def test_recorded_events_are_changes_or_ignored_or_malformed() -> None:
    results = [_parses(found) for found in _recorded()]
    assert {Change, Ignored} <= {type(result) for result in results}


def _recorded() -> Iterator[Any]:
    for line in RECORDED.read_text("utf-8").splitlines():
        found = json.loads(line)
        yield found["event"] if found["envelope"] != "cloudtrail" else event(found["event"])


def _parses(found: Any) -> Change | Ignored | None:
    """What an event is parsed as; None where it is malformed, which any other error is not."""
    try:
        result = parse(found)
    except MalformedEventError:
        return None
    if isinstance(result, Change):
        assert result.at.utcoffset() == timedelta(0)
        assert result.family is None or result.subject or result.problems
    return result


@pytest.mark.parametrize("omitted", [True, "true"])
def test_own_calls_as_long_are_known_by_an_event_that_lacks_their_parameters(omitted: Any) -> None:
    put = Call(
        service="iam",
        operation="UpdateSAMLProvider",
        parameters={"SAMLProviderArn": "a", "SAMLMetadataDocument": "<a>" * 40_000},
        region="us-east-1",
    )
    told = {"reason": "requestParameters too large", "omitted": omitted, "originalSize": 120_000}
    seen = parse(event(record(eventName="UpdateSAMLProvider", requestParameters=told)))
    assert isinstance(seen, Change)
    assert seen.subject is None
    assert seen.fingerprint in own_fingerprints(put)


def test_a_new_provider_is_known_by_the_answer_where_its_metadata_is_too_long() -> None:
    arn = "arn:aws:iam::123456789012:saml-provider/corp"
    omitted = {"reason": "requestParameters too large", "omitted": True}
    answer = {"sAMLProviderArn": arn}
    detail = record(
        eventName="CreateSAMLProvider", requestParameters=omitted, responseElements=answer
    )
    made = parse(event(detail))
    assert isinstance(made, Change)
    assert (made.subject, made.problems) == (Subject(Kind.SAML_PROVIDER, arn), ())


def signed_in(**changed: Any) -> dict[str, Any]:
    """A sign-in of alice through a regional endpoint, without MFA."""
    alice = {"type": "IAMUser", "arn": "arn:aws:iam::123456789012:user/alice"}
    return record(
        eventSource="signin.amazonaws.com",
        eventName="ConsoleLogin",
        eventType="AwsConsoleSignIn",
        awsRegion="eu-west-1",
        userIdentity={**alice, "accountId": "123456789012"},
        requestParameters=None,
        responseElements={"ConsoleLogin": "Success"},
        additionalEventData={"MFAUsed": "No"},
        **changed,
    )


def test_a_sign_in_is_a_change_of_nothing() -> None:
    change = parse(event(signed_in()))
    assert isinstance(change, Change)
    assert (change.call, change.region) == ("signin:ConsoleLogin", "eu-west-1")
    assert (change.subject, change.edits) == (Subject(Kind.USER, "alice"), ())
    assert (change.actor.mfa, change.problems) == (False, ())


def test_another_call_of_a_service_that_is_watched_for_some_alone_is_ignored() -> None:
    detail = record(eventSource="account.amazonaws.com", eventName="PutSomething")
    assert parse(event(detail)) == Ignored("no part of Snapback: account:PutSomething")
