"""The case files of the catalogue's calls, read and made into records."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lambdas.calls import CATALOG
from lambdas.calls.watched import WatchedCall, Where
from lambdas.model.actor import Actor
from lambdas.model.arn import partition_of
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.state import Part, State
from lambdas.model.subject import BY_ARN, Kind, Subject

FOLDER = Path(__file__).parents[1] / "cases" / "calls"
ACCOUNT = "123456789012"


def cases(section: str) -> list[tuple[WatchedCall, dict[str, Any]]]:
    """Every case of one section, with the catalogue's entry that it is a case of."""
    return [(entry, case) for entry in CATALOG.values() for case in _of(entry)[section]]


def _of(entry: WatchedCall) -> Any:
    """The cases of one call; those of family ``self`` stand in one file for each service."""
    if entry.family is not Family.SELF:
        return json.loads((FOLDER / f"{entry.name}.json").read_text("utf-8"))
    return of_service(entry.source.partition(".")[0])[entry.name]


@cache
def of_service(service: str) -> Any:
    """The cases of a service's calls on Snapback's parts, by the calls' names."""
    return json.loads((FOLDER / "self" / f"{service}.json").read_text("utf-8"))


def named(found: tuple[WatchedCall, dict[str, Any]]) -> str:
    entry, case = found
    return f"{entry.action if entry.family is Family.SELF else entry.name}: {case['id']}"


def region(case: dict[str, Any]) -> str:
    return str(case.get("region", "us-east-1"))


def where(case: dict[str, Any]) -> Where:
    answer = case.get("answer", {})
    return Where(partition_of(region(case)), ACCOUNT, region(case), answer, actor(case))


def actor(case: dict[str, Any]) -> Actor:
    """mallory, unless the case says otherwise: {"kind": "Root", "arn": ...}."""
    mallory = {"kind": "IAMUser", "arn": f"arn:aws:iam::{ACCOUNT}:user/mallory"}
    return Actor(**case.get("actor", mallory))


def subject(case: dict[str, Any]) -> Subject:
    return Subject(Kind(case["subject"]["kind"]), case["subject"]["name"])


def edits(case: dict[str, Any]) -> tuple[Edit, ...]:
    return tuple(
        Edit(Part(e["part"]), e["key"], e["value"], e.get("fresh", False)) for e in case["edits"]
    )


def change(entry: WatchedCall, case: dict[str, Any]) -> Change:
    """The change that a case's parameters tell of."""
    changed, made = entry.parse(case["parameters"], where(case))
    return Change(
        event_id="e-1",
        source=entry.source,
        name=entry.name,
        at=datetime(2026, 3, 1, 12, tzinfo=UTC),
        account=ACCOUNT,
        region=region(case),
        actor=actor(case),
        fingerprint="f",
        family=entry.family,
        subject=changed,
        edits=made,
        lifecycle=entry.lifecycle,
    )


def state(of: Change, parts: dict[str, dict[str, str]], path: str = "/") -> State:
    """A state of a change's subject."""
    assert of.subject is not None
    return State(
        subject=of.subject,
        unique_id="AIDAEXAMPLE",
        arn=_arn(of.subject, path),
        as_of=of.at,
        parts={Part(part): values for part, values in parts.items()},
    )


def state_or_none(of: Change, parts: dict[str, dict[str, str]] | None, path: str = "/") -> Any:
    """A state of a change's subject, or None where it does not exist (``null`` in a case)."""
    return None if parts is None else state(of, parts, path)


def _arn(subject: Subject, path: str) -> str:
    if subject.kind in {*BY_ARN, Kind.POLICY, Kind.MFA_DEVICE}:
        return subject.name
    if subject.kind is Kind.ACCOUNT:
        return f"arn:aws:account::{subject.name}:account"
    if subject.kind is Kind.ROOT:
        return f"arn:aws:iam::{subject.name}:root"
    return f"arn:aws:iam::{ACCOUNT}:{subject.kind.replace(' ', '-')}{path}{subject.name}"
