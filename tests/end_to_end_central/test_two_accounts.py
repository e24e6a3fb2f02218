"""An organisation of two accounts: what one is mailed, the central one is mailed, too."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.company import ADMINISTRATOR, arrange
from cli.demo import RETRIES_IN_A_HURRY
from sandbox.account import Sandbox
from sandbox.assembly import read
from sandbox.delivery import UndeliverableError
from sandbox.elsewhere import Sent
from sandbox.mail import Mail
from tests.assemblies import assembled

MEMBER, CENTRAL = "123456789012", "999988887777"
BUS = f"arn:aws:events:us-east-1:{CENTRAL}:event-bus/Snapback"
ORGANIZATION = "o-a1b2c3d4e5"
SETTINGS = {
    "alertEmails": ["security@example.com"],
    "response": {"default": "revert"},
    "central": {"account": CENTRAL, "organization": ORGANIZATION},
}


@pytest.fixture(scope="module")
def assembly(assemblies: Path) -> Path:
    return assembled(SETTINGS, assemblies)


@pytest.fixture(scope="module")
def sent(assembly: Path) -> list[Sent]:
    """What the member sent while it was attacked."""
    with Sandbox(timing=RETRIES_IN_A_HURRY) as sandbox:
        arrange(sandbox.operator)
        sandbox.operator.client("iam").create_user(UserName="patience")
        sandbox.deploy(assembly, only=frozenset({"Snapback"}))
        sandbox.settle()
        before = len(sandbox.mailbox)
        sandbox.as_user("eve").client("iam").attach_user_policy(
            UserName="patience", PolicyArn=ADMINISTRATOR
        )
        sandbox.settle()
        assert [str(each) for each in sandbox.failures] == []
        assert len(sandbox.sent) == len(sandbox.mailbox)
        return sandbox.sent[before:]


def test_the_template_is_the_same_for_every_account_but_the_central_one(assembly: Path) -> None:
    stacks = {each.name: each for each in read(assembly, MEMBER)}
    assert list(stacks) == ["SnapbackCentral", "Snapback"]
    assert f"snapback-code-{CENTRAL}-us-east-1" in stacks["Snapback"].template
    assert "BootstrapVersion" not in stacks["Snapback"].template


def test_the_member_sends_each_of_its_mails_to_the_central_bus(sent: list[Sent]) -> None:
    assert [each.bus for each in sent] == [BUS, BUS]
    assert [each.event["account"] for each in sent] == [MEMBER, MEMBER]
    labels = [each.event["detail"]["subject"].partition("]")[0] for each in sent]
    assert labels == ["[CRITICAL", "[RESTORED"]


def test_the_central_account_mails_what_it_was_sent(assembly: Path, sent: list[Sent]) -> None:
    with Sandbox(timing=RETRIES_IN_A_HURRY, account=CENTRAL) as sandbox:
        sandbox.deploy(assembly, only=frozenset({"SnapbackCentral"}))
        for each in sent:
            assert sandbox.receive(each, ORGANIZATION)
        sandbox.settle()
        assert [str(each) for each in sandbox.failures] == []
        assert sorted(_subjects(sandbox.mailbox)) == [f"{MEMBER} [CRITICAL", f"{MEMBER} [RESTORED"]
        assert sandbox.mailbox[0].body.startswith(f"Account {MEMBER}, us-east-1\n\n")
        for organization in ("o-somebodyelse", None):
            with pytest.raises(UndeliverableError, match="because no"):
                sandbox.receive(_forged(sent[0]), organization)


def _subjects(mails: list[Mail]) -> list[str]:
    return [mail.subject.partition("]")[0] for mail in mails]


def _forged(sent: Sent) -> Sent:
    event: Any = {**sent.event, "account": "666666666666"}
    return replace(sent, event=event)
