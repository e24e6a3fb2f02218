"""A watch as it is, beside what the deployed template says of it."""

import json
from typing import Any

import pytest

from cli.doctor.sensor import StackSensor
from lambdas.model.deployed import SeenWatch
from tests.cli.doctor.examining import examined

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:evaluate"
PATTERN = {"source": ["aws.iam"], "account": [{"Ref": "AWS::AccountId"}]}
MEANT = {"source": ["aws.iam"], "account": ["123456789012"]}
TARGET = {"Id": "Target0", "Arn": {"Fn::GetAtt": ["Evaluate", "Arn"]}}


def seen(
    rule: dict[str, Any], *targets: str, asked: Any = PATTERN, bus: str | None = None
) -> SeenWatch:
    """The one watch of a stack; what is asked of AWS must name its bus."""
    named = {"EventBusName": bus} if bus else {}

    def described(Name: str, **on: str) -> Any:  # noqa: N803 - boto3's
        assert (Name, on) == ("changes", named)
        return {"State": "ENABLED", **rule}

    def targeted(Rule: str, **on: str) -> Any:  # noqa: N803 - boto3's
        assert (Rule, on) == ("changes", named)
        return {"Targets": [{"Arn": each} for each in targets]}

    properties = {"EventPattern": asked, "Targets": [TARGET]}
    if asked is None:
        properties.pop("EventPattern")
    resources = {
        "Evaluate": ("AWS::Lambda::Function", "evaluate", {}),
        "Rule": ("AWS::Events::Rule", f"{bus}|changes" if bus else "changes", properties),
    }
    of = examined(resources, describe_rule=described, list_targets_by_rule=targeted)
    [watch] = StackSensor(of).watches()
    return watch


WELL = {
    "as it was deployed": ({"EventPattern": json.dumps(MEANT)}, {}),
    "on a bus of its own": ({"EventPattern": json.dumps(MEANT)}, {"bus": "Snapback"}),
    "by a schedule": ({}, {"asked": None}),
}


@pytest.mark.parametrize(("rule", "more"), WELL.values(), ids=WELL)
def test_a_watch_is_well(rule: dict[str, Any], more: dict[str, Any]) -> None:
    watch = seen(rule, FUNCTION, **more)
    assert (watch.state, watch.targets, watch.meant) == ("ENABLED", (FUNCTION,), None)


@pytest.mark.parametrize("rule", [{"EventPattern": '{"source":["aws.s3"]}'}, {}])
def test_what_a_watch_should_ask_for_is_said_where_it_asks_for_something_else(
    rule: dict[str, Any],
) -> None:
    assert json.loads(seen(rule, FUNCTION).meant or "") == MEANT


def test_another_target_is_none() -> None:
    theirs = FUNCTION.replace("123456789012", "999988887777")
    assert seen({"EventPattern": json.dumps(MEANT)}, theirs).targets == ()
