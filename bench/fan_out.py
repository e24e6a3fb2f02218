"""A change that reaches thousands of users through a group: seconds to read and to judge them."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import boto3
from botocore.config import Config
from botocore.handlers import json_decode_policies
from moto import mock_aws

from bench.figure import Figure
from lambdas.aws import clients
from lambdas.aws.account import LiveAccount
from lambdas.model.actor import Actor
from lambdas.model.arn import Arn
from lambdas.model.case import Case
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.rules.judging import judge
from lambdas.settings import Settings
from sandbox.mending import PATCHES, applied

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

USERS = 1_000
"""They are read; a multiple of them is judged, too."""
TIMES = 5
LATENCY = 0.050
"""Seconds added to every AWS call."""
GROUP = Subject(Kind.GROUP, "everyone")
ACCOUNT = "123456789012"
_OTHER_GROUPS, _POLICIES = 10, 30
_AWS = "arn:aws:iam::aws:policy/"
_GRANTS = {
    "that makes everyone an administrator": ("AdministratorAccess", True),
    "that gives nobody anything grave": ("AmazonS3ReadOnlyAccess", False),
}
"""Words for a policy that is attached to the group -> its name, and whether it is grave."""
_KEYS = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}


def run() -> Iterable[Figure]:
    """Read a group of users, each with what people have, and judge what it is given.

    Judging is measured with several times as many, too.
    """
    with _account() as iam:
        _hire(iam)
        for words, (name, grave) in _GRANTS.items():
            arn = _AWS + name
            iam.attach_group_policy(GroupName=GROUP.name, PolicyArn=arn)
            states, seconds = _read(iam)
            compared_with = f"{LATENCY * 1000:.0f} ms added to every call"
            yield _figure(f"read the {USERS:,}", words, seconds, compared_with)
            for many in (states, _multiplied(states)):
                what = f"judge the {len(many.reached):,}"
                yield _figure(what, words, _judged(arn, many, grave=grave), "")
            iam.detach_group_policy(GroupName=GROUP.name, PolicyArn=arn)


def _figure(what: str, words: str, seconds: float, compared_with: str) -> Figure:
    name = f"{what} users of a group after a policy {words}"
    return Figure(name=name, value=seconds, unit="s", compared_with=compared_with)


@contextmanager
def _account() -> Iterator["IAMClient"]:
    """An account in this process, for clients of a session that knows of it."""
    loaded: Any = {"iam": {"load_aws_managed_policies": True}}
    with patch.dict(os.environ, _KEYS), applied(PATCHES), mock_aws(config=loaded):
        client: IAMClient = boto3.session.Session().client(
            "iam", config=Config(max_pool_connections=clients.POOL)
        )
        client.meta.events.unregister("after-call.iam", json_decode_policies)
        with patch.object(clients, "iam", lambda: client):
            yield client


def _read(iam: "IAMClient") -> tuple[States, float]:
    """The states of all whom the group reaches, and the seconds that reading them took.

    Raises:
        RuntimeError: not all were read.
    """

    def slow(**_: Any) -> None:
        time.sleep(LATENCY)

    iam.meta.events.register_first("before-send.iam", slow)
    began = time.perf_counter()
    states = LiveAccount().reading((GROUP,), reach=GROUP).states()
    seconds = time.perf_counter() - began
    iam.meta.events.unregister("before-send.iam", slow)
    read = sum(states.of(user) is not None for user in states.reached)
    if read != USERS or states.problems:
        raise RuntimeError(f"{read} users were read: {states.problems}")
    return states, seconds


def _multiplied(states: States) -> States:
    """The states with as many users again some times over, each with a home of its own."""
    known, reached = dict(states.known), list(states.reached)
    for time_over in range(1, TIMES):
        for user in states.reached:
            again = Subject(Kind.USER, f"{user.name}-{time_over}")
            known[again] = _renamed(states.known[user], again)
            reached.append(again)
    return replace(states, known=known, reached=tuple(reached))


def _renamed(state: State, user: Subject) -> State:
    number = user.name.removeprefix("user-")
    own = {"home": _document("s3:GetObject", f"arn:aws:s3:::home-{number}/*")}
    arn = state.arn.replace(state.subject.name, user.name)
    return replace(state, subject=user, arn=arn, parts={**state.parts, Part.INLINE: own})


def _judged(arn: str, after: States, *, grave: bool) -> float:
    """The seconds that judging all whom the group reaches took.

    Raises:
        RuntimeError: the verdict is not the one that the policy calls for.
    """
    parsed = Arn.parse(arn)
    edit = Edit(Part.ATTACHED, arn, parsed.name if parsed else arn)
    group = after.known[GROUP]
    before = replace(after, known={**after.known, GROUP: group.edited(edit.part, arn, None)})
    case = Case(
        change=_change(edit),
        before=before,
        after=after,
        affected=after.reached,
        settings=Settings(),
    )
    began = time.perf_counter()
    verdict = judge(case)
    seconds = time.perf_counter() - began
    if (verdict.severity >= Severity.HIGH) is not grave:
        raise RuntimeError(f"a policy that is {grave=} was judged {verdict.severity}")
    return seconds


def _change(edit: Edit) -> Change:
    return Change(
        event_id="fan-out",
        source="iam.amazonaws.com",
        name="AttachGroupPolicy",
        at=datetime.now(UTC),
        account=ACCOUNT,
        region="us-east-1",
        actor=Actor(kind="IAMUser", arn=f"arn:aws:iam::{ACCOUNT}:user/mallory"),
        fingerprint="",
        family=Family.MANAGED_POLICY,
        subject=GROUP,
        edits=(edit,),
    )


def _hire(iam: "IAMClient") -> None:
    """Users with an inline policy, a managed one and one of AWS's, each also in a second group."""
    arns = [_policy(iam, number) for number in range(_POLICIES)]
    groups = [f"group-{number}" for number in range(_OTHER_GROUPS)]
    for group, arn in zip((GROUP.name, *groups), arns, strict=False):
        iam.create_group(GroupName=group)
        iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    for number in range(USERS):
        name = f"user-{number}"
        own = _document("s3:GetObject", f"arn:aws:s3:::home-{number}/*")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="home", PolicyDocument=own)
        iam.attach_user_policy(UserName=name, PolicyArn=arns[number % _POLICIES])
        iam.attach_user_policy(UserName=name, PolicyArn=_AWS + "ReadOnlyAccess")
        for group in (GROUP.name, groups[number % _OTHER_GROUPS]):
            iam.add_user_to_group(GroupName=group, UserName=name)


def _policy(iam: "IAMClient", number: int) -> str:
    text = _document("dynamodb:*", f"arn:aws:dynamodb:*:{ACCOUNT}:table/table-{number}")
    return iam.create_policy(PolicyName=f"policy-{number}", PolicyDocument=text)["Policy"]["Arn"]


def _document(action: str, resource: str) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
