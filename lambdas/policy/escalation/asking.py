"""Asking about one power: the same questions arise on many ways, and each is answered once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lambdas.policy import evaluate
from lambdas.policy.escalation.passed import passing
from lambdas.policy.escalation.path import Target
from lambdas.policy.evaluate import Decision
from lambdas.policy.source import Power

Ask = Callable[[str, str], Decision]


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """The questions about one power, with the answers that were given."""

    power: Power
    unknown: frozenset[Target] = frozenset()
    """Which of the caller's own things are not known: any of its account may be one of them."""
    _decisions: dict[tuple[object, str, str], Decision] = field(default_factory=dict)
    _regions: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _filled: dict[str, str] = field(default_factory=dict)
    _passing: dict[str, "Asking"] = field(default_factory=dict)

    def here(self, action: str, resource: str) -> Decision:
        """Whether the action is allowed on one resource."""
        return self._once(evaluate.decide, action, resource)

    def everywhere(self, action: str, pattern: str) -> Decision:
        """Whether it is allowed on the pattern's resources but for those singled out."""
        return self._once(evaluate.decide_general, action, pattern)

    def somewhere(self, action: str, pattern: str) -> Decision:
        """Whether it is allowed on at least one of the pattern's resources."""
        return self._once(evaluate.decide_some, action, pattern)

    def regions(self, action: str, pattern: str) -> tuple[str, ...]:
        """The parts of the pattern that are open to the action."""
        asked = (action, pattern)
        if asked not in self._regions:
            self._regions[asked] = evaluate.regions(self.power, action, pattern)
        return self._regions[asked]

    def passing_to(self, service: str | None) -> "Asking":
        """The questions about the power over roles that are passed to a service."""
        if service is None:
            return self
        if service not in self._passing:
            power = passing(self.power, service)
            self._passing[service] = self if power is self.power else Asking(power, self.unknown)
        return self._passing[service]

    def pattern(self, kind: str) -> str:
        """All of the account's users, roles, ... as a pattern."""
        return self.own(f"arn:{{partition}}:iam::{{account}}:{kind}/*")

    def own(self, pattern: str) -> str:
        """A pattern with the power's partition and account filled in."""
        if pattern not in self._filled:
            own = {"partition": self.power.partition, "account": self.power.account}
            self._filled[pattern] = pattern.format_map(own)
        return self._filled[pattern]

    def _once(
        self, ask: Callable[[Power, str, str], Decision], action: str, resource: str
    ) -> Decision:
        asked = (ask, action, resource)
        if asked not in self._decisions:
            self._decisions[asked] = ask(self.power, action, resource)
        return self._decisions[asked]
