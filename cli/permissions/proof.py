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
    """What a comparison found of one role."""

    role: str
    granted: int
    used: int
    unused: tuple[str, ...]
    refused: tuple[str, ...]
    excepted: tuple[Excepted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was found of each role; ``stale`` are exceptions that excuse nothing any more."""

    proofs: tuple[Proof, ...]
    stale: tuple[Excepted, ...]

    @property
    def good(self) -> bool:
        """Whether each role has what it uses and nothing else, but for reasons that still hold."""
        return not (self.stale or any(each.unused or each.refused for each in self.proofs))


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


def compared(
    grants: Actions, asked: Iterable[Asked], exceptions: Iterable[Excepted] = EXCEPTED
) -> Compared:
    """The comparison, with roles in the order of the template.

    An exception is stale if of all roles that it speaks of each has used the action, or has it no
    longer.
    """
    calls, table = frozenset(asked), tuple(exceptions)
    proofs = tuple(_of(role, actions, calls, table) for role, actions in grants.items())
    holding = {each for proof in proofs for each in proof.excepted}
    return Compared(proofs=proofs, stale=tuple(each for each in table if each not in holding))


def _of(
    role: str, actions: frozenset[str], calls: frozenset[Asked], table: tuple[Excepted, ...]
) -> Proof:
    used = {each.action for each in calls if each.role == role and each.allowed}
    refused = {each.action for each in calls if each.role == role and not each.allowed}
    unused = actions - used
    excepted = [each for each in table if each.speaks_of(role) and each.action in unused]
    return Proof(
        role=role,
        granted=len(actions),
        used=len(actions & used),
        unused=tuple(sorted(unused - {each.action for each in excepted})),
        refused=tuple(sorted(refused)),
        excepted=tuple(excepted),
    )


def _allowed(document: Mapping[str, Any]) -> Iterator[str]:
    for statement in _listed(document["Statement"]):
        if statement["Effect"] == "Allow":
            beyond = [f"everything but {', '.join(_listed(statement.get('NotAction', [])))}"]
            yield from _listed(statement.get("Action", beyond))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
