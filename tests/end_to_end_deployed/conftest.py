"""One deployment's life, played once for the tests that ask what became of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from cli.company import ADMINISTRATOR, arrange
from cli.demo import RETRIES_IN_A_HURRY
from sandbox.account import Sandbox
from tests.end_to_end_deployed.checkout import Checkout

FIRST = {
    "alertEmails": ["security@example.com"],
    "response": {"default": "revert"},
}
SECOND = {
    **FIRST,
    "alertEmails": ["security@example.com", "more@example.com"],
    "trustedActors": ["arn:aws:iam::123456789012:role/deploy"],
    "quarantine": True,
    "undoLimits": {"perSubject": 5, "perAccount": 30},
}
SYNTHESIZED = {"CDK_APP": "cdk.out"}
"""What the command line takes in place of running app.py once more."""


@dataclass
class Life:
    """What was said at each step, and what the stack and the table held after it."""

    sandbox: Sandbox
    said: dict[str, str] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    items: dict[str, set[str]] = field(default_factory=dict)

    def step(self, name: str, said: str) -> None:
        self.said[name] = said
        client = self.sandbox.operator.client("cloudformation")
        found = client.describe_stack_resources(StackName="Snapback")["StackResources"]
        self.ids[name] = {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}
        events = client.describe_stack_events(StackName="Snapback")["StackEvents"]
        self.events[name] = len(events)
        self.items[name] = self.remembered()

    def remembered(self) -> set[str]:
        """The keys of all that the table holds."""
        pages = self.sandbox.operator.client("dynamodb").get_paginator("scan")
        found = [item for page in pages.paginate(TableName="Snapback") for item in page["Items"]]
        return {json.dumps([item["pk"], item["sk"]]) for item in found}

    def attached(self) -> Any:
        """What patience is given by the attack, until it is undone."""
        return self.sandbox.snapshot()["users"]["patience"]["attached"]


@pytest.fixture(scope="package")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with Sandbox(timing=RETRIES_IN_A_HURRY, confirm_mail=False) as sandbox:
        arrange(sandbox.operator)
        sandbox.operator.client("iam").create_user(UserName="patience")
        played = Life(sandbox)
        _play(played, Checkout(tmp_path_factory.mktemp("life") / "checkout", sandbox))
        yield played


def _play(life: Life, checkout: Checkout) -> None:
    sandbox = life.sandbox
    checkout.settle(**FIRST)
    life.said["bootstrap"] = checkout.cdk("bootstrap", "aws://123456789012/us-east-1")
    life.step("first", checkout.snapback("deploy", "--yes"))
    sandbox.settle()
    plain = ("deploy", "--all", "--require-approval", "never")
    life.step("again", checkout.cdk(*plain, **SYNTHESIZED))

    _take_messages(sandbox, False)
    thief = sandbox.as_user("eve").client("iam")
    thief.attach_user_policy(UserName="patience", PolicyArn=ADMINISTRATOR)
    sandbox.settle()
    checkout.settle(**SECOND)
    life.step("diff", checkout.cdk("diff"))
    assert life.attached() == [ADMINISTRATOR]  # it waits to be undone
    life.step("updated", checkout.cdk(*plain, **SYNTHESIZED))
    _take_messages(sandbox, True)
    sandbox.settle()
    life.said["undone"] = json.dumps(life.attached())

    sandbox.drop_delayed()
    life.items["before"] = life.remembered()
    life.said["destroyed"] = checkout.snapback("destroy", "--yes", **SYNTHESIZED)
    life.items["left"] = life.remembered()
    life.step("anew", checkout.snapback("deploy", "--yes", **SYNTHESIZED))
    sandbox.settle()


def _take_messages(sandbox: Sandbox, enabled: bool) -> None:
    """Whether messages reach the undoing function, or wait in its queue."""
    client = sandbox.operator.client("lambda")
    [mapping] = client.list_event_source_mappings()["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)
