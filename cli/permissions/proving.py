"""Proving: everything played that a role is granted something for, and what the gate logged."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cli.deeds import by_pipeline
from cli.demo import RETRIES_IN_A_HURRY
from cli.deployed import STACK
from cli.drill.attacks import ATTACKS
from cli.drill.command import chosen
from cli.drill.drilling import drill, prepare
from cli.permissions.proof import Asked, Proof, granted, proven
from cli.stage import Say, Stage, staged
from sandbox.front.hooks import LoggedCall

_TICKING = tuple(f"{STACK}-{name}" for name in ("Canary", "Crowds", "Sweep", "Watch"))
"""How the names begin of the functions that a schedule starts, which the sandbox does not."""


def prove(names: Sequence[str], say: Say) -> list[Proof]:
    """Deploy, play the named watched calls or all, let each clock tick, and compare.

    Raises:
        cli.drill.command.UnknownCallError: a name is no watched call's.
        cli.drill.drilling.NotPreparedError: the account could not be prepared.
    """
    entries = chosen(names)
    with staged(say, RETRIES_IN_A_HURRY) as stage:
        say(f"Playing {len(entries)} watched calls")
        answers = prepare((ATTACKS[entry.action] for entry in entries), stage)
        for entry in entries:
            drill(entry, ATTACKS[entry.action], answers, stage)
        say("Tampering with a watch and a function, and changing something as a trusted actor")
        for deed in (_watch_tampered, _function_tampered, by_pipeline):
            stage.attack(deed)
            stage.settle()
        say("Letting each clock tick")
        for function in _functions(stage, _TICKING):
            stage.sandbox.invoke(function, {})
        stage.settle()
        calls = asked(stage.sandbox.front.hooks.log, _roles(stage))
        return proven(granted(_template(stage)), calls)


def asked(log: Iterable[LoggedCall], roles: Mapping[str, str]) -> Iterator[Asked]:
    """What roles asked of the gate; ``roles`` are their names with their logical ids."""
    for entry in list(log):
        role = roles.get(entry.caller.principal_arn.rpartition("/")[2])
        if role is not None:
            for decision in entry.decisions or ():
                yield Asked(role=role, action=decision.need.action, allowed=decision.allowed)


def _watch_tampered(stage: Stage) -> None:
    """A watch for the parts of Snapback's own, so that the others see the next deed."""
    events: Any = stage.thief.client("events")
    rules = events.list_rules(NamePrefix=STACK)["Rules"]
    name = next(each["Name"] for each in rules if "ownlogs" in each["Name"])
    ids = [each["Id"] for each in events.list_targets_by_rule(Rule=name)["Targets"]]
    events.disable_rule(Name=name)
    events.remove_targets(Rule=name, Ids=ids)


def _function_tampered(stage: Stage) -> None:
    [name] = _functions(stage, (f"{STACK}-Decide",))
    stage.thief.client("lambda").put_function_concurrency(
        FunctionName=name, ReservedConcurrentExecutions=0
    )


def _functions(stage: Stage, beginning: tuple[str, ...]) -> list[str]:
    pages = stage.sandbox.operator.client("lambda").get_paginator("list_functions").paginate()
    names = [each["FunctionName"] for page in pages for each in page["Functions"]]
    return [name for name in names if name.startswith(beginning)]


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
