"""Containment: what is done against the actor of an undone change, planned from data alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lambdas.calls.contained import DENY_ALL, REVOKED
from lambdas.model.arn import Arn, partition_of
from lambdas.model.change import Change, Edit
from lambdas.model.incident import Incident
from lambdas.model.revert import Call
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.own_calls import MISUSED
from lambdas.settings import Settings

_DENIED = {"Effect": "Deny", "Action": "*", "Resource": "*"}
_VERSION = "2012-10-17"
_IDENTITY_CENTER = ":role/aws-reserved/sso.amazonaws.com/"
"""https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Containment:
    """One call against an actor, what it does to the actor's state, and the call that lifts it."""

    says: str
    call: Call
    edit: Edit
    lift: Call


def contains(change: Change, settings: Settings) -> bool:
    """Whether the settings want actors such as this one contained."""
    actor = actor_of(change)
    if actor is None:
        return settings.quarantine or settings.revoke_sessions
    return settings.quarantine if actor.kind is Kind.USER else settings.revoke_sessions


def actor_of(change: Change) -> Subject | None:
    """The user or role of the account that made a change; None where it was neither."""
    arn = Arn.parse(change.actor.arn or "")
    if arn is None or arn.account != change.account:
        return None
    kind = {"user": Kind.USER, "role": Kind.ROLE}.get(arn.resource.partition("/")[0])
    return Subject(kind, arn.name) if kind else None


def announced(change: Change, settings: Settings) -> str | None:
    """What is to happen to the actor after the undo, as an alert says it; None where nothing is."""
    actor = actor_of(change)
    if actor is None or change.actor.invoked_by or not contains(change, settings):
        return None
    return _DEEDS[actor.kind].format(actor)


_DEEDS = {
    Kind.USER: f"Then it attaches {DENY_ALL} to {{}}, unless that is a protected principal.",
    Kind.ROLE: "Then it ends the sessions of {}, unless that is a protected principal.",
}


def spared(incident: Incident, settings: Settings) -> str | None:
    """Why the actor is left alone, as far as the event says it; None where it does not."""
    change = incident.change
    if any(finding.rule == MISUSED for finding in incident.verdict.findings):
        return "it was Snapback's own role"
    if change.actor.invoked_by is not None:
        return f"{change.actor.invoked_by} made the call on its behalf"
    if actor_of(change) is None:
        return f"{change.actor.name} is neither a user nor a role of this account"
    if settings.trusts(change.actor.arn):
        return f"{change.actor} is listed in trustedActors"
    return None


def untouchable(live: State, settings: Settings) -> str | None:
    """Why a user or role that was read is left alone; None where it is not."""
    if settings.protects(live.arn):
        return f"{live.arn} is listed in protectedPrincipals"
    if live.service_linked:
        return f"{live.subject} is a service-linked role, which only its service uses"
    if _IDENTITY_CENTER in live.arn:
        return (
            f"{live.subject} is a role of IAM Identity Center, which nobody can change here:"
            " end the person's sessions there"
        )
    return None


def containment(change: Change, live: State, now: datetime) -> Containment:
    """What is done against a user, or against a role's sessions that are older than now."""
    return (_quarantine if live.subject.kind is Kind.USER else _revocation)(change, live, now)


def _quarantine(change: Change, live: State, _: datetime) -> Containment:
    arn = f"arn:{partition_of(change.region)}:iam::aws:policy/{DENY_ALL}"
    given = {"UserName": live.subject.name, "PolicyArn": arn}
    return Containment(
        says=f"{live.subject} is quarantined: {DENY_ALL} is attached and denies it everything",
        call=_call(change, "AttachUserPolicy", given),
        edit=Edit(Part.ATTACHED, arn, DENY_ALL),
        lift=_call(change, "DetachUserPolicy", given),
    )


def _revocation(change: Change, live: State, now: datetime) -> Containment:
    """A session's time has a fraction that the text has not: the next full second holds all."""
    until = f"{now.replace(microsecond=0) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    older = {"DateLessThan": {"aws:TokenIssueTime": until}}
    text = _document({**_DENIED, "Condition": older})
    given = {"RoleName": live.subject.name, "PolicyName": REVOKED}
    return Containment(
        says=f"{live.subject} denies everything to sessions from before {until}",
        call=_call(change, "PutRolePolicy", {**given, "PolicyDocument": text}),
        edit=Edit(Part.INLINE, REVOKED, text),
        lift=_call(change, "DeleteRolePolicy", given),
    )


def without(live: State, states: States) -> States:
    """The account as it is while a quarantined user can do nothing, whatever else was read."""
    if live.subject.kind is not Kind.USER:
        return states
    return states.having(live.edited(Part.INLINE, DENY_ALL, _document(_DENIED)))


def _document(statement: Mapping[str, object]) -> str:
    return json.dumps({"Version": _VERSION, "Statement": [statement]})


def _call(change: Change, operation: str, parameters: Mapping[str, object]) -> Call:
    return Call(service="iam", operation=operation, parameters=parameters, region=change.region)
