"""Usage: which grants of a role nobody used, so that a permission too many can be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from sandbox.gate import holdings, match
from sandbox.gate.needs.need import Need


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One action on one resource, as a role's identity policy writes them."""

    role: str
    action: str
    resource: str

    def used_by(self, need: Need) -> bool:
        """Whether a need falls under this grant."""
        return match.action(self.action, need.action) and match.resource(
            self.resource, need.resource
        )


def unused(account: str, role: str, needs: Iterable[Need]) -> tuple[Grant, ...]:
    """The role's grants under which none of the needs falls.

    A statement with NotAction or NotResource names no grant, and is left out.

    Raises:
        UnsupportedPolicyError: one of the role's policies is not one that the gate evaluates.
    """
    asked = tuple(needs)
    grants = {
        Grant(role, action, resource)
        for statement in holdings.of_role(account, role, "*").identity
        if statement.effect == "Allow"
        and not statement.all_actions_but
        and not statement.all_resources_but
        for action, resource in product(statement.actions, statement.resources)
    }
    return tuple(sorted(g for g in grants if not any(g.used_by(need) for need in asked)))
