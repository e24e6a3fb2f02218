"""What came of one attack, and whether it is what its call's mode promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.drill.mode import Mode
from lambdas.model.incident import Ending
from lambdas.model.severity import Severity

HELD = "held"
"""The outcome of what was left to a person who did not act, or could not."""
BY_HAND = "by hand"
"""The outcome of a plan that was left to a person and carried out."""
UNSEEN = "no incident was recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """One call: what was judged, mailed, planned and done, and the state in the end.

    ``outcome`` is how the undo ended, or `HELD` or `BY_HAND`; ``equal`` is whether the whole
    account is as it was before the attack. ``reason`` says why nothing was undone without a
    person, or else how the undo ended. ``failures`` are those of functions and of planned calls.
    """

    call: str
    family: str
    mode: Mode
    verdict: Severity | None
    mailed: int
    plan: tuple[str, ...]
    outcome: str | None
    equal: bool
    reason: str | None
    failures: Sequence[str] = ()

    @property
    def seen(self) -> bool:
        """Whether an incident was recorded of the call."""
        return self.verdict is not None

    @property
    def kept(self) -> bool:
        """Whether it ended as its mode promises."""
        return self.seen and not self.failures and _PROMISES[self.mode](self)

    def as_json(self) -> Mapping[str, Any]:
        """The one object that `--json` prints of a call."""
        return {
            "call": self.call,
            "family": self.family,
            "seen": self.seen,
            "verdict": str(self.verdict) if self.verdict is not None else None,
            "mailed": self.mailed,
            "mode": str(self.mode),
            "plan": [*self.plan],
            "outcome": self.outcome,
            "equal": self.equal,
            "reason": "; ".join(self.failures) or self.reason,
            "kept": self.kept,
        }


def _undone(drilled: Drilled) -> bool:
    """Undone, or held for a reason: then a person's calls restore it, if there are any."""
    if drilled.outcome in (Ending.RESTORED, BY_HAND):
        return drilled.equal
    return drilled.outcome == HELD and not drilled.plan and bool(drilled.reason)


_PROMISES: Mapping[Mode, Callable[[Drilled], bool]] = {
    Mode.AUTOMATIC: _undone,
    Mode.MANUAL: lambda it: it.outcome == BY_HAND and it.equal,
    Mode.CONTAIN: lambda it: it.outcome == Ending.CONTAINED,
    Mode.NONE: lambda it: it.outcome == HELD and bool(it.reason),
}
"""Mode -> whether its promise was kept."""
