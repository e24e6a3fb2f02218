"""Proving: everything played that a role is granted something for, and what the gate logged."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cli.demo import RETRIES_IN_A_HURRY
from cli.deployed import STACK
from cli.drill.attacks import ATTACKS
from cli.drill.command import chosen
from cli.drill.drilling import drill, prepare
from cli.permissions.besides import BESIDES
from cli.permissions.proof import Asked, Compared, compared, granted
from cli.permissions.tested import tested
from cli.stage import Say, Stage, staged
from sandbox.front.hooks import LoggedCall


def prove(names: Sequence[str], say: Say) -> Compared:
    """Play all that a role is granted something for, or the named watched calls, and compare.

    All are the watched calls, what is played beside them, and the tests of what no drill shows.

    Raises:
        cli.drill.command.UnknownCallError: a name is no watched call's.
        cli.drill.drilling.NotPreparedError: the account could not be prepared.
        cli.permissions.tested.TestsFailedError: a test failed.
    """
    entries = chosen(names)
    with staged(say, RETRIES_IN_A_HURRY) as stage:
        say(f"Playing {len(entries)} watched calls")
        answers = prepare((ATTACKS[entry.action] for entry in entries), stage)
        for entry in entries:
            drill(entry, ATTACKS[entry.action], answers, stage)
        for what, deed in BESIDES.items():
            say(what)
            deed(stage)
        calls = [*asked(stage.sandbox.front.hooks.log, _roles(stage))]
        grants = granted(_template(stage))
    if not names:
        say("Running the tests of what no drill shows")
        calls += tested()
    return compared(grants, calls)


def asked(log: Iterable[LoggedCall], roles: Mapping[str, str]) -> Iterator[Asked]:
    """What roles asked of the gate; ``roles`` are their names with their logical ids."""
    for entry in list(log):
        role = roles.get(entry.caller.principal_arn.rpartition("/")[2])
        if role is not None:
            for decision in entry.decisions or ():
                yield Asked(role=role, action=decision.need.action, allowed=decision.allowed)


def _roles(stage: Stage) -> dict[str, str]:
    client = stage.sandbox.operator.client("cloudformation")
    pages = client.get_paginator("list_stack_resources").paginate(StackName=STACK)
    return {
        each["PhysicalResourceId"]: each["LogicalResourceId"]
        for page in pages
        for each in page["StackResourceSummaries"]
        if each["ResourceType"] == "AWS::IAM::Role"
    }


def _template(stage: Stage) -> Mapping[str, Any]:
    client = stage.sandbox.operator.client("cloudformation")
    body = client.get_template(StackName=STACK)["TemplateBody"]
    template: Mapping[str, Any] = json.loads(body) if isinstance(body, str) else body
    return template
