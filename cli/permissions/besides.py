"""What is played beside the drill, so that what only bad days need is used, too."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from cli.company import ON_CALL
from cli.deeds import by_pipeline, overwritten
from cli.deployed import STACK
from cli.drill.attack import Happened
from cli.drill.by_hand import NotDoneError, ask
from cli.stage import THIEF, Stage
from lambdas.aws.items import sortable
from lambdas.service.crowds import WITHIN
from lambdas.service.deciding.deeds import DEEDS
from sandbox.front.hooks import Fault

Deed = Callable[[Stage], None]
_WORTHLESS = " " * 110_000
"""More than CloudTrail writes down of a call's parameters."""
_DEPLOYER = "cdk-release"
_LONG_AGO = 86_400
"""Seconds, within which all of it was."""


def functions(stage: Stage, *kinds: str) -> list[str]:
    """The names of the functions of these kinds, such as Sweep."""
    pages = stage.sandbox.operator.client("lambda").get_paginator("list_functions").paginate()
    names = [each["FunctionName"] for page in pages for each in page["Functions"]]
    beginnings = tuple(f"{STACK}-{kind}Function" for kind in kinds)
    return [name for name in names if name.startswith(beginnings)]


def ticked(stage: Stage, *kinds: str) -> None:
    """Let the clocks of these kinds tick, which the sandbox does not by itself."""
    for name in functions(stage, *kinds):
        stage.sandbox.invoke(name, {})
    stage.settle()


def _attacked(deed: Deed) -> Deed:
    def attacked(stage: Stage) -> None:
        stage.attack(deed)
        stage.settle()

    return attacked


def _watch_tampered(stage: Stage) -> None:
    """A watch for the parts of Snapback's own, so that the others see the next deed."""
    events: Any = stage.thief.client("events")
    [name] = [each for each in _watches(stage) if "ownlogs" in each]
    ids = [each["Id"] for each in events.list_targets_by_rule(Rule=name)["Targets"]]
    events.disable_rule(Name=name)
    events.remove_targets(Rule=name, Ids=ids)


def _watches(stage: Stage) -> list[str]:
    rules = stage.sandbox.operator.client("events").list_rules(NamePrefix=STACK)["Rules"]
    return [each["Name"] for each in rules]


def _function_tampered(stage: Stage) -> None:
    [name] = functions(stage, "Decide")
    stage.thief.client("lambda").put_function_concurrency(
        FunctionName=name, ReservedConcurrentExecutions=0
    )


def _bucket_tampered(stage: Stage) -> None:
    """What is asked then is whether a trail writes there; the sandbox records nothing of S3."""
    deed = Happened("s3:DeleteBucketPolicy", {"BucketName": "company-trail"})
    deed.made(stage.thief, {}, THIEF)


def _padded(stage: Stage) -> None:
    """A document that hides what was done, so that a sweep has to find it."""
    document = '{"Version": "2012-10-17", "Statement": []}' + _WORTHLESS
    stage.thief.client("iam").put_user_policy(
        UserName="oscar", PolicyName="padded", PolicyDocument=document
    )


def _unheard(stage: Stage) -> None:
    """A watch and a trail are stopped and no event comes: the clock finds it, and that it ends."""
    operator = stage.sandbox.operator.client
    name = _watches(stage)[0]
    operator("events").disable_rule(Name=name)
    operator("cloudtrail").stop_logging(Name="ledger")
    ticked(stage, "Watch")
    operator("events").enable_rule(Name=name)
    ticked(stage, "Watch")


def _unsent(stage: Stage) -> None:
    """No mail can be sent for a while: the event ends as a dead letter, and a sweep sends it."""
    hooks = stage.sandbox.front.hooks
    silent = Fault(
        when=lambda call, _: (call.service, call.operation) == ("sns", "Publish"),
        code="InternalError",
        message="no mail for a while",
    )
    hooks.faults.append(silent)
    try:
        _attacked(overwritten)(stage)
    finally:
        hooks.faults.remove(silent)
    ticked(stage, "Sweep")


def _deployed(stage: Stage) -> None:
    """What a deployment changes of Snapback itself is gathered, and told ten minutes later."""
    iam = stage.sandbox.operator.client("iam")
    trust = '{"Version": "2012-10-17", "Statement": []}'
    iam.create_role(RoleName=_DEPLOYER, AssumeRolePolicyDocument=trust)
    by = stage.sandbox.as_role(iam.get_role(RoleName=_DEPLOYER)["Role"]["Arn"], "release")
    [name] = functions(stage, "Crowds")
    role = stage.sandbox.operator.client("lambda").get_function_configuration(FunctionName=name)
    tags = [{"Key": "release", "Value": str(int(time.time()))}]
    whose = role["Role"].rpartition("/")[2]
    stage.attack(lambda _: by.client("iam").tag_role(RoleName=whose, Tags=tags))
    stage.settle()
    for each in stage.records.gathered():
        stage.sandbox.operator.client("dynamodb").update_item(
            TableName=stage.outputs["TableName"],
            Key={"pk": {"S": "gathered"}, "sk": {"S": each.incident}},
            UpdateExpression="SET #at = :at",
            ExpressionAttributeNames={"#at": "at"},
            ExpressionAttributeValues={":at": {"S": sortable(each.at - WITHIN)}},
        )
    ticked(stage, "Crowds")


def _asked(stage: Stage) -> None:
    """Somebody on call asks what could be done about a change by each call, and pauses for a while.

    What cannot be planned any more was looked at all the same.
    """
    person = stage.sandbox.as_user(ON_CALL)
    told = ask(stage, person, "incidents", seconds=_LONG_AGO)["incidents"]
    for each in {each["call"]: each["id"] for each in told}.values():
        for what in DEEDS:
            with suppress(NotDoneError):
                ask(stage, person, "plan", incident=each, what=what)
    ask(stage, person, "pause", seconds=60)
    ask(stage, person, "resume")


def _each_clock(stage: Stage) -> None:
    ticked(stage, "Canary", "Crowds", "Sweep", "Watch")


BESIDES: Mapping[str, Deed] = {
    "Stopping a watch": _attacked(_watch_tampered),
    "Stopping a function": _attacked(_function_tampered),
    "Opening a trail's bucket": _attacked(_bucket_tampered),
    "Changing something as a trusted actor": _attacked(by_pipeline),
    "Hiding a change from CloudTrail": _attacked(_padded),
    "Letting no mail through": _unsent,
    "Stopping a watch and a trail unheard": _unheard,
    "Deploying Snapback": _deployed,
    "Asking what could be done about each": _asked,
    "Letting each clock tick": _each_clock,
}
"""What is said of each -> what is done."""
