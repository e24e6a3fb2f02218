"""A trail that was deleted is told of, made again as it was, and only if nobody else has done so.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html
"""

from dataclasses import replace

import pytest

from lambdas.calls.selectors import canonical
from lambdas.model.change import Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.incident import Alert, Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import CallFailedError
from lambdas.service.undo import undo
from lambdas.service.undoing import SubjectNotReadError
from tests.service.world import AT, TRAIL, World, change, state

TRANSIENT = {"transient": True, "gone": False}
DELETED = change(
    "DeleteTrail",
    TRAIL,
    source="cloudtrail.amazonaws.com",
    family=Family.TRAIL,
    lifecycle=Lifecycle.DELETED,
)
WITHOUT_KMS = canonical([{"ExcludeManagementEventSources": ["kms.amazonaws.com"]}])
INSIGHTS = canonical([{"InsightType": "ApiCallRateInsight"}])
FORMER = state(
    TRAIL,
    settings={
        "S3BucketName": "logs",
        "IsMultiRegionTrail": "true",
        "IncludeGlobalServiceEvents": "true",
        "EnableLogFileValidation": "true",
        "IsOrganizationTrail": "false",
    },
    tags={"team": "security", "aws:cloudformation:stack-name": "audit"},
    logging={ONLY: "true"},
    **{Part.SELECTORS: {"EventSelectors": WITHOUT_KMS}, Part.INSIGHTS: {ONLY: INSIGHTS}},
)
OPERATIONS = ["CreateTrail", "PutEventSelectors", "PutInsightSelectors", "StartLogging"]


@pytest.fixture
def world() -> World:
    world = World()
    world.account.have(FORMER)
    world.records.history = [FORMER]
    return world


def judged(world: World) -> Incident:
    incident = evaluate(world.happens(DELETED), world.evaluation())
    assert incident.undoes, incident.held
    world.alerts.sent.clear()
    return incident


def ends(world: World, incident: Incident, **last_try: bool) -> Outcome:
    return undo(incident.id, world.undoing(**last_try)).outcome


def made(world: World) -> list[str]:
    return [call.operation for call in world.reverts.made]


def made_again(**parts: dict[str, str]) -> State:
    """The trail made again by somebody else, of which these parts differ."""
    return replace(FORMER, parts={**FORMER.parts, **{Part(part): h for part, h in parts.items()}})


class TestTold:
    def test_it_is_critical_and_the_calls_stand_in_the_mail(self, world: World) -> None:
        incident = evaluate(world.happens(DELETED), world.evaluation())
        assert (incident.verdict.severity, incident.alert) == (Severity.CRITICAL, Alert.SENT)
        assert [call.operation for call in incident.revert] == OPERATIONS
        [mail] = world.alerts.sent
        assert "was deleted" in mail.body
        assert "aws cloudtrail create-trail --name audit --s3-bucket-name logs" in mail.body

    def test_one_of_which_nothing_is_known_is_told_and_not_undone(self, world: World) -> None:
        world.records.history = []
        incident = evaluate(world.happens(DELETED), world.evaluation())
        assert (incident.verdict.severity, incident.undoes) == (Severity.CRITICAL, False)
        assert incident.held == "what was there before is not known: no state was read before"

    def test_one_that_did_not_log_is_recorded(self, world: World) -> None:
        world.records.history = [made_again(logging={ONLY: "false"})]
        incident = evaluate(world.happens(DELETED), world.evaluation())
        assert (incident.alert, incident.undoes) == (Alert.NONE, False)

    def test_its_former_state_does_not_join_the_history_anew(self, world: World) -> None:
        judged(world)
        assert world.records.history == [FORMER]


class TestRestored:
    def test_it_is_as_it_was_but_for_the_tags_that_aws_sets(self, world: World) -> None:
        outcome = ends(world, judged(world))
        assert (outcome.ending, made(world)) == (Ending.RESTORED, OPERATIONS)
        now = world.account.world[TRAIL].parts
        assert now == {**FORMER.parts, Part.TAGS: {"team": "security"}}
        assert outcome.says == f"{TRAIL} is as it was before the change"
        assert world.subjects() == ["RESTORED"]

    def test_what_it_is_then_joins_the_history(self, world: World) -> None:
        ends(world, judged(world))
        assert world.records.history[-1].as_of > AT
        assert world.records.history[-1].parts == world.account.world[TRAIL].parts

    def test_a_second_try_makes_what_the_first_could_not(self, world: World) -> None:
        incident = judged(world)
        make = world.reverts.make

        def throttled(call: Call) -> None:
            if call.operation == "PutEventSelectors":
                raise CallFailedError(call, "ThrottlingException: slow down", **TRANSIENT)
            make(call)

        world.reverts.make = throttled
        with pytest.raises(CallFailedError):
            ends(world, incident)
        assert made(world) == ["CreateTrail"]
        world.reverts.make = make
        assert ends(world, incident).ending is Ending.RESTORED
        assert made(world) == OPERATIONS

    def test_a_run_that_died_after_its_calls_says_what_they_restored(self, world: World) -> None:
        incident = judged(world)
        world.records.failing = {"save"}
        with pytest.raises(TimeoutError):
            ends(world, incident)
        assert ends(world, incident).ending is Ending.RESTORED
        assert made(world) == OPERATIONS

    def test_a_failed_read_is_tried_again(self, world: World) -> None:
        incident = judged(world)
        world.account.unreadable = {TRAIL: 99}
        with pytest.raises(SubjectNotReadError):
            ends(world, incident)
        world.account.unreadable = {}
        assert ends(world, incident).ending is Ending.RESTORED


class TestNotRestored:
    @pytest.mark.parametrize("effect", [True, False], ids=["made", "without effect"])
    def test_one_that_is_still_absent_is_a_failure(self, world: World, effect: bool) -> None:
        incident = judged(world)
        world.reverts.effect = effect
        if effect:
            world.reverts.make = lambda _: world.account.world.pop(TRAIL, None)
        outcome = ends(world, incident)
        assert outcome.ending is Ending.FAILED
        assert len(outcome.commands) == len(OPERATIONS)
        assert world.subjects() == ["CRITICAL: UNDO FAILED"]

    def test_one_that_is_back_already(self, world: World) -> None:
        incident = judged(world)
        world.account.have(FORMER)
        assert ends(world, incident).ending is Ending.ALREADY_GONE
        assert (made(world), world.subjects()) == ([], ["ALREADY GONE"])

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param(made_again(settings={"S3BucketName": "elsewhere"}), id="another bucket"),
            pytest.param(made_again(logging={ONLY: "false"}), id="not logging"),
        ],
    )
    def test_one_that_somebody_made_again_in_another_way(self, world: World, other: State) -> None:
        incident = judged(world)
        world.account.have(other)
        assert ends(world, incident).ending is Ending.OVERTAKEN
        assert (made(world), world.subjects()) == ([], ["OVERTAKEN"])

    def test_one_that_is_made_differently_while_it_is_undone(self, world: World) -> None:
        incident = judged(world)
        make = world.reverts.make

        def make_and_redirect(call: Call) -> None:
            make(call)
            world.account.edit(TRAIL, Edit(Part.SETTINGS, "S3BucketName", "elsewhere"))

        world.reverts.make = make_and_redirect
        assert ends(world, incident).ending is Ending.FAILED

    @pytest.mark.parametrize("last_try", [True, False])
    def test_one_that_is_there_and_was_not_read_in_full(self, world: World, last_try: bool) -> None:
        incident = judged(world)
        world.account.have(FORMER)
        world.account.unread_parts = frozenset({Part.SETTINGS})
        if not last_try:
            with pytest.raises(SubjectNotReadError):
                ends(world, incident)
        else:
            assert ends(world, incident, last_try=True).ending is Ending.FAILED
        assert made(world) == []

    def test_an_organisations_trail(self, world: World) -> None:
        settings = {**FORMER.parts[Part.SETTINGS], "IsOrganizationTrail": "true"}
        world.records.history = [made_again(settings=settings)]
        incident = evaluate(world.happens(DELETED), world.evaluation())
        assert isinstance(incident.revert, Irreversible)
        assert incident.held == incident.revert.reason
