"""People decide: the commands on the deployed stage, with credentials of whoever is on call."""

import json

import boto3
import pytest
from typer.testing import CliRunner

from cli import sandboxed
from cli.company import ADMINISTRATOR, ON_CALL
from cli.keeping import variables
from cli.main import app
from lambdas.aws import clients
from tests.end_to_end.attacks import attacked, labels

ANALYSTS = {"UserName": "mallory", "GroupName": "analysts"}


@pytest.fixture
def snapback(stage, monkeypatch, tmp_path):
    """A command on the running sandbox; what it printed as JSON."""
    monkeypatch.setattr(sandboxed.typer, "get_app_dir", lambda _: str(tmp_path))
    for name, value in variables(stage).items():
        monkeypatch.setenv(name, value)
    # A session looks for credentials once: the process's own may have found another test's.
    monkeypatch.setattr(clients, "_session", boto3.session.Session())
    clients._made.cache_clear()
    with sandboxed.found_by_others(variables(stage)):

        def run(*words, ends=0):
            result = CliRunner().invoke(app, [*words, "--sandbox", "--json"])
            assert result.exit_code == ends, result.output
            return [json.loads(line) for line in result.stdout.splitlines()]

        yield run
    clients._made.cache_clear()


@pytest.fixture
def somebody(stage):
    """A user of whom no other test knows anything: what is agreed to about it stays agreed to."""
    iam, made = stage.sandbox.operator.client("iam"), []

    def user(name):
        iam.create_user(UserName=name)
        made.append(name)
        return {"UserName": name, "PolicyArn": ADMINISTRATOR}

    yield user
    for name in made:
        iam.detach_user_policy(UserName=name, PolicyArn=ADMINISTRATOR)


def latest(snapback, call):
    listed = snapback("incidents", "--since", "1h")
    return next(each for each in listed if each["call"] == call)


def quiet(stage, deed):
    """The mails that a deed by whoever is on call leads to."""
    since = len(stage.sandbox.mailbox)
    deed()
    stage.settle()
    return labels(stage.sandbox.mailbox[since:])


def test_what_gives_something_back_is_put_back_by_a_person(stage, snapback):
    before, _ = attacked(stage, lambda iam: iam.remove_user_from_group(**ANALYSTS))
    incident = latest(snapback, "iam:RemoveUserFromGroup")
    mails = quiet(stage, lambda: snapback("revert", incident["id"], "--yes"))
    assert mails == ["DECIDED", "RESTORED"]
    assert stage.sandbox.snapshot() == before
    [shown] = snapback("show", incident["id"])
    assert shown["outcome"]["ending"] == "restored"
    assert {note["by"] for note in shown["notes"]} == {f"user {ON_CALL}"}


def test_an_undo_is_taken_back_and_the_change_then_stays(stage, snapback, somebody):
    grant = somebody("agreed")
    _, mails = attacked(stage, lambda iam: iam.attach_user_policy(**grant))
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    incident = latest(snapback, "iam:AttachUserPolicy")
    mails = quiet(stage, lambda: snapback("undo", incident["id"], "--yes"))
    assert mails == ["DECIDED", "MADE AGAIN"]
    [shown] = snapback("show", incident["id"])
    assert shown["outcome"]["ending"] == "made again"


def test_what_is_accepted_is_made_again_in_peace(stage, snapback, somebody):
    grant = somebody("accepted")
    attacked(stage, lambda iam: iam.attach_user_policy(**grant))
    incident = latest(snapback, "iam:AttachUserPolicy")
    assert quiet(stage, lambda: snapback("accept", incident["id"], "--yes")) == ["DECIDED"]
    _, mails = attacked(stage, lambda iam: iam.attach_user_policy(**grant))
    assert labels(mails) == []


def test_an_announced_change_is_recorded_only(stage, snapback, somebody):
    grant = somebody("announced")
    planner = stage.sandbox.as_user("walter").client("iam")
    walter = "arn:aws:iam::123456789012:user/walter"
    announced = ("--principal", walter, "--call", "iam:AttachUserPolicy", "--for", "5m")
    assert quiet(stage, lambda: snapback("expect", *announced, "--yes")) == ["DECIDED"]
    _, mails = attacked(stage, lambda _: planner.attach_user_policy(**grant))
    assert labels(mails) == []
    [shown] = snapback("show", latest(snapback, "iam:AttachUserPolicy")["id"])
    assert shown["held"] == f"user {ON_CALL} announced it"


def test_while_undoing_is_paused_people_are_told_only(stage, snapback):
    grant = {"RoleName": "reporting", "PolicyArn": ADMINISTRATOR}
    assert quiet(stage, lambda: snapback("pause", "--for", "5m", "--yes")) == ["DECIDED"]
    _, mails = attacked(stage, lambda iam: iam.attach_role_policy(**grant))
    assert labels(mails) == ["CRITICAL"]
    assert quiet(stage, lambda: snapback("resume", "--yes")) == ["DECIDED"]
    incident = latest(snapback, "iam:AttachRolePolicy")
    mails = quiet(stage, lambda: snapback("revert", incident["id"], "--yes"))
    assert mails == ["DECIDED", "RESTORED"]


def test_what_cannot_be_done_is_refused_with_the_reason(snapback):
    snapback("show", "20260101-0000000000000000", ends=2)
