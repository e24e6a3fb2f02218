"""Grace in the deployed template: told at once, undone when the time to accept it is over."""

import json
import time
from contextlib import contextmanager

import pytest

from cli.company import ADMINISTRATOR

GRACE = 3
"""Seconds: longer than an alert takes here."""


@contextmanager
def settings(stage, **changed):
    """The evaluating function with other settings."""
    client = stage.sandbox.operator.client("lambda")
    names = [each["FunctionName"] for each in client.list_functions()["Functions"]]
    name = next(each for each in names if "Evaluate" in each)
    former = client.get_function_configuration(FunctionName=name)["Environment"]
    text = json.dumps({**json.loads(former["Variables"]["SNAPBACK_SETTINGS"]), **changed})
    now = {"Variables": {**former["Variables"], "SNAPBACK_SETTINGS": text}}
    client.update_function_configuration(FunctionName=name, Environment=now)
    try:
        yield
    finally:
        client.update_function_configuration(FunctionName=name, Environment=former)


@pytest.fixture
def patient(stage):
    stage.sandbox.operator.client("iam").create_user(UserName="patience")
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    with settings(stage, graceSeconds={"managed-policy": GRACE}):
        yield stage


def test_during_the_grace_a_change_stays_and_after_it_is_undone(patient):
    mailed = len(patient.sandbox.mailbox)
    patient.attack(
        lambda stage: stage.thief.client("iam").attach_user_policy(
            UserName="patience", PolicyArn=ADMINISTRATOR
        )
    )
    patient.settle()
    [alert] = patient.sandbox.mailbox[mailed:]
    assert "\n  Unless somebody accepts the change before: snapback accept 20" in alert.body
    assert attached(patient) == [ADMINISTRATOR]
    time.sleep(GRACE)  # the looks that follow are delayed, too, and nobody waits for them here
    patient.settle()
    labels = [mail.subject.partition("]")[0] for mail in patient.sandbox.mailbox[mailed:]]
    assert labels == ["[CRITICAL", "[RESTORED"]
    assert attached(patient) == []


def attached(stage):
    return stage.sandbox.snapshot()["users"]["patience"]["attached"]
