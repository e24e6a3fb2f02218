from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.change import Change, Edit
from lambdas.model.decision import Acceptance, Expectation, finding_key
from lambdas.model.family import Family
from lambdas.model.finding import Certainty
from lambdas.model.fingerprint import call_fingerprint, event_fingerprint, own_fingerprints
from lambdas.model.incident import Alert, Ending, Incident, Outcome
from lambdas.model.problem import Problem
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.past import CONSISTENT
from lambdas.service.ports import AlertNotSentError, HeldError
from lambdas.service.refresh import refresh
from tests.service.fakes import LEASE
from tests.service.world import (
    ADMIN,
    ALICE,
    ALL,
    AT,
    OURSELVES,
    PIPELINE,
    READ,
    READER,
    World,
    attach,
    change,
    evaluate_quietly,
    put,
    state,
    stop,
    user,
)

DETACH = Call(
    service="iam",
    operation="DetachUserPolicy",
    parameters={"UserName": "alice", "PolicyArn": ADMIN.name},
    region="us-east-1",
)


@pytest.fixture
def world() -> World:
    return World()


def test_a_harmless_grant_is_recorded_and_not_mailed(world: World) -> None:
    incident = evaluate(world.happens(put(READ)), world.evaluation())
    assert (incident.alert, incident.held) == (
        Alert.NONE,
        "nothing was found that calls for an undo",
    )
    assert (world.alerts.sent, world.undos.requested) == ([], [])
    assert list(world.records.incidents.values()) == [incident]


def test_administrator_is_told_and_its_undo_asked_for(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    assert (incident.verdict.severity, incident.held) == (Severity.CRITICAL, None)
    assert incident.affected == (ALICE,)
    assert incident.revert == (DETACH,)
    assert incident.alert is Alert.SENT
    assert world.subjects() == ["CRITICAL"]
    assert world.undos.requested == [incident.id]


def test_a_stopped_trail_affects_no_principal(world: World) -> None:
    incident = evaluate(world.happens(stop()), world.evaluation())
    assert (incident.verdict.severity, incident.affected) == (Severity.CRITICAL, ())
    assert [call.operation for call in incident.revert] == ["StartLogging"]
    assert world.undos.requested == [incident.id]


def test_what_was_there_before_is_not_told_again(world: World) -> None:
    world.records.history = [world.happens(attach()).applied_to(user())]
    incident = evaluate(attach(), world.evaluation())
    assert (incident.verdict.findings, incident.revert) == ((), ())
    assert world.alerts.sent == []


def test_a_state_that_stays_joins_the_history(world: World) -> None:
    made = world.happens(attach(actor=PIPELINE))
    evaluate(made, world.evaluation())
    assert made.shown_by(world.records.history[-1])
    assert world.records.history[-1].as_of == AT


def test_a_state_that_is_to_be_undone_does_not_join_the_history(world: World) -> None:
    made = world.happens(attach())
    evaluate(made, world.evaluation())
    assert not any(made.shown_by(each) for each in world.records.history)


class TestCopiesOfOneEvent:
    def test_a_duplicate_gives_one_alert_and_one_undo(self, world: World) -> None:
        made = world.happens(attach())
        first, *others = [evaluate(made, world.evaluation()) for _ in range(3)]
        assert (first is not None, others) == (True, [None, None])
        assert len(world.alerts.sent) == len(world.undos.requested) == 1

    def test_a_copy_at_the_same_moment_waits_and_then_does_nothing(self, world: World) -> None:
        made = world.happens(attach())
        name = f"change#{made.event_id}"
        world.records.claim(name)
        world.clock.meanwhile = [lambda: None, lambda: world.records.finish(name)]
        assert evaluate(made, world.evaluation()) is None
        assert (world.alerts.sent, world.undos.requested) == ([], [])

    def test_a_copy_of_one_that_comes_to_no_end_is_tried_again_later(self, world: World) -> None:
        made = world.happens(attach())
        world.records.claim(f"change#{made.event_id}")
        with pytest.raises(HeldError):
            evaluate(made, world.evaluation())
        assert world.alerts.sent == []

    def test_a_run_that_died_after_its_claim_is_taken_up(self, world: World) -> None:
        made = world.happens(attach())
        world.records.claim(f"change#{made.event_id}")
        world.clock.moment += LEASE * 1.01
        incident = evaluate(made, world.evaluation())
        assert world.undos.requested == [incident.id]
        assert len(world.alerts.sent) == 1

    @pytest.mark.parametrize(
        ("dies_at", "alerts"),
        [
            pytest.param("save", 2, id="before it noted the alert: told twice rather than never"),
            pytest.param("finish", 1, id="after it noted the alert: told once"),
        ],
    )
    def test_a_run_that_dies_is_repeated_and_loses_nothing(
        self, world: World, dies_at: str, alerts: int
    ) -> None:
        made = world.happens(attach())
        world.records.failing = {dies_at}
        with pytest.raises(TimeoutError):
            evaluate(made, world.evaluation())
        world.clock.moment += LEASE * 1.01
        incident = evaluate(made, world.evaluation())
        assert incident.id in world.undos.requested
        assert len(world.alerts.sent) == alerts

    def test_a_run_taken_up_after_the_undo_asks_for_no_other(self, world: World) -> None:
        made = world.happens(attach())
        world.records.failing = {"finish"}
        with pytest.raises(TimeoutError):
            evaluate(made, world.evaluation())
        [incident] = world.records.incidents.values()
        world.records.save(incident.ended(Outcome(ending=Ending.RESTORED, says="x", at=AT)))
        world.clock.moment += LEASE * 1.01
        evaluate(made, world.evaluation())
        assert world.undos.requested == [incident.id]


class TestMailThatFails:
    def test_the_undo_is_asked_for_all_the_same_and_the_alert_is_owed(self, world: World) -> None:
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            evaluate(world.happens(attach()), world.evaluation())
        [incident] = world.records.incidents.values()
        assert incident.alert is Alert.OWED
        assert world.undos.requested == [incident.id]

    def test_the_retry_sends_it_once(self, world: World) -> None:
        made = world.happens(attach())
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            evaluate(made, world.evaluation())
        incident = evaluate(made, world.evaluation())
        assert evaluate(made, world.evaluation()) is None
        assert incident.alert is Alert.SENT
        assert len(world.alerts.sent) == 1


class TestWhatIsNotKnown:
    def test_before_unknown_is_told_and_not_undone(self, world: World) -> None:
        world.records.history.clear()
        incident = evaluate(world.happens(attach()), world.evaluation())
        assert incident.verdict.severity is Severity.CRITICAL
        assert incident.held == "what was there before is not known: no state was read before"
        assert world.undos.requested == []
        assert len(world.alerts.sent) == 1

    def test_an_unknown_target_is_grave_told_and_not_undone(self, world: World) -> None:
        problem = Problem("the target is unknown: requestParameters is missing or null")
        made = change("AttachUserPolicy", None, problems=(problem,))
        incident = evaluate(made, world.evaluation())
        assert incident.verdict.severity is Severity.HIGH
        assert incident.revert == Irreversible("the event does not say what was changed")
        assert world.subjects() == ["HIGH"]
        assert (world.undos.requested, world.account.reads) == ([], [])

    def test_a_user_that_cannot_be_read_is_told_from_the_event(self, world: World) -> None:
        world.account.unreadable = {ALICE: 99}
        incident = evaluate(world.happens(attach()), world.evaluation())
        assert incident.verdict.severity is Severity.CRITICAL
        assert "Throttling" in " ".join(problem.says for problem in incident.verdict.problems)
        assert world.undos.requested == []

    def test_policies_that_were_not_read_before_are_not_empty(self, world: World) -> None:
        world.records.history = [replace(user(), parts={Part.INLINE: {}})]
        incident = evaluate(world.happens(attach()), world.evaluation())
        assert incident.revert == Irreversible("what was there before was not read in full")
        assert len(world.alerts.sent) == 1

    def test_reads_that_lag_are_repeated_until_they_show_the_change(self, world: World) -> None:
        made = world.happens(attach())
        world.account.lag = 2
        incident = evaluate(made, world.evaluation())
        assert len(world.clock.slept) == 2
        assert incident.verdict.problems == ()
        assert world.undos.requested == [incident.id]

    def test_reads_that_lag_for_good_have_the_event_laid_over_them(self, world: World) -> None:
        made = world.happens(attach())
        world.account.lag = 99
        incident = evaluate(made, world.evaluation())
        assert incident.verdict.severity is Severity.CRITICAL
        assert [problem.severity for problem in incident.verdict.problems] == [Severity.LOW]
        assert incident.revert == (DETACH,)
        assert not any(made.shown_by(state) for state in world.records.history)

    def test_a_deleted_user_is_judged_by_the_event(self, world: World) -> None:
        made = world.happens(attach())
        del world.account.world[ALICE]
        incident = evaluate(made, world.evaluation())
        assert incident.verdict.severity is Severity.CRITICAL
        assert "is not to be found" in " ".join(each.says for each in incident.verdict.problems)
        assert world.undos.requested == []

    @pytest.mark.parametrize(
        "document",
        [
            pytest.param(ALL[:40], id="a document that was cut"),
            pytest.param("HIDDEN_DUE_TO_SECURITY_REASONS", id="a document that was hidden"),
            pytest.param("[" * 100_000, id="a document of brackets"),
            pytest.param('{"Statement": 7}', id="a document that is no policy"),
        ],
    )
    def test_an_unreadable_document_is_grave(self, world: World, document: str) -> None:
        incident = evaluate(world.happens(put(document)), world.evaluation())
        assert incident.verdict.severity is Severity.HIGH
        assert len(world.alerts.sent) == 1


@given(st.text(min_size=1), st.text(min_size=1))
def test_whatever_is_written_is_judged_and_recorded(name: str, document: str) -> None:
    world = World()
    edit = Edit(Part.INLINE, name, document)
    incident = evaluate(world.happens(change("PutUserPolicy", ALICE, edit)), world.evaluation())
    assert world.records.incidents == {incident.id: incident}
    assert incident.verdict.severity.mailed == bool(world.alerts.sent)


class TestCallsOutsideTheCatalogue:
    def test_a_call_on_a_user_is_recorded_and_his_history_refreshed(self, world: World) -> None:
        problem = Problem("iam:RenameUser is not in the catalogue", Severity.LOW)
        world.account.edit(ALICE, Edit(Part.TAGS, "team", "blue"))
        incident = evaluate(change("RenameUser", ALICE, problems=(problem,)), world.evaluation())
        assert (incident.verdict.severity, incident.alert) == (Severity.LOW, Alert.NONE)
        assert world.records.history[-1].as_of == world.clock.now()
        assert world.records.history[-1].as_of >= AT + CONSISTENT, "read when IAM shows it"
        assert world.undos.requested == []

    def test_what_a_call_on_a_user_did_is_for_a_sweep_to_judge(self, world: World) -> None:
        world.account.edit(ALICE, Edit(Part.INLINE, "work", ALL))
        evaluate(change("RenameUser", ALICE), world.evaluation())
        [suspicion] = world.records.suspected.values()
        assert suspicion.former == user().as_of
        world.clock.sleep(3600)
        refresh(States(dict(world.account.world)), world.sweeping())
        assert world.subjects() == ["CRITICAL"]

    def test_a_call_on_a_user_that_changed_nothing_makes_nobody_suspect(self, world: World) -> None:
        evaluate(change("RenameUser", ALICE), world.evaluation())
        assert world.records.suspected == {}

    def test_a_call_on_nothing_known_is_recorded(self, world: World) -> None:
        problem = Problem("iam:RenameRole is not in the catalogue", Severity.LOW)
        incident = evaluate(change("RenameRole", None, problems=(problem,)), world.evaluation())
        assert incident.revert == Irreversible("iam:RenameRole is not in the catalogue")
        assert incident.verdict.severity is Severity.LOW

    def test_a_call_on_a_user_who_is_gone_since_remembers_nothing(self, world: World) -> None:
        bob = Subject(Kind.USER, "bob")
        known = len(world.records.history)
        incident = evaluate(change("RenameUser", bob), world.evaluation())
        assert incident.alert is Alert.NONE
        assert len(world.records.history) == known


class TestOwnCalls:
    @pytest.fixture
    def undone(self, world: World) -> Incident:
        """An incident whose undo is about to detach the policy."""
        incident = evaluate_quietly(world, attach())
        world.records.plan(incident.id, [call_fingerprint(DETACH)])
        return incident

    def call(self, world: World, seconds: int = 0, **changed: Any) -> Change:
        """The call of the plan, as its event tells of it."""
        by = {"actor": OURSELVES, "fingerprint": call_fingerprint(DETACH), **changed}
        at = world.clock.moment.replace(microsecond=0) + timedelta(seconds=seconds)
        return change("DetachUserPolicy", ALICE, event_id="own", at=at, **by)

    def test_a_planned_call_is_recorded_quietly(self, world: World, undone: Incident) -> None:
        incident = evaluate(self.call(world), world.evaluation())
        assert incident.held == f"Snapback's own call, planned in incident {undone.id}"
        assert (incident.verdict.severity, incident.planned_by) == (Severity.INFO, undone.id)
        assert world.alerts.sent == []

    def test_a_planned_call_whose_event_comes_late_is_known_again(
        self, world: World, undone: Incident
    ) -> None:
        made = self.call(world)
        world.clock.moment += timedelta(hours=20)
        world.records.plan("another", [call_fingerprint(DETACH)])
        assert evaluate(made, world.evaluation()).planned_by == undone.id

    def test_a_planned_call_by_somebody_else_is_judged(
        self, world: World, undone: Incident
    ) -> None:
        made = attach(fingerprint=call_fingerprint(DETACH), event_id="again")
        assert evaluate(world.happens(made), world.evaluation()).planned_by is None

    @pytest.mark.parametrize("seconds", [120, 86_400])
    def test_the_same_call_again_after_its_undo_is_in_no_plan(
        self, world: World, undone: Incident, seconds: int
    ) -> None:
        incident = evaluate(self.call(world, seconds), world.evaluation())
        assert incident.verdict.findings[0].rule == "own-role-misused"
        assert incident.planned_by is None
        assert world.subjects() == ["CRITICAL"]

    @pytest.mark.parametrize("held", [None, "it is trusted"], ids=["missing", "held"])
    def test_a_plan_of_an_incident_that_is_not_undone_is_none(
        self, world: World, undone: Incident, held: str | None
    ) -> None:
        if held is None:
            del world.records.incidents[undone.id]
        else:
            world.records.incidents[undone.id] = replace(undone, held=held)
        evaluate(self.call(world), world.evaluation())
        assert world.subjects() == ["CRITICAL"]

    def test_a_call_that_was_not_planned_is_the_loudest_alarm(self, world: World) -> None:
        incident = evaluate(world.happens(attach(READER, actor=OURSELVES)), world.evaluation())
        [finding] = incident.verdict.findings
        assert (finding.rule, finding.severity, finding.certainty) == (
            "own-role-misused",
            Severity.CRITICAL,
            Certainty.CERTAIN,
        )
        assert world.subjects() == ["CRITICAL"]

    def test_nobody_can_agree_to_a_misuse_of_it(self, world: World) -> None:
        first = evaluate(world.happens(attach(READER, actor=OURSELVES)), world.evaluation())
        world.decisions.accept(
            Acceptance(
                incident=first.id,
                by="user olga",
                at=world.clock.now(),
                unique_id="ID-alice",
                findings=tuple(map(finding_key, first.verdict.findings)),
                edits=first.change.edits,
            )
        )
        again = attach(READER, actor=OURSELVES, event_id="again")
        evaluate(world.happens(again), world.evaluation())
        assert world.subjects() == ["CRITICAL", "CRITICAL"]

    def test_nobody_can_announce_a_misuse_of_it(self, world: World) -> None:
        world.decisions.expect(
            Expectation(
                by="user olga",
                at=AT - timedelta(minutes=1),
                until=AT + timedelta(minutes=1),
                principal=str(OURSELVES.arn),
                call="iam:AttachUserPolicy",
            )
        )
        evaluate(world.happens(attach(READER, actor=OURSELVES)), world.evaluation())
        assert world.subjects() == ["CRITICAL"]

    def omitted(self, world: World, **changed: Any) -> Change:
        """A call of our own role of which CloudTrail omitted with what it was made."""
        left_out = event_fingerprint("iam:PutUserPolicy", {"omitted": True, "originalSize": 131072})
        by = {"actor": OURSELVES, "fingerprint": left_out, "event_id": "own", **changed}
        return change("PutUserPolicy", None, at=world.clock.moment.replace(microsecond=0), **by)

    def long(self, world: World, incident: Incident, spaces: int = 131_000) -> None:
        """The undo of that incident is about to put back a text as long."""
        given = {"UserName": "alice", "PolicyDocument": " " * spaces}
        call = Call(service="iam", operation="PutUserPolicy", parameters=given, region="us-east-1")
        world.records.plan(incident.id, own_fingerprints(call))

    def test_a_planned_call_of_which_cloudtrail_omitted_with_what_is_in_the_digest(
        self, world: World, undone: Incident
    ) -> None:
        self.long(world, undone)
        incident = evaluate(self.omitted(world), world.evaluation())
        [finding] = incident.verdict.findings
        assert (finding.rule, finding.severity) == ("own-call-omitted", Severity.LOW)
        assert incident.planned_by == undone.id
        assert world.alerts.sent == []

    @pytest.mark.parametrize(
        ("spaces", "seconds"),
        [
            pytest.param(100, 0, id="only a shorter one was planned"),
            pytest.param(131_000, 120, id="no run that planned it can still go on"),
        ],
    )
    def test_a_call_with_what_nobody_knows_is_the_loudest_alarm_without_such_a_plan(
        self, world: World, undone: Incident, spaces: int, seconds: int
    ) -> None:
        self.long(world, undone, spaces)
        world.clock.moment += timedelta(seconds=seconds)
        incident = evaluate(self.omitted(world), world.evaluation())
        assert incident.verdict.findings[0].rule == "own-role-misused"
        assert world.subjects() == ["CRITICAL"]

    def test_another_call_with_what_nobody_knows_is_not_the_planned_one(
        self, world: World, undone: Incident
    ) -> None:
        self.long(world, undone)
        left_out = event_fingerprint("iam:PutRolePolicy", {"omitted": True})
        made = replace(self.omitted(world, fingerprint=left_out), name="PutRolePolicy")
        evaluate(made, world.evaluation())
        assert world.subjects() == ["CRITICAL"]

    def test_where_nothing_is_undone_no_role_is_our_own(self, world: World) -> None:
        world.own_role = None
        evaluate(world.happens(attach(READER, actor=OURSELVES)), world.evaluation())
        assert world.alerts.sent == []


STAFF = Subject(Kind.GROUP, "staff")


def test_a_groups_change_is_judged_for_its_members_and_those_unread_are_none_of_them(
    world: World,
) -> None:
    bob, carol = Subject(Kind.USER, "bob"), Subject(Kind.USER, "carol")
    member = user(groups={"staff": "staff"})
    group = state(STAFF, attached={}, inline={})
    world.account.have(group, member, *(replace(member, subject=each) for each in (bob, carol)))
    world.records.remember((group,))
    world.account.unreadable = {carol: 9}
    made = change(
        "AttachGroupPolicy",
        STAFF,
        Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess"),
        family=Family.MANAGED_POLICY,
    )
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident.affected == (ALICE, bob, carol)
    assert [finding.principal for finding in incident.verdict.findings] == [ALICE, bob]
    assert any("user carol" in problem.says for problem in incident.verdict.problems)
    assert (incident.held, len(world.undos.requested)) == (None, 1)
