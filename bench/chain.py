"""AWS calls of one event: how many, how many in a row, and what that costs far from AWS."""

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import median

from bench.figure import Figure
from cli.scenes import ADMINISTRATOR
from cli.stage import FORMER, Stage, staged
from sandbox.front.hooks import LoggedCall

LATENCY = 0.050
"""Seconds added to every AWS call."""
USER = "busy"
_ROUNDS = 5
_POLICIES, _INLINE, _GROUPS = 10, 5, 3


def run() -> Iterable[Figure]:
    """Judge changes to a user with ten managed policies, five inline policies, three groups."""
    with staged(lambda _: None) as stage:
        _hire(stage)
        _round(stage)
        stage.sandbox.front.hooks.latency = LATENCY
        rounds = [_round(stage) for _ in range(_ROUNDS)]
    calls, seconds = rounds[-1][0], median(seconds for _, seconds in rounds)
    reads = [each for each in calls if each.call.service == "iam"]
    busy = "a user with ten managed policies, five inline policies and three groups"
    yield Figure(name=f"AWS calls to the alert, {busy}", value=len(calls), unit="calls")
    yield Figure(
        name="longest chain of IAM reads in a row",
        value=longest_chain(reads),
        unit="calls",
        compared_with="aim: at most 4",
    )
    yield Figure(
        name="longest chain of AWS calls in a row to the alert",
        value=longest_chain(calls),
        unit="calls",
        compared_with="the reads, and the mail",
    )
    yield Figure(
        name=f"warm event to alert with {LATENCY * 1000:.0f} ms added to every AWS call",
        value=seconds * 1000,
        unit="ms",
        compared_with="aim: under 350 ms",
    )


def longest_chain(calls: Sequence[LoggedCall]) -> int:
    """The most calls of which each began after the one before had ended."""
    length, ended = 0, 0.0
    for call in sorted(calls, key=lambda each: each.ended):
        if call.began >= ended:
            length, ended = length + 1, call.ended
    return length


def _hire(stage: Stage) -> None:
    """A user who holds a lot, and whose state a sweep has read."""
    iam = stage.sandbox.operator.client("iam")
    iam.create_user(UserName=USER)
    for number in range(_POLICIES - 1):
        arn = iam.create_policy(PolicyName=f"policy-{number}", PolicyDocument=FORMER)["Policy"][
            "Arn"
        ]
        iam.attach_user_policy(UserName=USER, PolicyArn=arn)
    for number in range(_INLINE):
        iam.put_user_policy(UserName=USER, PolicyName=f"inline-{number}", PolicyDocument=FORMER)
    for number in range(_GROUPS):
        group = f"group-{number}"
        iam.create_group(GroupName=group)
        iam.put_group_policy(GroupName=group, PolicyName="read", PolicyDocument=FORMER)
        arn = iam.create_policy(PolicyName=group, PolicyDocument=FORMER)["Policy"]["Arn"]
        iam.attach_group_policy(GroupName=group, PolicyArn=arn)
        iam.add_user_to_group(GroupName=group, UserName=USER)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})


def _round(stage: Stage) -> tuple[list[LoggedCall], float]:
    """The calls up to the alert's, and the seconds from the event to the alert.

    The tenth policy is AdministratorAccess. The event goes out when the attacker's own call has
    been answered, so that only Snapback's calls are slow.
    """
    log, seen = len(stage.sandbox.front.hooks.log), len(stage.sandbox.mailbox)
    began: list[tuple[float, datetime]] = []

    def deed(stage: Stage) -> None:
        stage.thief.client("iam").attach_user_policy(UserName=USER, PolicyArn=ADMINISTRATOR)
        began.append((time.monotonic(), datetime.now(UTC)))

    stage.attack(deed)
    stage.settle()
    ((monotonic, moment),) = began
    calls = stage.sandbox.front.hooks.log[log:]
    told = next(each.ended for each in calls if each.call.operation == "Publish")
    ours = [
        each
        for each in calls
        if "evaluate" in str(each.caller.principal_arn).lower()
        and monotonic <= each.began
        and each.ended <= told
    ]
    return ours, (stage.sandbox.mailbox[seen].at - moment).total_seconds()
