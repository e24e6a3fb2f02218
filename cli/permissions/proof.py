"""The comparison: for each role, what it is granted, what it used, and what it was refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cli.permissions.excepted import EXCEPTED, Excepted

_POLICIES = frozenset({"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"})
Actions = Mapping[str, frozenset[str]]
"""Logical id of a role -> actions as IAM policies spell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One action that a role asked for, and whether the gate allowed it."""

    role: str
    action: str
    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a comparison found of one role; ``stale`` are exceptions for what was used after all."""

    role: str
    granted: int
    used: int
    unused: tuple[str, ...]
    refused: tuple[str, ...]
    excepted: tuple[Excepted, ...]
    stale: tuple[Excepted, ...]

    @property
    def good(self) -> bool:
        """Whether the role has what it uses and nothing else, but for stated reasons."""
        return not (self.unused or self.refused or self.stale)


def granted(template: Mapping[str, Any]) -> Actions:
    """The actions that a template allows each of its roles.

    Statements with NotAction allow what nobody can list: they stand as one action that no call
    is, so that they are never taken for used.
    """
    resources = template["Resources"]
    found: dict[str, set[str]] = {
        name: {
            action
            for each in resource.get("Properties", {}).get("Policies", ())
            for action in _allowed(each["PolicyDocument"])
        }
        for name, resource in resources.items()
        if resource["Type"] == "AWS::IAM::Role"
    }
    for resource in resources.values():
        if resource["Type"] in _POLICIES:
            policy = resource["Properties"]
            for role in policy.get("Roles", ()):
                found[role["Ref"]].update(_allowed(policy["PolicyDocument"]))
    return {role: frozenset(actions) for role, actions in found.items()}


def proven(
    grants: Actions, asked: Iterable[Asked], exceptions: Iterable[Excepted] = EXCEPTED
) -> list[Proof]:
    """The comparison for each role, in the order of the template."""
    calls, table = frozenset(asked), tuple(exceptions)
    return [_of(role, actions, calls, table) for role, actions in grants.items()]


def _of(
    role: str, actions: frozenset[str], calls: frozenset[Asked], table: tuple[Excepted, ...]
) -> Proof:
    used = {each.action for each in calls if each.role == role and each.allowed}
    refused = {each.action for each in calls if each.role == role and not each.allowed}
    theirs = [each for each in table if each.speaks_of(role) and each.action in actions]
    reasons = {each.action for each in theirs}
    return Proof(
        role=role,
        granted=len(actions),
        used=len(actions & used),
        unused=tuple(sorted(actions - used - reasons)),
        refused=tuple(sorted(refused)),
        excepted=tuple(each for each in theirs if each.action not in used),
        stale=tuple(each for each in theirs if each.role and each.action in used),
    )


def _allowed(document: Mapping[str, Any]) -> Iterator[str]:
    for statement in _listed(document["Statement"]):
        if statement["Effect"] == "Allow":
            beyond = [f"everything but {', '.join(_listed(statement.get('NotAction', [])))}"]
            yield from _listed(statement.get("Action", beyond))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
