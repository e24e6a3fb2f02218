"""A document padded so that CloudTrail omits the parameters: the whole account is judged again."""

import pytest

from sandbox.records.elements import request_parameters
from tests.end_to_end.attacks import another_minute, attacked, labels
from tests.end_to_end.test_people import quiet, snapback

__all__ = ["snapback"]

ALL = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
PADDED = ALL + " " * 110_000


@pytest.fixture
def veiled(stage):
    stage.sandbox.operator.client("iam").create_user(UserName="veiled")
    another_minute(stage)
    return {"UserName": "veiled", "PolicyName": "work"}


def test_what_a_padded_document_gives_is_told_within_seconds_and_taken_back_by_a_person(
    stage, veiled, snapback
):
    given = {**veiled, "PolicyDocument": PADDED}
    assert request_parameters(given, None)["omitted"]
    before, mails = attacked(stage, lambda iam: iam.put_user_policy(**given))
    assert sorted(labels(mails)) == ["CRITICAL", "HIGH", "STANDING"]
    hidden, told = (
        next(mail for mail in mails if mail.subject.startswith(f"[{label}]"))
        for label in ("HIGH", "CRITICAL")
    )
    assert "called iam:PutUserPolicy, and the event hides what it did" in hidden.subject
    assert told.subject.startswith("[CRITICAL] user veiled is now administrator")
    assert "aws iam delete-user-policy --user-name veiled --policy-name work" in told.body
    incident = next(
        each
        for each in snapback("incidents", "--since", "1h")
        if (each["call"], each["subject"]) == ("iam:PutUserPolicy", "user veiled")
    )
    assert incident["actor"] == "user eve"
    assert f"snapback revert {incident['id']}" in told.body
    mails = quiet(stage, lambda: snapback("revert", incident["id"], "--yes"))
    assert mails == ["DECIDED", "RESTORED"]
    assert stage.sandbox.snapshot() == before
