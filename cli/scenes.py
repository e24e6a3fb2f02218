"""Scenes: the attacks that the demo plays, and how each is meant to end."""

from dataclasses import dataclass

from cli import deeds
from cli.company import ACCOUNT, DEPLOY, LEDGER, TRAIL
from cli.deeds import Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One attack, or one harmless change.

    ``kind`` and ``name`` say whose state is shown; ``ends`` is restored, contained, alerted or
    none; ``equal`` is whether the account must end as it was before, None where it must not.
    ``names`` are words that the alert must hold.
    """

    title: str
    tells: str
    call: str
    kind: str
    name: str
    deed: Deed
    ends: str = "restored"
    alerts: int = 1
    outcomes: int = 1
    equal: bool | None = True
    deliveries: int = 1
    names: tuple[str, ...] = ()


def _trail(name: str) -> str:
    return f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/{name}"


SCENES = (
    Scene(
        title="An administrator policy is attached to a user",
        tells="Somebody with eve's key makes mallory an administrator.",
        call="iam:AttachUserPolicy",
        kind="users",
        name="mallory",
        deed=deeds.attached_to("mallory"),
    ),
    Scene(
        title="An inline policy is overwritten",
        tells="The event holds only the new text; the old one, spaces and all, must come back.",
        call="iam:PutUserPolicy",
        kind="users",
        name="nina",
        deed=deeds.overwritten,
    ),
    Scene(
        title="A policy gets a new default version",
        tells="It reaches three users through a group; the former default must come back.",
        call="iam:CreatePolicyVersion",
        kind="policies",
        name=DEPLOY,
        deed=deeds.new_version,
        names=("user rita", "user sam", "user tess"),
    ),
    Scene(
        title="A user is added to an administrators' group",
        tells="No policy changes, and xena can do everything all the same.",
        call="iam:AddUserToGroup",
        kind="users",
        name="xena",
        deed=deeds.added_to_group,
    ),
    Scene(
        title="A permissions boundary is deleted",
        tells="victor's policies allow everything: his boundary was all that held him.",
        call="iam:DeleteUserPermissionsBoundary",
        kind="users",
        name="victor",
        deed=deeds.boundary_deleted,
    ),
    Scene(
        title="A role trusts a foreign account",
        tells="Whoever owns that account could assume the role reporting.",
        call="iam:UpdateAssumeRolePolicy",
        kind="roles",
        name="reporting",
        deed=deeds.foreign_trust,
    ),
    Scene(
        title="An access key is made for somebody else",
        tells="Its secret is out: the key is deactivated, which contains and does not restore.",
        call="iam:CreateAccessKey",
        kind="users",
        name="walter",
        deed=deeds.key_made,
        ends="contained",
        equal=None,
    ),
    Scene(
        title="CloudTrail is stopped",
        tells="The account is about to forget what happens in it.",
        call="cloudtrail:StopLogging",
        kind="trails",
        name=_trail(TRAIL),
        deed=deeds.stopped,
    ),
    Scene(
        title="A trail is deleted",
        tells="Its settings, its selectors and its logging must come back.",
        call="cloudtrail:DeleteTrail",
        kind="trails",
        name=_trail(LEDGER),
        deed=deeds.trail_deleted,
    ),
    Scene(
        title="A harmless grant",
        tells="oscar may read one bucket: that is recorded and wakes nobody.",
        call="iam:PutUserPolicy",
        kind="users",
        name="oscar",
        deed=deeds.harmless,
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
        deed=deeds.by_pipeline,
        ends="alerted",
        outcomes=0,
        equal=None,
    ),
    Scene(
        title="One event, delivered three times at once",
        tells="EventBridge may deliver an event more than once: one alert, one undo.",
        call="iam:AttachUserPolicy",
        kind="users",
        name="quentin",
        deed=deeds.attached_to("quentin"),
        deliveries=3,
    ),
)
