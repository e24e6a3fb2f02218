from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.fingerprint import call_fingerprint, event_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.state import ONLY, Part
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError, CallFailedError, HeldError
from lambdas.service.undo import UnknownIncidentError, undo
from lambdas.service.undoing import SubjectNotReadError
from lambdas.settings import Response, Settings
from tests.service.fakes import LEASE
from tests.service.world import (
    ADMIN,
    ALICE,
    ALL,
    READ,
    SETTINGS,
    TRAIL,
    World,
    attach,
    evaluate_quietly,
    put,
    stop,
    user,
)

TRANSIENT = {"transient": True, "gone": False}
PERMANENT = {"transient": False, "gone": False}
GONE = {"transient": False, "gone": True}
FORMER = '{\n "Statement": {"Effect": "Allow",\t"Action": "s3:Get*", "Resource": "Ü"}\n}'
COMMAND = (
    "aws iam detach-user-policy --user-name alice"
    " --policy-arn arn:aws:iam::aws:policy/AdministratorAccess --region us-east-1"
)


@pytest.fixture
def world() -> World:
    return World()


def judged(world: World, made: Change) -> Incident:
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident.undoes, incident.held
    world.alerts.sent.clear()
    return incident


def ends(world: World, made: Change, **last_try: bool) -> Outcome:
    return undo(judged(world, made).id, world.undoing(**last_try)).outcome


class TestRestored:
    @pytest.mark.parametrize(
        ("made", "operation"),
        [
            pytest.param(attach(), "DetachUserPolicy", id="an attached policy is detached"),
            pytest.param(put(), "DeleteUserPolicy", id="a new inline policy is deleted"),
            pytest.param(stop(), "StartLogging", id="a stopped trail logs again"),
        ],
    )
    def test_the_state_before_is_back(self, world: World, made: Change, operation: str) -> None:
        before = world.account.world[made.subject]
        outcome = ends(world, made)
        assert outcome.ending is Ending.RESTORED
        assert [call.operation for call in world.reverts.made] == [operation]
        assert world.account.world[made.subject] == before
        assert world.subjects() == ["RESTORED"]
        assert outcome.told

    def test_an_overwritten_text_comes_back_byte_for_byte(self, world: World) -> None:
        former = user(inline={"work": FORMER})
        world.account.have(former)
        world.records.history = [former]
        assert ends(world, put()).ending is Ending.RESTORED
        assert world.account.world[ALICE] == former

    def test_only_this_change_is_taken_back(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.edit(ALICE, Edit(Part.GROUPS, "staff", None))
        world.account.edit(ALICE, Edit(Part.INLINE, "mine", FORMER))
        undo(incident.id, world.undoing())
        assert world.account.world[ALICE] == user(inline={"mine": FORMER})

    def test_reads_that_lag_after_the_call_are_repeated(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.stale = dict(world.account.world)
        made = world.reverts.make

        def make_and_lag(call: Call) -> None:
            made(call)
            world.account.lag = 2

        world.reverts.make = make_and_lag
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED

    def test_the_calls_are_planned_before_they_are_made(self, world: World) -> None:
        incident = judged(world, attach())
        world.reverts.failures = [TRANSIENT]
        with pytest.raises(CallFailedError):
            undo(incident.id, world.undoing())
        [call] = incident.revert
        assert world.records.planned(call_fingerprint(call)) == incident.id

    def test_a_long_text_is_planned_also_as_the_event_without_it(self, world: World) -> None:
        former = user(inline={"work": f"{READ}{' ' * 131_000}"})
        world.account.have(former)
        world.records.history = [former, *world.records.history[1:]]
        incident = judged(world, put())
        undo(incident.id, world.undoing())
        seen = event_fingerprint("iam:PutUserPolicy", {"omitted": "true"})
        assert world.records.own(seen, world.clock.now()) == incident.id

    def test_the_state_after_the_undo_joins_the_history(self, world: World) -> None:
        ends(world, attach())
        assert not attach().shown_by(world.records.history[-1])

    def test_what_the_call_did_not_find_counts_as_done(self, world: World) -> None:
        world.reverts.failures = [GONE]
        incident = judged(world, attach())
        made = world.reverts.make

        def gone_meanwhile(call: Call) -> None:
            world.account.edit(ALICE, Edit(Part.ATTACHED, ADMIN.name, None))
            made(call)

        world.reverts.make = gone_meanwhile
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.ALREADY_GONE


class TestNotUndone:
    def test_what_is_gone_already(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.edit(ALICE, Edit(Part.ATTACHED, ADMIN.name, None))
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.ALREADY_GONE
        assert (world.reverts.made, world.subjects()) == ([], ["ALREADY GONE"])

    def test_what_was_overtaken_by_something_newer(self, world: World) -> None:
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", FORMER))
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.OVERTAKEN
        assert world.account.world[ALICE].value(Part.INLINE, "work") == FORMER

    def test_a_user_who_was_deleted(self, world: World) -> None:
        incident = judged(world, attach())
        del world.account.world[ALICE]
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.ALREADY_GONE

    def test_a_user_who_is_deleted_while_it_is_undone(self, world: World) -> None:
        incident = judged(world, attach())
        world.reverts.make = lambda _: world.account.world.pop(ALICE)
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.ALREADY_GONE

    def test_another_user_of_the_same_name(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.have(replace(world.account.world[ALICE], unique_id="ANOTHER"))
        outcome = undo(incident.id, world.undoing()).outcome
        assert outcome.ending is Ending.OVERTAKEN
        assert "is not the one that was changed" in outcome.says
        assert world.reverts.made == []

    @pytest.mark.parametrize(
        ("settings", "says"),
        [
            pytest.param(Settings(), 'is set to "alert"', id="nothing is undone any more"),
            pytest.param(
                replace(SETTINGS, response={Family.MANAGED_POLICY: Response.ALERT}),
                'the response to managed-policy is set to "alert"',
                id="the family is only alerted of",
            ),
            pytest.param(
                replace(SETTINGS, trusted_actors=("arn:aws:iam::123456789012:user/mallory",)),
                "is listed in trustedActors",
                id="the actor is trusted",
            ),
            pytest.param(
                replace(SETTINGS, protected_principals=("arn:aws:iam::*:user/alice",)),
                "is listed in protectedPrincipals",
                id="the subject is protected",
            ),
        ],
    )
    def test_what_the_settings_of_now_spare(
        self, world: World, settings: Settings, says: Any
    ) -> None:
        incident = judged(world, attach())
        world.settings = settings
        outcome = undo(incident.id, world.undoing()).outcome
        assert (outcome.ending, world.reverts.made) == (Ending.ALERTED, [])
        assert says in outcome.says

    def test_what_was_held(self, world: World) -> None:
        incident = replace(judged(world, attach()), held="a person decides")
        world.records.incidents[incident.id] = incident
        outcome = undo(incident.id, world.undoing()).outcome
        assert outcome.says == "the incident is not to be undone: a person decides"

    def test_what_has_no_target(self, world: World) -> None:
        incident = judged(world, attach())
        untargeted = replace(incident, change=replace(incident.change, subject=None))
        world.records.incidents[incident.id] = untargeted
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.ALERTED

    def test_what_lost_its_history(self, world: World) -> None:
        incident = judged(world, attach())
        world.records.history = [replace(user(), parts={Part.GROUPS: {}})]
        outcome = undo(incident.id, world.undoing()).outcome
        assert outcome.says == "not undone: what was there before was not read in full"

    def test_an_incident_that_nobody_recorded(self, world: World) -> None:
        with pytest.raises(UnknownIncidentError):
            undo("20260301-forged", world.undoing())
        assert (world.reverts.made, world.alerts.sent) == ([], [])


class TestRefusedBecauseItWouldGive:
    def test_a_former_text_that_makes_an_administrator(self, world: World) -> None:
        incident = judged(world, put())
        forged = user(inline={"work": ALL + "\n"})
        world.records.history = [replace(forged, as_of=world.records.history[0].as_of)]
        world.account.edit(ALICE, Edit(Part.INLINE, "work", FORMER))
        harmless = replace(incident.change, edits=(Edit(Part.INLINE, "work", FORMER),))
        world.records.incidents[incident.id] = replace(incident, change=harmless)
        outcome = undo(incident.id, world.undoing()).outcome
        assert outcome.ending is Ending.FAILED
        assert "administrator" in outcome.says
        assert "put-user-policy" in outcome.commands[0]
        assert world.reverts.made == []

    def test_policies_that_the_state_before_needs_are_read(self, world: World) -> None:
        former = user(groups={"staff": "staff"})
        world.account.have(former)
        world.records.history = [former]
        assert ends(world, attach()).ending is Ending.RESTORED


class TestFailing:
    def test_a_passing_failure_is_tried_again(self, world: World) -> None:
        incident = judged(world, attach())
        world.reverts.failures = [TRANSIENT]
        with pytest.raises(CallFailedError):
            undo(incident.id, world.undoing())
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED

    @pytest.mark.parametrize(
        ("failure", "last_try"),
        [
            pytest.param(TRANSIENT, True, id="a passing failure on the last try"),
            pytest.param(PERMANENT, False, id="a failure that no retry mends"),
        ],
    )
    def test_a_failure_is_told_with_what_to_run_by_hand(
        self, world: World, failure: dict[str, bool], last_try: bool
    ) -> None:
        world.reverts.failures = [failure]
        outcome = ends(world, attach(), last_try=last_try)
        assert (outcome.ending, outcome.commands) == (Ending.FAILED, (COMMAND,))
        assert world.subjects() == ["CRITICAL: UNDO FAILED"]
        assert COMMAND in world.alerts.sent[0].body

    def test_calls_that_change_nothing_are_a_failure_and_no_history(self, world: World) -> None:
        incident = judged(world, attach())
        known = list(world.records.history)
        world.reverts.effect = False
        outcome = undo(incident.id, world.undoing()).outcome
        assert (outcome.ending, outcome.commands) == (Ending.FAILED, (COMMAND,))
        assert world.records.history == known

    @pytest.mark.parametrize("spoil", ["subject", "part"])
    def test_a_failed_read_is_not_absence_but_tried_again(self, world: World, spoil: str) -> None:
        incident = judged(world, attach())
        self._spoil(world, spoil)
        with pytest.raises(SubjectNotReadError):
            undo(incident.id, world.undoing())
        world.account.unreadable, world.account.unread_parts = {}, frozenset()
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED

    @pytest.mark.parametrize("spoil", ["subject", "part"])
    def test_a_failed_read_on_the_last_try_is_told(self, world: World, spoil: str) -> None:
        incident = judged(world, attach())
        self._spoil(world, spoil)
        outcome = undo(incident.id, world.undoing(last_try=True)).outcome
        assert (outcome.ending, outcome.commands) == (Ending.FAILED, (COMMAND,))

    @staticmethod
    def _spoil(world: World, what: str) -> None:
        if what == "subject":
            world.account.unreadable = {ALICE: 99}
        else:
            world.account.unread_parts = frozenset({Part.ATTACHED})

    def test_what_cannot_be_read_back_is_a_failure(self, world: World) -> None:
        incident = judged(world, attach())
        make = world.reverts.make

        def make_and_blind(call: Call) -> None:
            make(call)
            world.account.unreadable = {ALICE: 99}

        world.reverts.make = make_and_blind
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.FAILED

    def test_a_plan_that_cannot_be_made_has_no_commands(self, world: World) -> None:
        incident = replace(judged(world, attach()), revert=Irreversible("x"))
        world.records.incidents[incident.id] = incident
        world.account.unreadable = {ALICE: 99}
        assert undo(incident.id, world.undoing(last_try=True)).outcome.commands == ()


class TestOnce:
    def test_a_second_message_does_nothing(self, world: World) -> None:
        incident = judged(world, attach())
        undo(incident.id, world.undoing())
        world.happens(attach())
        assert undo(incident.id, world.undoing()) is None
        assert len(world.reverts.made) == len(world.alerts.sent) == 1

    def test_a_message_while_another_run_is_at_work_comes_back(self, world: World) -> None:
        incident = judged(world, attach())
        world.records.claim(f"undo#{incident.id}")
        with pytest.raises(HeldError):
            undo(incident.id, world.undoing())
        assert world.reverts.made == []

    def test_mail_that_fails_is_tried_again_without_undoing_twice(self, world: World) -> None:
        incident = judged(world, attach())
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            undo(incident.id, world.undoing())
        world.happens(attach())
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED
        assert (len(world.reverts.made), world.subjects()) == (1, ["RESTORED"])

    def test_a_run_that_died_after_its_calls_says_what_they_restored(self, world: World) -> None:
        incident = judged(world, attach())
        world.records.failing = {"save"}
        with pytest.raises(TimeoutError):
            undo(incident.id, world.undoing())
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED
        assert len(world.reverts.made) == 1

    def test_a_run_that_died_after_its_mail_sends_no_other(self, world: World) -> None:
        incident = judged(world, attach())
        world.records.failing = {"finish"}
        with pytest.raises(TimeoutError):
            undo(incident.id, world.undoing())
        world.clock.moment += LEASE * 1.01
        assert undo(incident.id, world.undoing()).outcome.told
        assert len(world.reverts.made) == len(world.alerts.sent) == 1

    def test_an_alert_sent_meanwhile_keeps_the_outcome(self, world: World) -> None:
        world.alerts.refusals = 1
        made = world.happens(attach())
        with pytest.raises(AlertNotSentError):
            evaluate(made, world.evaluation())
        [incident_id] = world.undos.requested
        undo(incident_id, world.undoing())
        incident = evaluate(made, world.evaluation())
        assert incident.outcome.ending is Ending.RESTORED
        assert world.subjects() == ["RESTORED", "CRITICAL"]
        assert [each for each in world.undos.asked if not each[2]] == [(incident_id, 0, 0)]


def test_a_trail_is_started_by_its_arn() -> None:
    world = World()
    ends(world, stop())
    assert world.reverts.made[0].parameters == {"Name": TRAIL.name}
    assert world.account.world[TRAIL].value(Part.LOGGING, ONLY) == "true"


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        pytest.param(attach(), 0, id="of a user"),
        pytest.param(stop(), 1, id="of a trail"),
    ],
)
def test_after_the_undo_of_a_trail_the_account_is_read(made: Change, asked: int) -> None:
    world = World()
    incident = evaluate_quietly(world, made)
    undo(incident.id, world.undoing())
    assert world.sweeps.requested == asked
