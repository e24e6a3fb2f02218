"""What leaves no state behind: judged by its event alone, told, and left to people."""

from dataclasses import replace

import pytest

from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit
from lambdas.model.incident import Alert
from lambdas.model.revert import Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import PRESENT, Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from tests.service.world import ACCOUNT, ALICE, World, change

HERSELF = Actor(kind="IAMUser", arn=f"arn:aws:iam::{ACCOUNT}:user/alice", account=ACCOUNT)
SIGNED_IN = change("ConsoleLogin", ALICE, actor=replace(HERSELF, mfa=False))
ENABLED = change(
    "EnableRegion", Subject(Kind.ACCOUNT, ACCOUNT), Edit(Part.REGIONS, "af-south-1", PRESENT)
)


def test_a_sign_in_with_mfa_is_recorded_and_not_mailed() -> None:
    world = World()
    incident = evaluate(replace(SIGNED_IN, actor=replace(HERSELF, mfa=True)), world.evaluation())
    assert incident is not None
    assert (incident.alert, incident.verdict.findings) == (Alert.NONE, ())
    assert [*world.records.incidents.values()] == [incident]


@pytest.mark.parametrize(
    ("happened", "severity"), [(SIGNED_IN, Severity.MEDIUM), (ENABLED, Severity.HIGH)]
)
def test_it_is_told_with_nothing_read_and_nothing_unknown(
    happened: Change, severity: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    monkeypatch.setattr(world.account, "reading", None)
    incident = evaluate(happened, world.evaluation())
    assert incident is not None
    assert (incident.verdict.severity, incident.verdict.problems) == (severity, ())
    assert (incident.alert, world.undos.requested) == (Alert.SENT, [])
    assert isinstance(incident.revert, Irreversible)
    assert incident.held == incident.revert.reason


def test_what_is_told_names_what_happened() -> None:
    world = World()
    evaluate(ENABLED, world.evaluation())
    [mail] = world.alerts.sent
    assert "account:EnableRegion" in mail.body
    assert "enabled region af-south-1" in mail.body
