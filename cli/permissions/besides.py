"""What is played beside the drill, so that what only bad days need is used, too."""

import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from cli.company import ON_CALL, allowing, trusting
from cli.deeds import by_pipeline, overwritten
from cli.drill.attack import Answers, Attack
from cli.drill.by_hand import NotDoneError, ask
from cli.drill.drilling import prepare
from cli.permissions.rarely import RARELY
from cli.permissions.tampering import (
    Deed,
    attacked,
    bucket_tampered,
    function_tampered,
    functions,
    watch_redirected,
    watch_tampered,
    watches,
)
from cli.stage import THIEF, Stage
from lambdas.service.deciding.deeds import DEEDS
from sandbox.front.hooks import Fault

_WORTHLESS = " " * 110_000
"""More than CloudTrail writes down of a call's parameters."""
_DEPLOYER = "cdk-release"
_LONG_AGO = 86_400
"""Seconds, within which all of it was."""


def ticked(stage: Stage, *kinds: str) -> None:
    """Let the clocks of these kinds tick, which the sandbox does not by itself."""
    for name in functions(stage, *kinds):
        stage.sandbox.invoke(name, {})
    stage.settle()


def _function_slowed(stage: Stage) -> None:
    """A function with a number of executions of its own loses them.

    No event tells that it was given them: the looks at what was undone before would take that for
    somebody else's and the next attack for the former.
    """
    stage.sandbox.drop_delayed()
    [name] = functions(stage, "Decide")
    stage.sandbox.operator.client("lambda").put_function_concurrency(
        FunctionName=name, ReservedConcurrentExecutions=5
    )
    ticked(stage, "Sweep")
    attacked(function_tampered)(stage)


def _rarely(stage: Stage) -> None:
    answers = prepare(RARELY, stage)
    for attack in RARELY:
        stage.attack(partial(_made, attack, answers))
        stage.settle()


def _made(attack: Attack, answers: Answers, stage: Stage) -> None:
    attack.deed.made(stage.thief, answers, THIEF)


def _padded(stage: Stage) -> None:
    """A document that hides what was done, so that a sweep has to find it."""
    document = allowing("s3:GetObject") + _WORTHLESS
    stage.thief.client("iam").put_user_policy(
        UserName="oscar", PolicyName="padded", PolicyDocument=document
    )


def _unheard(stage: Stage) -> None:
    """A watch and a trail are stopped and no event comes: the clock finds it, and that it ends."""
    operator = stage.sandbox.operator.client
    name = watches(stage)[0]
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
        status=400,  # an SDK does not try these again by itself
    )
    hooks.faults.append(silent)
    try:
        attacked(overwritten)(stage)
    finally:
        hooks.faults.remove(silent)
    ticked(stage, "Sweep")


def _deployed(stage: Stage) -> None:
    """What a deployment changes of Snapback itself is gathered, and told ten minutes later."""
    iam = stage.sandbox.operator.client("iam")
    trust = trusting(Service="cloudformation.amazonaws.com")
    iam.create_role(RoleName=_DEPLOYER, AssumeRolePolicyDocument=trust)
    by = stage.sandbox.as_role(iam.get_role(RoleName=_DEPLOYER)["Role"]["Arn"], "release")
    [name] = functions(stage, "Crowds")
    role = stage.sandbox.operator.client("lambda").get_function_configuration(FunctionName=name)
    tags = [{"Key": "release", "Value": str(int(time.time()))}]
    whose = role["Role"].rpartition("/")[2]
    stage.attack(lambda _: by.client("iam").tag_role(RoleName=whose, Tags=tags))
    stage.settle()
    stage.let_crowds_be_due()
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
    "Stopping a watch": attacked(watch_tampered),
    "Stopping a function": attacked(function_tampered),
    "Giving a watch one more target": attacked(watch_redirected),
    "Slowing a function": _function_slowed,
    "Giving what nobody had": _rarely,
    "Opening a trail's bucket": attacked(bucket_tampered),
    "Changing something as a trusted actor": attacked(by_pipeline),
    "Hiding a change from CloudTrail": attacked(_padded),
    "Letting no mail through": _unsent,
    "Stopping a watch and a trail unheard": _unheard,
    "Deploying Snapback": _deployed,
    "Asking what could be done about each": _asked,
    "Letting each clock tick": _each_clock,
}
"""What is said of each -> what is done."""
