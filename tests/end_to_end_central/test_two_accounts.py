"""An organisation of two accounts: what one is mailed, the central one is mailed, too."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
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
from sandbox.timing import Timing
from tests.assemblies import assembled

MEMBER, CENTRAL = "123456789012", "999988887777"
BUS = f"arn:aws:events:us-east-1:{CENTRAL}:event-bus/Snapback"
ORGANIZATION = "o-a1b2c3d4e5"
IN_A_HURRY = Timing(redelivery=0.01, gathering=0.2)
A_SECOND = timedelta(seconds=1)
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


@pytest.fixture(scope="module")
def central(assembly: Path, sent: list[Sent]) -> Iterator[Sandbox]:
    """The central account, which has been given what the member sent."""
    with Sandbox(timing=IN_A_HURRY, account=CENTRAL) as sandbox:
        sandbox.deploy(assembly, only=frozenset({"SnapbackCentral"}))
        for each in sent:
            assert sandbox.receive(each, ORGANIZATION)
        sandbox.settle()
        yield sandbox


def test_the_central_account_mails_what_it_was_sent(central: Sandbox) -> None:
    assert [str(each) for each in central.failures] == []
    assert sorted(_subjects(central.mailbox)) == [f"{MEMBER} [CRITICAL", f"{MEMBER} [RESTORED"]
    assert central.mailbox[0].body.startswith(f"Account {MEMBER}, us-east-1\n\n")


def test_nobody_outside_the_organisation_is_heard(central: Sandbox, sent: list[Sent]) -> None:
    for organization in ("o-somebodyelse", None):
        with pytest.raises(UndeliverableError, match="because no"):
            central.receive(_from(sent[0], "666666666666"), organization)


def test_a_storm_over_many_accounts_is_told_in_a_few_mails(
    central: Sandbox, sent: list[Sent]
) -> None:
    """SNS unsubscribes an address that is sent more than ten in a second."""
    before = len(central.mailbox)
    accounts = {f"{number:012}" for number in range(60)}
    central.receive(_from(sent[0], "666666666666", detail={"message": "text"}), ORGANIZATION)
    for account in accounts:
        central.receive(_from(sent[0], account), ORGANIZATION)
    central.settle()
    mails = central.mailbox[before:]
    [incident] = re.findall(r"^Incident (.+)$", sent[0].event["detail"]["message"], re.MULTILINE)
    told = re.findall(rf"^  \d+\. (\d+) .*\(incident {incident}\)$", _bodies(mails), re.MULTILINE)
    told += re.findall(r"^Account (\d+), ", _bodies(mails), re.MULTILINE)
    assert sorted(told) == sorted(accounts)
    assert len(mails) <= len(accounts) / 2
    moments = [mail.at for mail in central.mailbox]
    assert all(
        third - first >= A_SECOND for first, third in zip(moments, moments[2:], strict=False)
    )
    [letters] = central.dead_letters().values()
    assert [json.loads(each)["account"] for each in letters] == ["666666666666"]
    assert [str(each) for each in central.failures] == []


def _subjects(mails: list[Mail]) -> list[str]:
    return [mail.subject.partition("]")[0] for mail in mails]


def _bodies(mails: list[Mail]) -> str:
    return "\n".join(mail.body for mail in mails)


def _from(sent: Sent, account: str, **changed: Any) -> Sent:
    """The same event as another account would have sent it."""
    event: Any = {**sent.event, "account": account, **changed}
    return replace(sent, event=event)
