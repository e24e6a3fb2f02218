"""What is done to Snapback's own watches and functions, undone exactly; its roles never are."""

from dataclasses import replace

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.incident import Alert, Ending
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.service.by_hand import redo
from lambdas.service.evaluate import evaluate
from lambdas.service.undo import undo
from tests.service.world import MALLORY, SETTINGS, World, change, state

ARN = "arn:aws:{}:us-east-1:123456789012:{}"
WATCH = Subject(Kind.WATCH, ARN.format("events", "rule/Snapback-WatchesChangesiam"))
FUNCTION = Subject(Kind.FUNCTION, ARN.format("lambda", "function:Snapback-SweepFunction"))
TOPIC = Subject(Kind.TOPIC, ARN.format("sns", "Snapback-AlertsTopic"))
ROLE = Subject(Kind.ROLE, "Snapback-EvaluateRole")
TARGET = '{"Arn":"arn:aws:lambda:us-east-1:123456789012:function:Snapback-E","Id":"Target0"}'
OTHER = '{"Arn":"arn:aws:sqs:us-east-1:123456789012:thiefs","Id":"Target0"}'
THERE = (
    '{"Arn":"arn:aws:events:us-east-1:123456789012:event-bus/default","Id":"Target0",'
    '"RoleArn":"arn:aws:iam::123456789012:role/Snapback-eu-west-1-Forward"}'
)
DISABLED = Edit(Part.STATE, ONLY, "DISABLED")


def on(subject: Subject, name: str, *edits: Edit) -> Change:
    source = f"{subject.name.split(':')[2]}.amazonaws.com" if ":" in subject.name else "iam"
    return change(name, subject, *edits, source=source, family=Family.SELF, own=True)


def watch(status: str = "ENABLED", **targets: str) -> State:
    return state(WATCH, state={ONLY: status}, targets=targets or {"Target0": TARGET})


def function(reserved: str | None = None) -> State:
    return state(FUNCTION, concurrency={} if reserved is None else {ONLY: reserved})


UNDONE = {
    "disabled": (on(WATCH, "DisableRule", DISABLED), watch(), "EnableRule"),
    "without a target": (
        on(WATCH, "RemoveTargets", Edit(Part.TARGETS, "Target0", None)),
        watch(),
        "PutTargets",
    ),
    "with another target": (
        on(WATCH, "PutTargets", Edit(Part.TARGETS, "Target0", OTHER)),
        watch(),
        "PutTargets",
    ),
    "without concurrency": (
        on(FUNCTION, "PutFunctionConcurrency", Edit(Part.CONCURRENCY, ONLY, "0")),
        function(),
        "DeleteFunctionConcurrency",
    ),
    "with less concurrency": (
        on(FUNCTION, "PutFunctionConcurrency", Edit(Part.CONCURRENCY, ONLY, "0")),
        function(reserved="5"),
        "PutFunctionConcurrency",
    ),
}


def happened(world: World, made: Change, before: State) -> str:
    world.account.have(before)
    world.records.remember((before,))
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    return incident.id


@pytest.mark.parametrize(("made", "before", "operation"), UNDONE.values(), ids=UNDONE)
def test_it_is_put_back(made: Change, before: State, operation: str) -> None:
    world = World()
    id_ = happened(world, made, before)
    incident = undo(id_, world.undoing())
    assert incident is not None
    assert incident.outcome is not None
    assert incident.outcome.ending is Ending.RESTORED
    assert [call.operation for call in world.reverts.made] == [operation]
    assert world.account.world[before.subject].parts == before.parts


def test_a_target_that_is_reached_by_a_role_is_left_to_people() -> None:
    """Naming the role again is passing it, which no role of Snapback's may."""
    world = World()
    made = on(WATCH, "RemoveTargets", Edit(Part.TARGETS, "Target0", None))
    incident = world.records.incidents[happened(world, made, watch(Target0=THERE))]
    assert incident.held is not None
    assert incident.held.startswith("it names a role to EventBridge")
    assert isinstance(incident.revert, tuple)
    assert [call.operation for call in incident.revert] == ["PutTargets"]


def test_what_harms_nobody_by_itself_is_left_to_people() -> None:
    world = World()
    edit = Edit(Part.CONCURRENCY, ONLY, None)
    id_ = happened(world, on(FUNCTION, "DeleteFunctionConcurrency", edit), function("5"))
    incident = world.records.incidents[id_]
    assert incident.verdict.severity is Severity.LOW
    assert incident.revert == (
        Call(
            service="lambda",
            operation="PutFunctionConcurrency",
            parameters={
                "FunctionName": "Snapback-SweepFunction",
                "ReservedConcurrentExecutions": 5,
            },
            region="us-east-1",
        ),
    )


def test_what_is_like_that_already_is_no_tampering() -> None:
    world = World()
    id_ = happened(world, on(WATCH, "DisableRule", DISABLED), watch("DISABLED"))
    assert world.records.incidents[id_].verdict.findings == ()


def test_what_was_not_known_before_is_told_and_left_to_people() -> None:
    world = World()
    world.account.have(watch())
    made = on(WATCH, "DisableRule", DISABLED)
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    assert incident.verdict.severity is Severity.CRITICAL
    assert isinstance(incident.revert, Irreversible)


def test_a_person_does_not_disable_a_watch_again() -> None:
    world = World()
    id_ = happened(world, on(WATCH, "DisableRule", DISABLED), watch())
    undo(id_, world.undoing())
    made = redo(world.records.incidents[id_], world.undoing())
    assert made == Irreversible("Snapback never disables a watch of its own")


def test_a_person_can_give_the_other_target_again() -> None:
    world = World()
    edit = Edit(Part.TARGETS, "Target0", OTHER)
    id_ = happened(world, on(WATCH, "PutTargets", edit), watch())
    undo(id_, world.undoing())
    made = redo(world.records.incidents[id_], world.undoing())
    assert isinstance(made, tuple)
    assert [call.operation for call in made] == ["PutTargets"]


def test_of_what_is_not_read_the_event_tells_all() -> None:
    world = World()
    edit = Edit(Part.SETTINGS, "attributeName", "Policy")
    made = on(TOPIC, "SetTopicAttributes", edit)
    for number in (1, 2):
        world.account.have(state(TOPIC))
        incident = evaluate(
            world.happens(replace(made, event_id=f"event-{number}")), world.evaluation()
        )
        assert incident is not None
        assert (incident.verdict.problems, incident.verdict.severity) == ((), Severity.HIGH)
    assert world.records.before(TOPIC.name, world.clock.now()) is not None


def test_a_role_of_snapbacks_own_is_left_to_people() -> None:
    world = World()
    before = state(ROLE, "AROAOWN", tags={})
    world.account.have(before)
    world.records.remember((before,))
    made = change("TagRole", ROLE, Edit(Part.TAGS, "a", "b"), own=True)
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    assert incident.held == (
        "role Snapback-EvaluateRole is Snapback's own, which no undo may touch: "
        "`snapback doctor` says what puts it back, or deploy Snapback again with `snapback deploy "
        "--revert-drift`"
    )


def test_what_a_deployer_does_to_a_part_is_not_undone() -> None:
    settings = replace(SETTINGS, deploy_actors=("arn:*:iam::*:role/cdk-*",))
    deployer = replace(MALLORY, arn="arn:aws:iam::123456789012:role/cdk-exec")
    world = World(settings=settings)
    made = replace(on(WATCH, "DisableRule", DISABLED), actor=deployer)
    incident = world.records.incidents[happened(world, made, watch())]
    assert incident.held == "arn:aws:iam::123456789012:role/cdk-exec is listed in deployActors"
    assert incident.alert is Alert.GATHERED
