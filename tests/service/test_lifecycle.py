import operator
from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.finding import Finding
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service.evaluate import evaluate
from lambdas.service.undo import undo
from tests.service.world import ACCOUNT, ADMIN, ALICE, ALL, AT, World, change, state, user

BOB, BUILD = Subject(Kind.USER, "bob"), Subject(Kind.ROLE, "build")
OPS = Subject(Kind.GROUP, "ops")
DEPLOY = Subject(Kind.POLICY, f"arn:aws:iam::{ACCOUNT}:policy/Deploy")
TRUST = (
    '{"Version":"2012-10-17","Statement":'
    '{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"%s"}}}'
)
call = operator.attrgetter("name")
GRAVE = Verdict((Finding(rule="any", says="it is grave", severity=Severity.HIGH),))


@pytest.fixture
def world() -> World:
    return World()


def made_role(principal: str) -> Change:
    trust = Edit(Part.TRUST, ONLY, TRUST % principal, fresh=True)
    return change("CreateRole", BUILD, trust)


def linked(name: str) -> Change:
    """A call on a role that a service has for itself, and that may do everything."""
    return change(name, Subject(Kind.ROLE, "AWSServiceRoleForSupport"))


def made_policy(document: str = ALL) -> Change:
    version = Edit(Part.VERSIONS, "v1", document, fresh=True)
    return change("CreatePolicy", DEPLOY, version, Edit(Part.DEFAULT, ONLY, "v1", fresh=True))


def key(status: str = "Active") -> Change:
    return change("CreateAccessKey", ALICE, Edit(Part.ACCESS_KEYS, "AKIA1", status, fresh=True))


def decided(world: World, made: Change) -> Incident:
    """The incident as if a person had decided that its change is to be undone."""
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    incident = replace(incident, held=None, verdict=GRAVE)
    world.records.save(incident)
    world.alerts.sent.clear()
    return incident


def ends(world: World, incident: Incident, **last_try: bool) -> Outcome:
    outcome = undo(incident.id, world.undoing(**last_try)).outcome
    assert outcome is not None
    return outcome


class TestCreated:
    @pytest.mark.parametrize(
        "made",
        [
            change("CreateUser", BOB),
            change("CreateGroup", OPS),
            made_policy(),
            made_role(f"arn:aws:iam::{ACCOUNT}:root"),
        ],
        ids=lambda made: made.name,
    )
    def test_what_starts_with_nothing_risky_is_recorded(self, world: World, made: Change) -> None:
        incident = evaluate(world.happens(made), world.evaluation())
        assert (incident.verdict.findings, incident.verdict.problems) == ((), ())
        assert world.alerts.sent == []

    def test_nothing_was_there_before_and_that_is_known(self, world: World) -> None:
        made = made_role("arn:aws:iam::999999999999:root")
        incident = evaluate(world.happens(made), world.evaluation())
        [finding] = incident.verdict.findings
        assert finding.says.startswith("role build can now be assumed from outside")
        assert isinstance(incident.revert, Irreversible)

    def test_one_that_iam_does_not_show_yet_is_judged_by_its_event(self, world: World) -> None:
        made = world.happens(change("CreateUser", BOB))
        world.account.lag = 9
        incident = evaluate(made, world.evaluation())
        assert [problem.severity for problem in incident.verdict.problems] == [Severity.LOW]

    @pytest.mark.parametrize("made", [change("CreateGroup", OPS), made_policy()], ids=call)
    def test_what_harms_nobody_by_itself_is_left_to_a_person(
        self, world: World, made: Change
    ) -> None:
        outcome = ends(world, decided(world, made))
        assert (outcome.ending, world.reverts.made) == (Ending.ALERTED, [])

    def test_a_role_that_trusts_an_outsider_from_the_start_is_not_deleted(
        self, world: World
    ) -> None:
        made = world.happens(made_role("arn:aws:iam::999999999999:root"))
        incident = evaluate(made, world.evaluation())
        assert incident.held.startswith("deleting it would destroy")

    def test_who_holds_a_new_policy_and_was_administrator_before_gained_nothing(
        self, world: World
    ) -> None:
        held = {ADMIN.name: "AdministratorAccess", DEPLOY.name: "Deploy"}
        world.account.have(user(attached=held))
        incident = evaluate(world.happens(made_policy()), world.evaluation())
        assert (incident.affected, incident.verdict.findings) == ((ALICE,), ())

    def test_who_joined_a_new_group_and_was_administrator_before_gained_nothing(
        self, world: World
    ) -> None:
        held = {"attached": {ADMIN.name: "AdministratorAccess"}, "groups": {"ops": "ops"}}
        world.account.have(user(**held))
        incident = evaluate(world.happens(change("CreateGroup", OPS)), world.evaluation())
        assert (incident.affected, incident.verdict.findings) == ((ALICE,), ())

    def test_what_was_given_to_a_new_policy_later_is_not_its_makers_doing(
        self, world: World
    ) -> None:
        """Attached before the event was handled: that is another change, which is undone."""
        world.account.have(user(attached={DEPLOY.name: "Deploy"}))
        incident = evaluate(world.happens(made_policy()), world.evaluation())
        assert incident.verdict.severity is Severity.CRITICAL
        assert incident.held == "what was found comes from another change beside this one"

    def test_a_policy_attached_a_second_after_its_user_was_made_is_detached(
        self, world: World
    ) -> None:
        born = world.happens(change("CreateUser", BOB))
        edit = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")
        later = change("AttachUserPolicy", BOB, edit, at=AT + timedelta(seconds=1))
        world.happens(later)
        evaluate(born, world.evaluation())
        incident = evaluate(later, world.evaluation())
        assert incident.undoes, incident.held
        assert ends(world, incident).ending is Ending.RESTORED

    def test_whoever_is_bound_by_a_policy_that_is_made_is_free_without_it(
        self, world: World
    ) -> None:
        bounded = user(boundary={ONLY: DEPLOY.name}).released(DEPLOY)
        assert bounded.parts[Part.BOUNDARY] == {}
        assert user().released(DEPLOY) == user()


class TestRenamed:
    ALICIA = Subject(Kind.USER, "alicia")

    def renamed(self, world: World) -> Change:
        world.account.have(user(name={ONLY: "alice"}, path={ONLY: "/"}))
        world.records.history[:] = list(world.account.world.values())
        held = world.account.world.pop(ALICE)
        world.account.have(replace(held, subject=self.ALICIA))
        edits = (Edit(Part.PATH, ONLY, "/x/"), Edit(Part.NAME, ONLY, "alicia"))
        return change("UpdateUser", self.ALICIA, *edits)

    def test_it_is_recorded_and_its_revert_waits_for_a_person(self, world: World) -> None:
        incident = evaluate(world.happens(self.renamed(world)), world.evaluation())
        assert world.alerts.sent == []
        assert [dict(call.parameters) for call in incident.revert] == [
            {"UserName": "alicia", "NewPath": "/"},
            {"UserName": "alicia", "NewUserName": "alice"},
        ]

    def test_giving_a_name_back_is_for_a_person(self, world: World) -> None:
        incident = decided(world, self.renamed(world))
        outcome = ends(world, incident)
        assert (outcome.ending, world.reverts.made) == (Ending.ALERTED, [])


class TestServiceLinkedRoles:
    @pytest.fixture
    def role(self, world: World) -> State:
        made = linked("CreateServiceLinkedRole")
        role = state(
            made.subject, attached={ADMIN.name: "AdministratorAccess"}, inline={}, boundary={}
        )
        path = "aws-service-role/support.amazonaws.com"
        role = replace(role, arn=f"arn:aws:iam::{ACCOUNT}:role/{path}/{made.subject.name}")
        world.account.have(role)
        return role

    def test_one_is_made_with_all_that_it_has_and_nobody_gains(
        self, world: World, role: State
    ) -> None:
        incident = evaluate(linked("CreateServiceLinkedRole"), world.evaluation())
        assert (incident.affected, incident.verdict.problems) == ((), ())
        assert [found.rule for found in incident.verdict.findings] == ["service-linked-role"]
        remembered = [each for each in world.records.history if each.subject == role.subject]
        assert [each.parts for each in remembered] == [role.parts, role.parts]

    def test_a_deletion_that_is_asked_for_is_told_while_the_role_is_there(
        self, world: World, role: State
    ) -> None:
        incident = evaluate(linked("DeleteServiceLinkedRole"), world.evaluation())
        assert incident.affected == ()
        assert world.subjects() == ["MEDIUM"]
        assert isinstance(incident.revert, Irreversible)


class TestInstanceProfiles:
    WEB = Subject(Kind.INSTANCE_PROFILE, "web")

    def known(self, world: World, **parts: dict[str, str]) -> State:
        held = state(self.WEB, **{"role": {}, "path": {ONLY: "/"}, "tags": {}, **parts})
        world.account.have(held)
        world.records.history.append(held)
        return held

    def test_a_role_that_is_added_is_told_and_taken_out(self, world: World) -> None:
        self.known(world)
        edit = Edit(Part.ROLE, ONLY, "build", fresh=True)
        added = change("AddRoleToInstanceProfile", self.WEB, edit)
        world.account.have(
            state(
                BUILD,
                attached={ADMIN.name: "AdministratorAccess"},
                inline={},
                boundary={},
            )
        )
        incident = evaluate(world.happens(added), world.evaluation())
        assert world.subjects() == ["CRITICAL"]
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED
        assert world.account.world[self.WEB].parts[Part.ROLE] == {}

    def test_one_that_was_deleted_is_found_in_its_history_by_its_name(self, world: World) -> None:
        self.known(world, tags={"team": "red"})
        deleted = change("DeleteInstanceProfile", self.WEB)
        incident = evaluate(world.happens(deleted), world.evaluation())
        assert [each.operation for each in incident.revert] == ["CreateInstanceProfile"]
        assert incident.held == "nothing was found that calls for an undo"

    def test_one_that_was_just_made_has_no_role(self, world: World) -> None:
        made = change("CreateInstanceProfile", self.WEB, Edit(Part.PATH, ONLY, "/", fresh=True))
        world.account.have(state(self.WEB, role={}, path={ONLY: "/"}, tags={}))
        incident = evaluate(made, world.evaluation())
        born = next(each for each in world.records.history if each.subject == self.WEB)
        assert (incident.verdict.findings, born.parts[Part.ROLE]) == ((), {})
