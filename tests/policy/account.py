"""A small account for cases: the states of one principal with given policies."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.power import Power, compose

ACCOUNT = "arn:aws:iam::123456789012"
ALICE = Subject(Kind.USER, "alice")
APP = Subject(Kind.ROLE, "app")
EDGE = f"{ACCOUNT}:policy/edge"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ADMIN = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]


def text(document: Any) -> str:
    """A document's text; a list stands for the statements of a current document."""
    whole = {"Version": "2012-10-17", "Statement": document}
    return json.dumps(whole if isinstance(document, list) else document)


def state(subject: Subject, arn: str | None = None, **parts: Mapping[str, str]) -> State:
    """A state with the named parts, as if it were all that was read."""
    return State(
        subject=subject,
        unique_id="AIDAEXAMPLE",
        arn=arn or f"{ACCOUNT}:{subject.kind}/{subject.name}",
        as_of=NOW,
        parts={Part(name): held for name, held in parts.items()},
    )


def policy(arn: str, document: Any) -> State:
    return state(Subject(Kind.POLICY, arn), arn, document={"v1": text(document)})


def states(*all_states: State) -> States:
    return States({each.subject: each for each in all_states})


def account(
    identity: Sequence[Any] = (),
    *,
    principal: str = "user",
    managed: Mapping[str, Any] | None = None,
    boundary: Any = None,
    groups: Sequence[str] = (),
) -> States:
    """One principal with inline and managed policies, memberships and a boundary."""
    managed = managed or {}
    parts: dict[str, dict[str, str]] = {
        "inline": {str(i): text(document) for i, document in enumerate(identity)},
        "attached": {arn: arn.rpartition("/")[2] for arn in managed},
        "boundary": {} if boundary is None else {ONLY: EDGE},
    }
    if principal == "user":
        parts["groups"] = {name: f"{ACCOUNT}:group/{name}" for name in groups}
    return states(
        state(ALICE if principal == "user" else APP, **parts),
        *(state(Subject(Kind.GROUP, name), inline={}, attached={}) for name in groups),
        *(policy(arn, document) for arn, document in managed.items()),
        *(() if boundary is None else (policy(EDGE, boundary),)),
    )


def power(identity: Sequence[Any] = (), **held: Any) -> Power:
    """The power of the account's one principal."""
    principal = ALICE if held.get("principal", "user") == "user" else APP
    return compose(principal, account(identity, **held))
