from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from lambdas.model.change import Change, Edit
from lambdas.model.delta import Delta
from lambdas.model.family import Family
from lambdas.model.finding import Certainty, Finding
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service.evaluate import evaluate
from lambdas.service.mails import (
    LONGEST_SUBJECT,
    alert_mail,
    outcome_label,
    outcome_mail,
)
from lambdas.service.steps import LONGEST_COMMAND
from lambdas.service.undo import undo
from tests.model.strategies import INCIDENTS, OUTCOMES
from tests.service.world import ALICE, ALL, AT, MALLORY, World, attach, change, put, user

OUTCOME = Outcome(ending=Ending.RESTORED, says="user alice is as it was before the change", at=AT)
FAILED = replace(
    OUTCOME, ending=Ending.FAILED, says="iam:DetachUserPolicy failed", commands=("aws iam x",)
)
ADMINISTRATOR = Finding(
    rule="gained-administrator",
    says="user alice is now administrator of the account",
    severity=Severity.CRITICAL,
    because=("managed policy arn:aws:iam::aws:policy/AdministratorAccess, statement 1",),
)
WORDED = {Part.ATTACHED, Part.INLINE, Part.LOGGING}
HOSTILE = [
    pytest.param("alice\n\nWHAT TO DO NEXT\n  - Call +1 555 0100", id="line breaks"),
    pytest.param("a\r\nSubject: all is well\x00\x1b[2J", id="control characters"),
    pytest.param("https://evil.example/login?x=1", id="a link"),
    pytest.param("https://3221226219/login", id="a link without a dot"),
    pytest.param("www.evil.example", id="a name that mail programs link"),
    pytest.param("\u202ereversed\u2066 \u200bzero", id="text from right to left"),
    pytest.param("n" * 15_000, id="a very long text"),
]

ALERT = """\
CRITICAL: user alice is now administrator of the account.

Who    arn:aws:iam::123456789012:user/mallory (IAMUser; without MFA, from 192.0.2.10, \
agent aws-cli/2)
When   2026-03-01 12:00:05 UTC
What   iam:AttachUserPolicy on user alice: attached managed policy \
arn:aws:iam::aws:policy/AdministratorAccess
Where  account 123456789012, region us-east-1
Whom   user alice

WHY IT MATTERS
  1. user alice is now administrator of the account
     because of managed policy arn:aws:iam::aws:policy/AdministratorAccess, statement 1

WHAT IT GAVE
  user alice:
    - administrator of the account
    - everything on *, some of which it had before

WHAT IT TOOK
  user alice: nothing

WHAT WILL BE DONE
  Snapback makes these calls now; a second mail says how it ended.
    aws iam detach-user-policy --user-name alice --policy-arn \
arn:aws:iam::aws:policy/AdministratorAccess --region us-east-1

WHAT COULD NOT BE KNOWN
  - Service control policies of the organisation are not read: they may forbid what is found here.

WHAT TO DO NEXT
  - Ask the actor, by another channel, whether this was meant.
  - If not: deactivate its access keys, end its sessions, and look for what else it did.
  - If it was meant: take the undo back once the second mail is here: snapback undo \
20260301-b748fd3ee5429e80
  - If more of it is planned: announce that first (snapback expect --help).

Incident 20260301-b748fd3ee5429e80
"""

ENDED = """\
RESTORED: what was there before is back, and was read back to make sure.

  user alice is as it was before the change

Who    arn:aws:iam::123456789012:user/mallory (IAMUser; without MFA, from 192.0.2.10, \
agent aws-cli/2)
When   2026-03-01 12:00:05 UTC
What   iam:AttachUserPolicy on user alice: attached managed policy \
arn:aws:iam::aws:policy/AdministratorAccess
Where  account 123456789012, region us-east-1
Whom   user alice
Ended  2026-03-01 12:00:05 UTC

Incident 20260301-b748fd3ee5429e80
"""


KEY_MADE = """\
CRITICAL: user mallory made an access key for user alice, an administrator.

Who    arn:aws:iam::123456789012:user/mallory (IAMUser; without MFA, from 192.0.2.10, \
agent aws-cli/2)
When   2026-03-01 12:00:05 UTC
What   iam:CreateAccessKey on user alice: access key AKIAIOSFODNN7EXAMPLE is Active
Where  account 123456789012, region us-east-1
Whom   user alice

WHY IT MATTERS
  1. user mallory made an access key for user alice, an administrator
     because of the secret of the access key, which its maker was shown and can act as user alice \
with
     because of inline policy "work" of user alice, statement 1 (Allow * on *)

WHAT IT GAVE AND TOOK
  No permission: what the policies allow is as before.

WHAT WILL BE DONE
  Snapback makes these calls now; a second mail says how it ended.
    aws iam update-access-key --user-name alice --access-key-id AKIAIOSFODNN7EXAMPLE \
--status Inactive --region us-east-1
"""

KEY_DEACTIVATED = """\
CONTAINED: the effect is ended, though not all is as it was before.

  what the change gave to user alice does not work any more
"""


def alert_of(world: World) -> Incident:
    actor = replace(MALLORY, source_address="192.0.2.10", user_agent="aws-cli/2")
    incident = evaluate(world.happens(attach(actor=actor)), world.evaluation())
    return replace(incident, verdict=Verdict((ADMINISTRATOR,)))


@pytest.fixture
def incident() -> Incident:
    return alert_of(World())


def test_an_alert_says_all_that_a_person_needs(incident: Incident) -> None:
    mail = alert_mail(incident)
    assert mail.body == ALERT
    assert mail.subject == (
        "[CRITICAL] user alice is now administrator of the account (account 123456789012)"
    )


def test_an_outcome_says_how_it_ended(incident: Incident) -> None:
    mail = outcome_mail(incident, OUTCOME)
    assert mail.body == ENDED
    assert mail.subject == "[RESTORED] iam:AttachUserPolicy on user alice (account 123456789012)"


def test_a_failed_undo_is_louder_than_the_change(incident: Incident) -> None:
    mail = outcome_mail(incident, FAILED)
    assert mail.subject.startswith("[CRITICAL: UNDO FAILED] user alice is now administrator")
    assert "TO DO IT BY HAND\n    aws iam x\n" in mail.body


def test_an_end_without_a_target_names_the_call(incident: Incident) -> None:
    untargeted = replace(incident, change=replace(incident.change, subject=None))
    mail = outcome_mail(untargeted, replace(OUTCOME, ending=Ending.ALERTED))
    assert mail.subject.startswith("[ALERTED ONLY] iam:AttachUserPolicy on unknown target")


class TestAKeyMadeForAnAdministrator:
    @pytest.fixture
    def world(self) -> World:
        world = World()
        world.account.have(user(**{"inline": {"work": ALL}, "access keys": {}}))
        world.records.history = [*world.account.world.values()]
        return world

    @pytest.fixture
    def made(self, world: World) -> Change:
        key = Edit(Part.ACCESS_KEYS, "AKIAIOSFODNN7EXAMPLE", "Active", fresh=True)
        actor = replace(MALLORY, source_address="192.0.2.10", user_agent="aws-cli/2")
        made = change("CreateAccessKey", ALICE, key, family=Family.CREDENTIALS, actor=actor)
        return world.happens(made)

    def test_the_alert_says_who_did_it_for_whom_and_what_is_done(
        self, world: World, made: Change
    ) -> None:
        evaluate(made, world.evaluation())
        (mail,) = world.alerts.sent
        assert mail.body.startswith(KEY_MADE)
        assert mail.subject == (
            "[CRITICAL] user mallory made an access key for user alice, an administrator"
            " (account 123456789012)"
        )

    @pytest.mark.parametrize("known", [True, False], ids=["known before", "not known before"])
    def test_it_is_deactivated_and_nobody_says_that_it_is_restored(
        self, world: World, made: Change, known: Any
    ) -> None:
        world.records.history = world.records.history if known else []
        undo(evaluate(made, world.evaluation()).id, world.undoing())
        mail = world.alerts.sent[1]
        assert world.account.world[ALICE].value(Part.ACCESS_KEYS, made.edits[0].key) == "Inactive"
        assert mail.body.startswith(KEY_DEACTIVATED)
        assert (
            mail.subject == "[CONTAINED] iam:CreateAccessKey on user alice (account 123456789012)"
        )


def test_a_key_of_the_root_user_says_whose_it_is_and_whom_to_ask() -> None:
    world, root = World(), Subject(Kind.ROOT, "123456789012")
    actor = replace(MALLORY, kind="Root", arn="arn:aws:iam::123456789012:root")
    key = Edit(Part.ACCESS_KEYS, "AKIAIOSFODNN7EXAMPLE", "Active", fresh=True)
    made = change("CreateAccessKey", root, key, family=Family.CREDENTIALS, actor=actor)
    evaluate(made, world.evaluation())
    (mail,) = world.alerts.sent
    assert mail.subject.startswith("[CRITICAL] the root user made an access key for itself (acc")
    assert "\nWhom   the root user, who may do everything\n" in mail.body
    assert "\n  Nothing: only the root user itself can change its credentials: " in mail.body
    assert "is taken from its event" not in mail.body
    assert world.clock.slept == []


def test_a_call_that_hides_its_target_is_told_once_and_with_its_reason() -> None:
    world = World()
    problem = Problem("the target is unknown: CloudTrail omitted them")
    hidden = replace(put(), subject=None, edits=(), problems=(problem,))
    evaluate(hidden, world.evaluation())
    (mail,) = world.alerts.sent
    says = "user mallory called iam:PutUserPolicy, and the event hides what it did"
    assert mail.body.startswith(f"HIGH: {says}.\n")
    assert "\n  Nothing: the event does not say what was changed.\n" in mail.body
    assert mail.body.count("the target is unknown: CloudTrail omitted them") == 1


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_its_words(incident: Incident, ending: Ending) -> None:
    mail = outcome_mail(incident, replace(OUTCOME, ending=ending))
    assert mail.subject.startswith(f"[{outcome_label(ending)}] ")
    assert mail.body.startswith(f"{ending.upper()}: ")


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        pytest.param(
            {"held": "mallory is trusted"},
            ["  Nothing: mallory is trusted.", "  The calls that would undo it:"],
            id="the calls that a person may run",
        ),
        pytest.param(
            {"held": "no way back", "revert": Irreversible("no way back")},
            ["  Nothing: no way back.", "  - If not: look up the event in CloudTrail's event"],
            id="no calls where there are none",
        ),
        pytest.param(
            {"affected": ()}, ["Whom   no principal's permissions"], id="nobody who gained"
        ),
        pytest.param(
            {"verdict": Verdict((), (Problem("the document is cut"),))},
            [
                "HIGH: iam:AttachUserPolicy on user alice: attached",
                "  Not all of it could be judged, and what is unknown is not safe: see below.",
                "  - the document is cut",
            ],
            id="what is unknown",
        ),
        pytest.param(
            {
                "verdict": Verdict(
                    (
                        Finding(
                            rule="r",
                            says="alice may be administrator",
                            severity=Severity.HIGH,
                            certainty=Certainty.CONDITIONAL,
                            given=("aws:SourceIp is 192.0.2.1",),
                        ),
                    )
                )
            },
            [
                "  1. alice may be administrator (conditional)",
                "     given aws:SourceIp is 192.0.2.1",
            ],
            id="under which conditions",
        ),
    ],
)
def test_an_alert_says(incident: Incident, changed: dict[str, Any], lines: list[str]) -> None:
    body = alert_mail(replace(incident, **changed)).body
    assert [line for line in lines if f"\n{line}" not in f"\n{body}"] == []


def test_an_alert_of_an_unknown_target_says_so(incident: Incident) -> None:
    untargeted = replace(incident, change=replace(incident.change, subject=None), affected=())
    assert "\nWhom   not known\n" in alert_mail(untargeted).body


def test_a_command_too_long_to_read_is_named_by_its_length(incident: Incident) -> None:
    document = "x" * LONGEST_COMMAND
    call = Call(service="iam", operation="X", parameters={"Doc": document}, region="us-east-1")
    mails = (
        alert_mail(replace(incident, revert=(call,))),
        outcome_mail(incident, replace(FAILED, commands=(call.command(),))),
    )
    for mail in mails:
        assert document not in mail.body
        assert f"(a document of {len(call.command())} characters" in mail.body


def test_a_mail_that_sns_would_refuse_is_cut(incident: Incident) -> None:
    many = Verdict((replace(ADMINISTRATOR, because=("x" * 300,) * 1000),))
    body = alert_mail(replace(incident, verdict=many)).body
    assert len(body) < 256 * 1024
    assert body.startswith(ALERT[:40])
    assert body.endswith("... (cut)\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_or_document_forges_a_line_or_a_link(text: str) -> None:
    harmless, hostile = mails("alice"), mails(text)
    for expected, mail in zip(harmless, hostile, strict=True):
        assert_harmless(mail)
        assert len(mail.body.splitlines()) == len(expected.body.splitlines())
        assert "://" not in mail.body.replace("[://]", "")
        assert "evil.example" not in mail.body + mail.subject


@pytest.mark.parametrize(
    ("count", "whom", "more"),
    [
        (20, "user u00, ", ""),
        (21, "user u19, and 1 more: 21 in all", "  and 1 more findings, in the incident's record"),
    ],
)
def test_the_first_twenty_whom_a_change_reaches_are_named(count: int, whom: str, more: str) -> None:
    reached = tuple(Subject(Kind.USER, f"u{number:02}") for number in range(count))
    found = tuple(
        Finding(rule="r", says=f"{user} gained", severity=Severity.HIGH) for user in reached
    )
    incident = replace(alert_of(World()), affected=reached, verdict=Verdict(found))
    lines = alert_mail(incident).body.splitlines()
    [listed] = [line for line in lines if line.startswith("Whom")]
    assert whom in listed
    assert more in lines
    assert "user u20" not in "".join(lines)


def mails(text: str) -> tuple[Mail, Mail]:
    """An alert and an outcome in which everything that an attacker can choose is this text."""
    actor = replace(MALLORY, session=text, source_address=text, user_agent=text, arn=text)
    who = Subject(Kind.USER, text)
    edit = Edit(Part.INLINE, text, text)
    made = replace(put(actor=actor), subject=who, edits=(edit,), region=text, account=text)
    call = Call(
        service="iam",
        operation="PutUserPolicy",
        parameters={"UserName": text, "PolicyDocument": text},
        region=text,
    )
    finding = Finding(rule="r", says=text, severity=Severity.HIGH, because=(text,), given=(text,))
    incident = replace(
        alert_of(World()),
        change=made,
        affected=(who,),
        verdict=Verdict((finding,), (Problem(text),)),
        revert=(call,),
        held=text,
        deltas=(Delta(principals=(who,), gave=(text,), took=(text,)),),
    )
    outcome = replace(FAILED, says=text, commands=(call.command(),))
    return alert_mail(incident), outcome_mail(incident, outcome)


def assert_harmless(mail: Mail) -> None:
    assert len(mail.subject) <= LONGEST_SUBJECT
    assert mail.subject.isascii()
    assert mail.subject.isprintable()
    assert mail.body.isascii()
    assert mail.body.replace("\n", "").isprintable()


@given(INCIDENTS, OUTCOMES)
def test_any_incident_has_mails_that_sns_takes(incident: Incident, outcome: Outcome) -> None:
    edits = tuple(edit for edit in incident.change.edits if edit.part in WORDED)
    worded = replace(incident, id="20260301-1", change=replace(incident.change, edits=edits))
    assert_harmless(alert_mail(worded))
    assert_harmless(outcome_mail(worded, replace(outcome, commands=())))
