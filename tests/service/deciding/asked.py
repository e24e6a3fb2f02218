"""A world in which people decide, and olga, who does."""

from typing import Any

from lambdas.model.actor import Actor
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
