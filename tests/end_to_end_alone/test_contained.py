"""Actors contained by the deployed template, under the undoing function's own role."""

import json

import pytest

from cli import stage as shared
from cli.company import ADMINISTRATOR
from lambdas.model.incident import Ending
from tests.end_to_end.attacks import labels

SETTINGS = {**shared.SETTINGS, "quarantine": True, "revokeSessions": True}
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
REVOKED = "SnapbackRevokeOlderSessions"


def attach(identity):
    return lambda _: identity.client("iam").attach_user_policy(
        UserName="xena", PolicyArn=ADMINISTRATOR
    )


def played(stage, deed):
    """The mails and the incidents of a deed, once all that follows has happened."""
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    mailed, invoked = len(stage.sandbox.mailbox), len(stage.sandbox.invocations)
    failures = [*stage.sandbox.failures]
    stage.attack(deed)
    stage.settle()
    assert stage.failures_since(failures) == []
    found = stage.incidents(stage.sandbox.invocations[invoked:])
    return stage.sandbox.mailbox[mailed:], found


@pytest.fixture
def found(stage):
    """The account, as a part of it is found."""
    return lambda kind, name: stage.sandbox.snapshot()[kind][name]


def test_a_roles_sessions_are_ended_and_it_is_itself_as_before(stage, found):
    before = found("roles", "owner")
    mails, [attack, undo, containing] = played(
        stage, attach(stage.sandbox.as_role("owner", "stolen"))
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert "  Then it ends the sessions of role owner, unless" in mails[0].body
    assert "  The actor is contained: role owner denies everything to sessions" in mails[1].body
    now = found("roles", "owner")
    [statement] = json.loads(now["inline"].pop(REVOKED))["Statement"]
    assert (statement["Effect"], [*statement["Condition"]]) == ("Deny", ["DateLessThan"])
    assert now == before
    assert (undo.planned_by, containing.planned_by) == (attack.id, attack.id)
    assert found("users", "xena")["attached"] == []


def test_a_user_is_quarantined_once_the_undo_is_made(stage, found):
    mails, [attack, undo, containing] = played(stage, attach(stage.thief))
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert "  Then it attaches AWSDenyAll to user eve, unless" in mails[0].body
    assert f"aws iam detach-user-policy --user-name eve --policy-arn {DENY_ALL}" in mails[1].body
    assert found("users", "eve")["attached"] == [DENY_ALL]
    assert found("users", "xena")["attached"] == []
    assert [undo.change.call, containing.change.call] == [
        "iam:DetachUserPolicy",
        "iam:AttachUserPolicy",
    ]
    assert (undo.planned_by, containing.planned_by) == (attack.id, attack.id)
    outcome = stage.records.incident(attack.id).outcome
    assert (outcome.ending, outcome.contained.failed) == (Ending.RESTORED, False)


def test_a_sweep_takes_a_quarantine_for_nobodys_change(stage, found):
    stage.settle()
    mailed = len(stage.sandbox.mailbox)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    assert [mail.subject for mail in stage.sandbox.mailbox[mailed:]] == []
    assert found("users", "eve")["attached"] == [DENY_ALL]


def test_lifting_a_quarantine_is_judged_as_any_change(stage):
    """By somebody else whose key is stolen: to whom it was attached can do nothing any more."""
    mails, [lifted, *_] = played(
        stage,
        lambda stage: (
            stage.sandbox.as_user("oscar")
            .client("iam")
            .detach_user_policy(UserName="eve", PolicyArn=DENY_ALL)
        ),
    )
    assert lifted.change.call == "iam:DetachUserPolicy"
    assert "lost-deny" in [finding.rule for finding in lifted.verdict.findings]
    assert [mail for mail in mails if "own role" in mail.subject] == []
