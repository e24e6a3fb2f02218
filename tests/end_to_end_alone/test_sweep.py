"""The sweep of the deployed template, under its own role: what no event told of, and the list."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from cli.company import ADMINISTRATOR
from lambdas.service.suspected import GRACE
from tests.end_to_end.attacks import labels, refused

ALL = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
HARMLESS = ALL.replace('"*","Resource"', '"s3:ListBucket","Resource"')


def swept(stage):
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    return json.loads(stage.sandbox.invocations[-1].outcome.payload)


@pytest.fixture
def operator(stage):
    """Whose calls no event tells of."""
    swept(stage)
    return stage.sandbox.operator.client("iam")


def items(stage, pk):
    table = stage.sandbox.operator.client("dynamodb").scan(TableName=stage.outputs["TableName"])
    return [each for each in table["Items"] if each["pk"]["S"].startswith(pk)]


def late(stage):
    """Let the suspicions be as old as the grace."""
    client = stage.sandbox.operator.client("dynamodb")
    since = datetime.now(UTC) - GRACE - timedelta(seconds=5)
    for each in items(stage, "suspect"):
        text = since.strftime("%Y-%m-%dT%H:%M:%S.%f")
        client.put_item(TableName=stage.outputs["TableName"], Item={**each, "since": {"S": text}})


def test_what_no_event_told_of_is_told_by_a_later_sweep_and_stays(stage, operator):
    operator.create_user(UserName="quiet")
    operator.attach_user_policy(UserName="quiet", PolicyArn=ADMINISTRATOR)
    since = len(stage.sandbox.mailbox)
    assert swept(stage)["unannounced"] == 0
    late(stage)
    assert swept(stage)["unannounced"] >= 1
    mails = stage.sandbox.mailbox[since:]
    assert labels(mails)[0] == "STANDING"
    [told] = [mail for mail in mails if "user quiet is now administrator" in mail.subject]
    assert "no event came: a sweep found it" in told.body
    assert stage.sandbox.snapshot()["users"]["quiet"]["attached"] == [ADMINISTRATOR]
    assert swept(stage)["unannounced"] == 0


def test_an_account_that_stays_as_it_is_is_not_written_again(stage, operator):
    swept(stage)
    before = items(stage, "state#"), items(stage, "document#")
    swept(stage)
    assert (items(stage, "state#"), items(stage, "document#")) == before


def test_a_sweep_that_is_throttled_reads_everything(stage, operator):
    with refused(stage, reads_the_account, times=2, code="Throttling"):
        assert swept(stage)["subjects"] > 10


def reads_the_account(call):
    return call.operation == "GetAccountAuthorizationDetails"


def test_a_user_made_given_a_policy_and_a_key_within_a_second_keeps_only_what_is_harmless(stage):
    def deeds(stage):
        iam = stage.thief.client("iam")
        iam.create_user(UserName="hasty")
        iam.attach_user_policy(UserName="hasty", PolicyArn=ADMINISTRATOR)
        iam.create_access_key(UserName="hasty")

    stage.attack(deeds)
    stage.settle()
    held = stage.sandbox.snapshot()["users"]["hasty"]
    assert held["attached"] == []
    keys = stage.sandbox.operator.client("iam").list_access_keys(UserName="hasty")
    assert [key["Status"] for key in keys["AccessKeyMetadata"]] == ["Inactive"]


def test_of_two_versions_of_one_policy_within_a_second_the_harmless_one_comes_back(stage, operator):
    operator.create_user(UserName="twice")
    swept(stage)

    def deeds(stage):
        iam = stage.thief.client("iam")
        for document in (HARMLESS, ALL):
            iam.put_user_policy(UserName="twice", PolicyName="work", PolicyDocument=document)

    stage.attack(deeds)
    stage.settle()
    found = operator.get_user_policy(UserName="twice", PolicyName="work")["PolicyDocument"]
    assert found == json.loads(HARMLESS)
