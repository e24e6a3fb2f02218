"""Scenes: the attacks that the demo plays, and how each is meant to end."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from cli.stage import THIEF, TRAIL, Stage

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
_EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_ONE_BUCKET = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::public/*"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One attack, or one harmless change.

    ``kind`` and ``name`` say whose state is shown; ``ends`` is restored, contained, alerted or
    none; ``equal`` is whether the account must end as it was before, None where it must not.
    """

    title: str
    tells: str
    call: str
    kind: str
    name: str
    deed: Callable[[Stage], None]
    ends: str
    alerts: int
    outcomes: int
    equal: bool | None
    deliveries: int = 1


def _attached_to(user: str) -> Callable[[Stage], None]:
    def deed(stage: Stage) -> None:
        iam = stage.thief.client("iam", address=THIEF)
        iam.attach_user_policy(UserName=user, PolicyArn=ADMINISTRATOR)

    return deed


def _overwritten(stage: Stage) -> None:
    iam = stage.thief.client("iam", address=THIEF)
    document = json.dumps({"Version": "2012-10-17", "Statement": [_EVERYTHING]})
    iam.put_user_policy(UserName="nina", PolicyName="reports", PolicyDocument=document)


def _stopped(stage: Stage) -> None:
    stage.thief.client("cloudtrail", address=THIEF).stop_logging(Name=TRAIL)


def _harmless(stage: Stage) -> None:
    document = json.dumps({"Version": "2012-10-17", "Statement": [_ONE_BUCKET]})
    iam = stage.thief.client("iam")
    iam.put_user_policy(UserName="oscar", PolicyName="downloads", PolicyDocument=document)


def _by_pipeline(stage: Stage) -> None:
    iam = stage.pipeline.client("iam")
    iam.attach_user_policy(UserName="paula", PolicyArn=ADMINISTRATOR)


SCENES = (
    Scene(
        title="An administrator policy is attached to a user",
        tells="Somebody with eve's key makes mallory an administrator.",
        call="iam:AttachUserPolicy",
        kind="users",
        name="mallory",
        deed=_attached_to("mallory"),
        ends="restored",
        alerts=1,
        outcomes=1,
        equal=True,
    ),
    Scene(
        title="An inline policy is overwritten",
        tells="The event holds only the new text; the old one, spaces and all, must come back.",
        call="iam:PutUserPolicy",
        kind="users",
        name="nina",
        deed=_overwritten,
        ends="restored",
        alerts=1,
        outcomes=1,
        equal=True,
    ),
    Scene(
        title="CloudTrail is stopped",
        tells="The account is about to forget what happens in it.",
        call="cloudtrail:StopLogging",
        kind="trails",
        name=f"arn:aws:cloudtrail:us-east-1:123456789012:trail/{TRAIL}",
        deed=_stopped,
        ends="restored",
        alerts=1,
        outcomes=1,
        equal=True,
    ),
    Scene(
        title="A harmless grant",
        tells="oscar may read one bucket: that is recorded and wakes nobody.",
        call="iam:PutUserPolicy",
        kind="users",
        name="oscar",
        deed=_harmless,
        ends="none",
        alerts=0,
        outcomes=0,
        equal=None,
    ),
    Scene(
        title="A risky change by the deployment pipeline",
        tells="The pipeline's role is listed in trustedActors: people are told, nothing is undone.",
        call="iam:AttachUserPolicy",
        kind="users",
        name="paula",
        deed=_by_pipeline,
        ends="alerted",
        alerts=1,
        outcomes=0,
        equal=None,
    ),
    Scene(
        title="One event, delivered three times at once",
        tells="EventBridge may deliver an event more than once: one alert, one undo.",
        call="iam:AttachUserPolicy",
        kind="users",
        name="quentin",
        deed=_attached_to("quentin"),
        ends="restored",
        alerts=1,
        outcomes=1,
        equal=True,
        deliveries=3,
    ),
)
