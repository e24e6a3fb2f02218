"""AWS calls of one event: how many, how many in a row, and what that costs far from AWS."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from bench.figure import Figure
from cli.company import ADMINISTRATOR, FORMER
from cli.stage import Stage, staged
from sandbox.front.hooks import LoggedCall

LATENCY = 0.050
"""Seconds added to every AWS call."""
USER = "busy"
_BUSY = "a user with ten managed policies, five inline policies and three groups"
_CHAIN = "aim: at most 4"
_ROUNDS = 5
_POLICIES, _INLINE, _GROUPS = 10, 5, 3


@dataclass(frozen=True, slots=True)
class _Round:
    """One event: Snapback's calls up to the alert, and the seconds from the event to it."""

    calls: Sequence[LoggedCall]
    seconds: float


def run() -> Iterable[Figure]:
    """Judge changes to a user with ten managed policies, five inline policies, three groups.

    The first event of a process that has started, and has read no policy's document yet, and the
    ones after it, for which the documents are kept.
    """
    with staged(lambda _: None) as stage:
        _hire(stage)
        _start(stage)
        stage.sandbox.front.hooks.latency = LATENCY
        first, *later = (_round(stage) for _ in range(1 + _ROUNDS))
    yield from _figures("documents not read before", first.calls, first.seconds)
    yield from _figures("documents kept", later[-1].calls, median(each.seconds for each in later))


def _figures(when: str, calls: Sequence[LoggedCall], seconds: float) -> Iterable[Figure]:
    reads = [each for each in calls if each.call.service == "iam"]
    for name, value, aim in (
        (f"AWS calls to the alert, {_BUSY}", len(calls), ""),
        ("longest chain of IAM reads in a row", longest_chain(reads), _CHAIN),
        ("longest chain of AWS calls in a row to the alert", longest_chain(calls), _CHAIN),
    ):
        yield Figure(name=f"{name}; {when}", value=value, unit="calls", compared_with=aim)
    yield Figure(
        name=f"event to alert with {LATENCY * 1000:.0f} ms added to every AWS call; {when}",
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


def _start(stage: Stage) -> None:
    """An event that reads no managed policy: a process and its connections are there after it."""

    def deed(stage: Stage) -> None:
        iam = stage.thief.client("iam")
        iam.put_user_policy(UserName="oscar", PolicyName="downloads", PolicyDocument=FORMER)

    stage.attack(deed)
    stage.settle()


def _round(stage: Stage) -> _Round:
    """One event and its alert.

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
    return _Round(ours, (stage.sandbox.mailbox[seen].at - moment).total_seconds())
