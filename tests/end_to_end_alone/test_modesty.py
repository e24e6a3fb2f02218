"""Modesty in the deployed template: our own calls, services on somebody's behalf, and crowds."""

from datetime import UTC, datetime

import pytest

from cli.company import ADMINISTRATOR, PIPELINE
from lambdas.model.incident import Alert
from lambdas.service.crowds import MOST
from tests.aws.records_of_cloudtrail import record

DETACHED = {"userName": "xena", "policyArn": ADMINISTRATOR}


@pytest.fixture
def since(stage):
    stage.settle()
    return len(stage.sandbox.mailbox), len(stage.sandbox.invocations)


def mails(stage, since):
    return stage.sandbox.mailbox[since[0] :]


def incidents(stage, since):
    return stage.incidents(stage.sandbox.invocations[since[1] :])


def undo_role(stage):
    roles = stage.sandbox.operator.client("iam").list_roles()["Roles"]
    return next(role["Arn"] for role in roles if "UndoRole" in role["RoleName"])


def event(name, parameters, identity, event_id):
    now = datetime.now(UTC)
    return record(
        userIdentity=identity,
        eventTime=now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        eventName=name,
        requestParameters=parameters,
        eventID=f"{event_id}-{now.timestamp()}",
    )


def test_the_calls_of_an_undo_are_known_by_its_plan(stage, since):
    stage.attack(
        lambda stage: stage.thief.client("iam").attach_user_policy(
            UserName="xena", PolicyArn=ADMINISTRATOR
        )
    )
    stage.settle()
    attack, own = incidents(stage, since)
    assert (own.change.call, own.planned_by) == ("iam:DetachUserPolicy", attack.id)
    assert [mail.subject.partition("]")[0] for mail in mails(stage, since)] == [
        "[CRITICAL",
        "[RESTORED",
    ]


def test_a_call_by_our_own_role_that_no_undo_had_planned_is_told_loudest(stage, since):
    role = undo_role(stage)
    identity = {
        "type": "AssumedRole",
        "arn": f"{role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/stolen",
        "sessionContext": {"sessionIssuer": {"type": "Role", "arn": role}},
    }
    stage.sandbox.put_record(
        event("DetachUserPolicy", {**DETACHED, "userName": "walter"}, identity, "stolen")
    )
    stage.settle()
    [mail] = mails(stage, since)
    assert mail.subject.startswith("[CRITICAL] Snapback's own role called iam:DetachUserPolicy")


def test_a_change_through_cloudformation_is_told_and_left_to_a_person(stage, since):
    operator = stage.sandbox.operator.client("iam")
    operator.create_user(UserName="stacked")
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    held = stage.sandbox.front.hooks.on_record
    stage.sandbox.front.hooks.on_record = lambda _: None
    try:
        operator.attach_user_policy(UserName="stacked", PolicyArn=ADMINISTRATOR)
    finally:
        stage.sandbox.front.hooks.on_record = held
    identity = {
        "type": "IAMUser",
        "arn": "arn:aws:iam::123456789012:user/eve",
        "invokedBy": "cloudformation.amazonaws.com",
    }
    parameters = {"userName": "stacked", "policyArn": ADMINISTRATOR}
    before = len(stage.sandbox.mailbox)
    stage.sandbox.put_record(event("AttachUserPolicy", parameters, identity, "stack"))
    stage.settle()
    [mail] = stage.sandbox.mailbox[before:]
    assert mail.subject.startswith("[CRITICAL] user stacked is now administrator")
    assert "viaServices leaves that to a person" in mail.body
    assert stage.sandbox.snapshot()["users"]["stacked"]["attached"] == [ADMINISTRATOR]


def test_a_pipeline_that_deploys_fills_no_mailbox(stage):
    names = [f"deployed-{number}" for number in range(14)]
    for name in names:
        stage.sandbox.operator.client("iam").create_user(UserName=name)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    mailed, invoked = len(stage.sandbox.mailbox), len(stage.sandbox.invocations)
    for name in names:
        stage.pipeline.client("iam").attach_user_policy(UserName=name, PolicyArn=ADMINISTRATOR)
    stage.settle()
    found = stage.incidents(stage.sandbox.invocations[invoked:])
    waiting = [each for each in found if each.alert is Alert.GATHERED]
    assert ({each.change.actor.arn for each in found}, len(found)) == ({PIPELINE}, 14)
    assert len(stage.sandbox.mailbox) - mailed == 14 - len(waiting) <= MOST

    mailed = len(stage.sandbox.mailbox)
    crowds = next(
        each["FunctionName"]
        for each in stage.sandbox.operator.client("lambda").list_functions()["Functions"]
        if "Crowds" in each["FunctionName"]
    )
    stage.sandbox.invoke(crowds, {})
    stage.settle()
    assert len(stage.sandbox.mailbox) == mailed, "nothing is due yet"
    stage.let_crowds_be_due()
    for _ in range(2):
        stage.sandbox.invoke(crowds, {})
        stage.settle()
    [mail] = stage.sandbox.mailbox[mailed:]
    assert mail.subject.startswith(f"[CRITICAL] {len(waiting)} changes by trusted actor pipeline")
    assert [each.id for each in waiting if each.id not in mail.body] == []
