"""A world in which people decide, and olga, who does."""

from collections.abc import Callable
from typing import Any

from lambdas.model.actor import Actor
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Incident
from lambdas.model.revert import Call
from lambdas.service.deciding import Deciding, decide
from tests.service.world import ACCOUNT, World

OLGA = Actor(kind="IAMUser", arn=f"arn:aws:iam::{ACCOUNT}:user/olga", account=ACCOUNT)


class Asked:
    """A world, and what is asked in it."""

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.decisions = self.world.decisions

    def of(self) -> Deciding:
        return Deciding(
            account=self.world.account,
            records=self.world.records,
            decisions=self.decisions,
            alerts=self.world.alerts,
            clock=self.world.clock,
            settings=self.world.settings,
        )

    def ask(self, do: str, **question: Any) -> dict[str, Any]:
        return decide({"do": do, **question}, OLGA, self.of())

    def mailed(self) -> list[str]:
        return [mail.subject for mail in self.world.alerts.sent]


def does(asked: Asked, what: str, incident: Incident, failed: str | None = None) -> dict[str, Any]:
    """All that the command line does, with the person's credentials."""
    planned = asked.ask("plan", incident=incident.id, what=what)
    calls = [Call(**each) for each in planned["calls"]]
    prints = [call_fingerprint(call) for call in calls]
    asked.ask("begin", incident=incident.id, what=what, fingerprints=prints)
    for call in calls if failed is None else ():
        asked.world.reverts.make(call)
    return asked.ask("finish", incident=incident.id, what=what, failed=failed)


def begun(asked: Asked, what: str, incident: Incident) -> Callable[[], dict[str, Any]]:
    """What is planned, and begun, and never ended."""
    planned = asked.ask("plan", incident=incident.id, what=what)
    prints = [call_fingerprint(Call(**each)) for each in planned["calls"]]
    return lambda: asked.ask("begin", incident=incident.id, what=what, fingerprints=prints)
