"""What people decided, in memory: the port of deciding, without AWS."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lambdas.model.decision import Acceptance, Expectation, Note, Pause
from tests.service.fakes import SKEW, FakeClock, FakeRecords

KEPT = timedelta(minutes=15)


@dataclass
class FakeDecisions:
    clock: FakeClock
    records: FakeRecords
    noted: list[tuple[str, Note]] = field(default_factory=list)
    acceptances: dict[str, Acceptance] = field(default_factory=dict)
    expectations: list[Expectation] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    promises: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)

    def incidents(self, first: datetime, last: datetime) -> Iterable[str]:
        known = self.records.incidents.values()
        found = [each for each in known if first <= each.change.at <= last]
        return [each.id for each in sorted(found, key=lambda each: each.change.at, reverse=True)]

    def note(self, incident_id: str, note: Note) -> None:
        self.noted.append((incident_id, note))

    def notes(self, incident_id: str) -> tuple[Note, ...]:
        return tuple(note for about, note in self.noted if about == incident_id)

    def accept(self, acceptance: Acceptance) -> None:
        self.acceptances[acceptance.incident] = acceptance

    def accepted(self, unique_id: str) -> tuple[Acceptance, ...]:
        found = self.acceptances.values()
        return tuple(each for each in found if each.unique_id == unique_id)

    def forget(self, acceptance: Acceptance) -> None:
        del self.acceptances[acceptance.incident]

    def expect(self, expectation: Expectation) -> None:
        self.expectations.append(expectation)

    def expected(self) -> tuple[Expectation, ...]:
        return tuple(self.expectations)

    def pause(self, pause: Pause) -> None:
        self.pauses.append(pause)

    def resume(self) -> None:
        self.pauses.clear()

    def paused(self) -> Pause | None:
        holding = (pause for pause in self.pauses if pause.until > self.clock.now())
        return next(holding, None)

    def promise(self, incident_id: str, fingerprints: Iterable[str], by: str) -> None:
        now = self.clock.now()
        self.promises.update({(each, by): (incident_id, now) for each in fingerprints})

    def promised(self, fingerprint: str, by: str, at: datetime) -> str | None:
        incident_id, since = self.promises.get((fingerprint, by), (None, at))
        return incident_id if since - SKEW <= at <= since + KEPT else None
