"""The actor of an undone change: who is contained, how, and who is never touched."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit
from lambdas.model.incident import Contained, Ending, Incident, Outcome
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.containing import contained
from lambdas.service.evaluate import evaluate
from lambdas.service.look import look
from lambdas.service.owed import ITS_OWN, send_owed
from lambdas.service.own_calls import MISUSED
from lambdas.service.ports import CallFailedError
from lambdas.service.undo import undo
from lambdas.service.undoing import SubjectNotReadError
from lambdas.settings import Response, Settings
from tests.service.fakes import FakeReverts
from tests.service.world import (
    ACCOUNT,
    ADMIN,
    ALL,
    AT,
    MALLORY,
    OWN_ROLE,
    PIPELINE,
    SETTINGS,
    TRAIL,
    World,
    attach,
    change,
    state,
    stop,
)

DENY_ALL = Subject(Kind.POLICY, "arn:aws:iam::aws:policy/AWSDenyAll")
DENY = ALL.replace("Allow", "Deny")
THIEF = Subject(Kind.USER, "mallory")
BUILD = Subject(Kind.ROLE, "build")
SESSION = replace(PIPELINE, arn=f"arn:aws:iam::{ACCOUNT}:role/build")
LIFT = (
    "aws iam detach-user-policy --user-name mallory"
    " --policy-arn arn:aws:iam::aws:policy/AWSDenyAll --region us-east-1"
)
LIFT_ROLE = (
    "aws iam delete-role-policy --role-name build"
    " --policy-name SnapbackRevokeOlderSessions --region us-east-1"
)
UNTIL = "2026-03-01T12:00:08Z"
GONE = {"transient": False, "gone": False}
TRANSIENT = {"transient": True, "gone": False}


def actor(subject: Subject, path: str = "/", **parts: dict[str, str]) -> State:
    held = {"attached": {}, "inline": {}, "groups": {}, "boundary": {}}
    found = state(subject, **{**held, **parts})
    return replace(found, arn=f"arn:aws:iam::{ACCOUNT}:{subject.kind}{path}{subject.name}")


@pytest.fixture
def world() -> World:
    """Both kinds of actor are to be contained, and both are there."""
    made = World(settings=replace(SETTINGS, quarantine=True, revoke_sessions=True))
    made.account.have(actor(THIEF), actor(BUILD), state(DENY_ALL, document={"v1": DENY}))
    made.records.history = list(made.account.world.values())
    return made


def judged(world: World, made: Change) -> Incident:
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    assert incident.undoes, incident.held
    return incident


def ends(world: World, made: Change, *, last_try: bool = False) -> Outcome:
    found = undo(judged(world, made).id, world.undoing(last_try=last_try))
    assert found is not None
    assert found.outcome is not None
    return found.outcome


def said(outcome: Outcome) -> str | None:
    return outcome.contained.says if outcome.contained else None


def operations(world: World) -> list[str]:
    return [call.operation for call in world.reverts.made]


class TestNobody:
    @pytest.mark.parametrize(
        ("settings", "by"),
        [
            pytest.param(SETTINGS, MALLORY, id="by default, whoever it was"),
            pytest.param(SETTINGS, SESSION, id="by default, a role neither"),
            pytest.param(replace(SETTINGS, quarantine=True), SESSION, id="a role, but for users"),
            pytest.param(
                replace(SETTINGS, revoke_sessions=True), MALLORY, id="a user, but for roles"
            ),
        ],
    )
    def test_is_contained_unless_it_is_set(
        self, world: World, settings: Settings, by: Actor
    ) -> None:
        world.settings = settings
        outcome = ends(world, attach(actor=by))
        assert (outcome.contained, operations(world)) == (None, ["DetachUserPolicy"])
        words = ("AWSDenyAll", "sessions of", "The actor")
        assert [each for mail in world.alerts.sent for each in words if each in mail.body] == []

    def test_is_contained_for_what_is_not_undone(self, world: World) -> None:
        incident = judged(world, attach())
        world.settings = replace(world.settings, trusted_actors=(str(MALLORY.arn),))
        found = undo(incident.id, world.undoing())
        assert (found.outcome.ending, found.outcome.contained) == (Ending.ALERTED, None)

    def test_is_contained_for_what_was_gone_before(self, world: World) -> None:
        incident = judged(world, stop())
        world.account.edit(TRAIL, Edit(Part.LOGGING, ONLY, "true"))
        found = undo(incident.id, world.undoing())
        assert (found.outcome.ending, found.outcome.contained) == (Ending.ALREADY_GONE, None)

    @pytest.mark.parametrize(
        ("by", "says"),
        [
            pytest.param(
                replace(MALLORY, kind="Root", arn=f"arn:aws:iam::{ACCOUNT}:root"),
                "the root user is neither a user nor a role of this account",
                id="the root user",
            ),
            pytest.param(
                replace(MALLORY, arn="arn:aws:iam::999999999999:user/mallory"),
                "user mallory is neither a user nor a role of this account",
                id="a user of another account",
            ),
            pytest.param(
                Actor(kind="Unknown"),
                "an actor of type Unknown is neither a user nor a role of this account",
                id="somebody of whom no ARN is known",
            ),
            pytest.param(
                replace(MALLORY, invoked_by="cloudformation.amazonaws.com"),
                "cloudformation.amazonaws.com made the call on its behalf",
                id="whoever a service acted for",
            ),
            pytest.param(
                PIPELINE, f"{PIPELINE.arn} is listed in trustedActors", id="a trusted actor"
            ),
        ],
    )
    def test_is_contained_whom_the_event_spares(self, world: World, by: Actor, says: str) -> None:
        assert said(after_an_undo(world, attach(actor=by))) == f"not contained: {says}"
        assert operations(world) == []

    def test_is_contained_where_it_was_our_own_role(self, world: World) -> None:
        incident = judged(world, attach(actor=replace(SESSION, arn=OWN_ROLE)))
        assert MISUSED in [each.rule for each in incident.verdict.findings]
        assert incident.contains is None
        found = undo(incident.id, world.undoing())
        assert said(found.outcome) == "not contained: it was Snapback's own role"

    @pytest.mark.parametrize(
        ("subject", "path", "says"),
        [
            pytest.param(
                THIEF, "/break-glass/", "is listed in protectedPrincipals", id="break-glass"
            ),
            pytest.param(
                BUILD, "/aws-service-role/x.amazonaws.com/", "a service-linked role", id="linked"
            ),
            pytest.param(
                BUILD,
                "/aws-reserved/sso.amazonaws.com/",
                "a role of IAM Identity Center, which nobody can change here: end the person's",
                id="Identity Center's",
            ),
        ],
    )
    def test_is_contained_whom_what_was_read_spares(
        self, world: World, subject: Subject, path: str, says: str
    ) -> None:
        world.account.have(actor(subject, path))
        by = MALLORY if subject is THIEF else SESSION
        outcome = ends(world, attach(actor=by))
        assert outcome.ending is Ending.RESTORED
        assert str(said(outcome)).startswith("not contained: ")
        assert says in str(said(outcome))
        assert operations(world) == ["DetachUserPolicy"]
        assert world.subjects() == ["CRITICAL", "RESTORED"]


def after_an_undo(world: World, made: Change) -> Outcome:
    """What becomes of the actor of a change that is undone, whatever the evaluation says."""
    incident = replace(judged(World(), attach()), change=made)
    found = Outcome(ending=Ending.RESTORED, says="it is as it was", at=AT)
    return contained(incident, found, world.undoing())


class TestContained:
    def test_a_user_is_denied_everything_after_the_undo(self, world: World) -> None:
        outcome = ends(world, attach())
        assert operations(world) == ["DetachUserPolicy", "AttachUserPolicy"]
        assert world.account.world[THIEF].value(Part.ATTACHED, DENY_ALL.name) == "AWSDenyAll"
        assert outcome.contained == Contained(
            says="contained: user mallory is quarantined: AWSDenyAll is attached and denies it"
            " everything",
            lift=(LIFT,),
        )

    def test_a_roles_sessions_from_before_are_denied_everything(self, world: World) -> None:
        outcome = ends(world, attach(actor=SESSION))
        [*_, call] = world.reverts.made
        assert (call.operation, call.parameters["RoleName"]) == ("PutRolePolicy", "build")
        [statement] = json.loads(str(call.parameters["PolicyDocument"]))["Statement"]
        assert statement == {
            "Effect": "Deny",
            "Action": "*",
            "Resource": "*",
            "Condition": {"DateLessThan": {"aws:TokenIssueTime": UNTIL}},
        }
        assert outcome.contained is not None
        assert outcome.contained.lift == (LIFT_ROLE,)

    def test_who_attacks_for_itself_is_undone_and_contained(self, world: World) -> None:
        made = replace(attach(), subject=THIEF)
        outcome = ends(world, made)
        assert outcome.ending is Ending.RESTORED
        assert {*world.account.world[THIEF].parts[Part.ATTACHED]} == {DENY_ALL.name}

    def test_the_looks_that_follow_find_the_undo_as_it_was(self, world: World) -> None:
        incident = judged(world, replace(attach(), subject=THIEF))
        undo(incident.id, world.undoing())
        for number in (1, 2, 3):
            look(incident.id, number, world.undoing())
        outcome = world.records.incidents[incident.id].outcome
        assert outcome.confirmed
        assert outcome.contained is not None
        assert world.subjects() == ["CRITICAL", "RESTORED"]

    def test_what_is_undone_again_is_told_with_what_became_of_the_actor(self, world: World) -> None:
        incident = judged(world, attach())
        undo(incident.id, world.undoing())
        world.account.edit(incident.change.subject, *attach().edits)
        again = look(incident.id, 1, world.undoing()).outcome
        assert (again.again, again.contained.lift) == (1, (LIFT,))

    def test_who_is_quarantined_already_is_left_as_it_is(self, world: World) -> None:
        world.account.edit(THIEF, Edit(Part.ATTACHED, DENY_ALL.name, "AWSDenyAll"))
        outcome = ends(world, attach())
        assert operations(world) == ["DetachUserPolicy"]
        assert outcome.contained is not None
        assert outcome.contained.lift == (LIFT,)

    def test_a_failed_undo_is_one_more_reason(self, world: World) -> None:
        world.reverts.failures = [GONE]
        outcome = ends(world, attach())
        assert outcome.ending is Ending.FAILED
        assert operations(world) == ["AttachUserPolicy"]

    def test_its_event_comes_back_as_an_own_call(self, world: World) -> None:
        incident = judged(world, attach())
        undo(incident.id, world.undoing())
        quarantine = change(
            "AttachUserPolicy",
            THIEF,
            Edit(Part.ATTACHED, DENY_ALL.name, "AWSDenyAll"),
            event_id="own",
            at=world.clock.now(),
            actor=replace(SESSION, arn=OWN_ROLE),
            fingerprint=world.records.noted[-1][0],
        )
        own = evaluate(quarantine, world.evaluation())
        assert (own.planned_by, own.verdict.findings) == (incident.id, ())

    def test_the_history_gets_the_one_edit_and_no_more(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.edit(THIEF, Edit(Part.INLINE, "backdoor", ALL))
        undo(incident.id, world.undoing())
        known = world.records.before(f"ID-{THIEF.name}", AT.replace(year=2027))
        assert known.value(Part.ATTACHED, DENY_ALL.name) == "AWSDenyAll"
        assert known.value(Part.INLINE, "backdoor") is None

    def test_of_whom_nothing_is_known_nothing_is_remembered(self, world: World) -> None:
        world.records.history = [s for s in world.records.history if s.subject != THIEF]
        assert str(said(ends(world, attach()))).startswith("contained: ")
        assert [s for s in world.records.history if s.subject == THIEF] == []


class TestLoud:
    @pytest.mark.parametrize(
        "spoil",
        [
            pytest.param(lambda world: world.reverts.failures.append(GONE), id="refused"),
            pytest.param(lambda world: setattr(world.reverts, "effect", False), id="no effect"),
        ],
    )
    def test_a_call_that_fails_is_told_with_what_to_run(
        self, world: World, spoil: Callable[[World], None]
    ) -> None:
        after_the_undo(world, lambda: spoil(world))
        outcome = ends(world, attach())
        assert outcome.ending is Ending.RESTORED
        assert outcome.contained is not None
        assert outcome.contained.failed
        [command] = outcome.contained.commands
        assert command == LIFT.replace("detach", "attach")
        assert world.subjects()[-1] == "CRITICAL, ACTOR NOT CONTAINED: RESTORED"
        assert "\n  THE ACTOR IS NOT CONTAINED: " in world.alerts.sent[-1].body
        assert "\nTO CONTAIN THE ACTOR BY HAND\n    aws iam attach" in world.alerts.sent[-1].body

    def test_the_last_administrator_is_not_quarantined(self, world: World) -> None:
        world.account.people = (States({}),)
        world.account.have(actor(THIEF, attached={ADMIN.name: "AdministratorAccess"}))
        outcome = ends(world, stop())
        assert said(outcome) == (
            "nobody but the root user would be administrator without user mallory"
        )
        assert operations(world) == ["StartLogging"]

    def test_one_of_several_administrators_is(self, world: World) -> None:
        world.account.have(actor(THIEF, attached={ADMIN.name: "AdministratorAccess"}))
        assert str(said(ends(world, attach()))).startswith("contained: ")

    def test_an_administrators_sessions_are_ended_for_whoever_can_come_back(
        self, world: World
    ) -> None:
        world.account.people = (States({}),)
        world.account.have(actor(BUILD, attached={ADMIN.name: "AdministratorAccess"}))
        assert str(said(ends(world, stop(actor=SESSION)))).startswith("contained: ")

    def test_somebody_who_is_not_to_be_found_is_told_loudly(self, world: World) -> None:
        del world.account.world[THIEF]
        outcome = ends(world, attach())
        assert said(outcome) == "user mallory is not to be found: deleted, or renamed"
        assert outcome.contained is not None
        assert outcome.contained.failed

    def test_somebody_who_cannot_be_read_is_told_on_the_last_try(self, world: World) -> None:
        world.account.unreadable[THIEF] = 99
        outcome = ends(world, attach(), last_try=True)
        assert said(outcome) == (
            "user mallory could not be read: the profile of user mallory could not be read:"
            " Throttling"
        )

    def test_a_group_that_cannot_be_read_may_make_an_administrator(self, world: World) -> None:
        staff = Subject(Kind.GROUP, "staff")
        world.account.have(actor(THIEF, groups={"staff": "staff"}), state(staff, attached={}))
        world.account.unreadable[staff] = 99
        assert str(said(ends(world, attach(), last_try=True))).startswith(
            "user mallory could not be read"
        )


class TestTriedAgain:
    def test_a_read_that_fails_for_a_while(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.unreadable[THIEF] = 1
        with pytest.raises(SubjectNotReadError):
            undo(incident.id, world.undoing())
        found = undo(incident.id, world.undoing())
        assert str(said(found.outcome)).startswith("contained: ")
        assert operations(world) == ["DetachUserPolicy", "AttachUserPolicy"]

    def test_a_call_that_fails_for_a_while(self, world: World) -> None:
        incident = judged(world, attach())
        after_the_undo(world, lambda: world.reverts.failures.append(TRANSIENT))
        with pytest.raises(CallFailedError):
            undo(incident.id, world.undoing())
        found = undo(incident.id, world.undoing())
        assert str(said(found.outcome)).startswith("contained: ")

    def test_one_that_fails_to_the_last_is_told(self, world: World) -> None:
        after_the_undo(world, lambda: world.reverts.failures.append(TRANSIENT))
        outcome = ends(world, attach(), last_try=True)
        assert outcome.contained is not None
        assert outcome.contained.failed

    def test_what_a_sweep_told_meanwhile_is_told_again(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.unreadable[THIEF] = 1
        with pytest.raises(SubjectNotReadError):
            undo(incident.id, world.undoing())
        world.clock.moment += ITS_OWN * 1.01
        send_owed(world.records, world.alerts, world.clock)
        undo(incident.id, world.undoing())
        assert world.subjects() == ["CRITICAL", "RESTORED", "RESTORED"]
        assert LIFT in world.alerts.sent[-1].body.replace("\\x2e", ".")


def after_the_undo(world: World, deed: Callable[[], None]) -> None:
    """Something happens once the first call is made."""
    make = FakeReverts.make

    def once(call: Call) -> None:
        make(world.reverts, call)
        if len(world.reverts.made) == 1:
            deed()

    world.reverts.make = once


class TestTold:
    @pytest.mark.parametrize(
        ("by", "says"),
        [
            pytest.param(
                MALLORY,
                "  Then it attaches AWSDenyAll to user mallory, unless that is a protected"
                " principal.",
                id="a user",
            ),
            pytest.param(
                SESSION,
                "  Then it ends the sessions of role build, unless that is a protected principal.",
                id="a role",
            ),
        ],
    )
    @pytest.mark.parametrize("grace", [0, 60])
    def test_the_alert_says_what_will_be_done(
        self, world: World, by: Actor, says: str, grace: int
    ) -> None:
        family = attach().family
        world.settings = replace(world.settings, grace_seconds={family: grace})
        judged(world, attach(actor=by))
        assert says in world.alerts.sent[0].body.splitlines()

    def test_the_outcome_says_how_to_lift_it(self, world: World) -> None:
        ends(world, attach())
        body = world.alerts.sent[-1].body
        assert "\n  The actor is contained: user mallory is quarantined" in body
        assert "\nTO LET THE ACTOR GO AGAIN\n    aws iam detach-user-policy" in body
        assert "announce it first" in body

    @pytest.mark.parametrize(
        "by",
        [
            replace(MALLORY, kind="Root", arn=f"arn:aws:iam::{ACCOUNT}:root"),
            replace(MALLORY, invoked_by="cloudformation.amazonaws.com"),
        ],
        ids=["the root user", "whoever a service acts for"],
    )
    def test_nothing_is_announced_of_whom_the_event_spares(self, world: World, by: Actor) -> None:
        via = {"cloudformation.amazonaws.com": Response.REVERT}
        world.settings = replace(world.settings, via_services=via)
        assert judged(world, attach(actor=by)).contains is None
