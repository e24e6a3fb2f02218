"""What a replay says of one event, and what it counts of all."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cli.located import Located
from lambdas.model.incident import Alert, Incident
from lambdas.model.revert import Irreversible


class Fate(StrEnum):
    """What would have become of an event."""

    UNDONE = "undone"
    """Mailed, and undone without a person."""
    ALERTED = "alerted"
    """Mailed only."""
    RECORDED = "recorded"
    IGNORED = "ignored"
    MALFORMED = "malformed"
    """No CloudTrail event looks like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One event, what would have become of it, and why it was ignored if it was."""

    located: Located
    fate: Fate
    reason: str | None = None
    incident: Incident | None = None

    @property
    def plan(self) -> tuple[str, ...]:
        """The exact calls that would have been made, as AWS command lines."""
        incident = self.incident
        if incident is None or not incident.undoes or isinstance(incident.revert, Irreversible):
            return ()
        return tuple(call.command() for call in incident.revert)

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints of an event."""
        verdict = self.incident.verdict if self.incident else None
        record = self.located.record
        return {
            "line": self.located.line,
            "eventID": record.get("eventID"),
            "eventSource": record.get("eventSource"),
            "eventName": record.get("eventName"),
            "verdict": str(self.fate),
            "severity": str(verdict.severity) if verdict else None,
            "findings": [
                {
                    "rule": finding.rule,
                    "says": finding.says,
                    "severity": str(finding.severity),
                    "certainty": str(finding.certainty),
                }
                for finding in (verdict.findings if verdict else ())
            ],
            "plan": list(self.plan),
            "ignored": self.reason,
        }


def judged(incident: Incident) -> Fate:
    """What would have become of a change that was judged."""
    if incident.undoes:
        return Fate.UNDONE
    return Fate.RECORDED if incident.alert is Alert.NONE else Fate.ALERTED


@dataclass(slots=True)
class Tally:
    """How many events ended in which way; every event is counted once."""

    events: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    kins: dict[str, Counter[Fate]] = field(default_factory=dict)
    """Value of the key of `--by` -> the same."""
    ignored: Counter[str] = field(default_factory=Counter)
    """By reason."""
    recorded: Counter[str] = field(default_factory=Counter)
    """By why nobody would have been mailed."""

    def count(self, replayed: Replayed) -> None:
        """Count an event."""
        self.events += 1
        self.fates[replayed.fate] += 1
        self.kins.setdefault(replayed.located.kin, Counter())[replayed.fate] += 1
        if replayed.reason is not None:
            self.ignored[replayed.reason] += 1
        if replayed.fate is Fate.RECORDED and replayed.incident is not None:
            self.recorded[_harmless(replayed.incident)] += 1


def _harmless(incident: Incident) -> str:
    """Why nobody would have been mailed."""
    problem = next((problem.says for problem in incident.verdict.problems), None)
    return problem or f"{incident.change.call}: nothing risky was found"
