"""The stacks of one account: which the settings ask for, where they go, and what is said of it."""

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Annotations, Match

from lambdas.settings import from_context
from stacks.account import account
from stacks.home import HomeStack
from tests.stacks.synthesized import app_with


def deployed(snapback: dict[str, Any]) -> tuple[App, HomeStack]:
    app = app_with(snapback)
    return app, account(app, from_context(app.node.try_get_context("snapback")))


@pytest.mark.parametrize(
    ("snapback", "stacks"),
    [
        pytest.param({}, {"Snapback": "us-east-1"}, id="by default the home stack alone"),
        pytest.param(
            {"regions": ["eu-west-1", "us-west-2"]},
            {
                "Snapback": "us-east-1",
                "Snapback-eu-west-1": "eu-west-1",
                "Snapback-us-west-2": "us-west-2",
            },
            id="one more for each further region",
        ),
        pytest.param(
            {"homeRegion": "us-gov-west-1", "createTrail": True},
            {"Snapback": "us-gov-west-1", "SnapbackTrail": "us-gov-west-1"},
            id="a trail's, at home",
        ),
    ],
)
def test_the_settings_say_which_stacks_there_are(
    snapback: dict[str, Any], stacks: dict[str, str]
) -> None:
    app, _ = deployed(snapback)
    found = app.synth().stacks
    assert {each.stack_name: each.environment.region for each in found} == stacks


@pytest.mark.parametrize(
    ("home", "warned"), [("us-east-1", 0), ("us-gov-west-1", 1), ("cn-north-1", 1)]
)
def test_what_is_not_confirmed_of_a_partition_is_said(home: str, warned: int) -> None:
    _, stack = deployed({"homeRegion": home})
    says = Match.string_like_regexp(f"homeRegion is {home}: .* is not confirmed")
    assert len(Annotations.from_stack(stack).find_warning("*", says)) == warned
