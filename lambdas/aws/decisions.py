"""Decisions: what people have said, kept in the table of the records for as long as it holds.

pk                      sk              holds
incident#<id>           note#<at>       what a person did about the incident
accepted#<unique id>    <incident id>   the findings of that incident that a person agreed to
expected                <at>            changes that a person announced
paused                  paused          there while a person lets nothing be undone
promised#<fingerprint>  <who>           the incident for which a person makes that call, since when
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from lambdas.aws.encoding import decode, encode
from lambdas.aws.incidents import Incidents
from lambdas.aws.items import Item, item, passing, seconds, sortable, sorted_moment
from lambdas.aws.plans import SKEW
from lambdas.aws.table import Table
from lambdas.model.decision import Acceptance, Expectation, Note, Pause

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class TableDecisions:
    """The decisions in a table, as the port that the jobs use."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        self._table = Table(dynamodb, table)
        self._incidents = Incidents(self._table)

    def incidents(self, first: datetime, last: datetime) -> Iterable[str]:
        """The ids of the incidents of a time, the newest first."""
        return self._incidents.between(first, last)

    def note(self, incident_id: str, note: Note) -> None:
        """Add to what people did about an incident."""
        pk = _noted(incident_id)
        self._table.put(item(pk, f"note#{sortable(note.at)}", data=_data(note)))

    def notes(self, incident_id: str) -> tuple[Note, ...]:
        """What people did about an incident, in the order in which they did it."""
        pk = _noted(incident_id)
        found = self._table.under(pk, "note#")
        return tuple(decode(Note, each["data"]["B"], pk) for each in found)

    def accept(self, acceptance: Acceptance) -> None:
        """Write an acceptance as it now is."""
        pk = _accepted(acceptance.unique_id)
        self._table.put(item(pk, acceptance.incident, data=_data(acceptance)))

    def accepted(self, unique_id: str) -> tuple[Acceptance, ...]:
        """What was accepted about the subject with that unique id."""
        pk = _accepted(unique_id)
        return tuple(decode(Acceptance, each["data"]["B"], pk) for each in self._table.under(pk))

    def forget(self, acceptance: Acceptance) -> None:
        """Let an acceptance hold no longer."""
        self._table.delete(_accepted(acceptance.unique_id), acceptance.incident)

    def expect(self, expectation: Expectation) -> None:
        """Announce changes; the announcement is forgotten when its time is over."""
        self._table.put(_passing(_EXPECTED, sortable(expectation.at), expectation))

    def expected(self) -> tuple[Expectation, ...]:
        """The announcements, also those whose time is over and which are not forgotten yet."""
        found = self._table.under(_EXPECTED)
        return tuple(decode(Expectation, each["data"]["B"], _EXPECTED) for each in found)

    def pause(self, pause: Pause) -> None:
        """Let nothing be undone for a time."""
        self._table.put(_passing(_PAUSED, _PAUSED, pause))

    def resume(self) -> None:
        """Let undoing go on."""
        self._table.delete(_PAUSED, _PAUSED)

    def paused(self) -> Pause | None:
        """The pause that holds now."""
        found = self._table.get(_PAUSED, _PAUSED)
        pause = decode(Pause, found["data"]["B"], _PAUSED) if found else None
        return pause if pause and pause.until > datetime.now(UTC) else None

    def promise(self, incident_id: str, fingerprints: Iterable[str], by: str) -> None:
        """Note the calls that a person is about to make for an incident."""
        for fingerprint in fingerprints:
            promise = {"incident": {"S": incident_id}, "at": {"S": sortable(datetime.now(UTC))}}
            self._table.put(passing(_promised(fingerprint), by, **promise))

    def promised(self, fingerprint: str, by: str, at: datetime) -> str | None:
        """The incident for which that principal was to make that call then; see the port."""
        found = self._table.get(_promised(fingerprint), by)
        if found is None:
            return None
        since = sorted_moment(found["at"]["S"])
        return str(found["incident"]["S"]) if since - SKEW <= at <= since + MADE_WITHIN else None


MADE_WITHIN = timedelta(minutes=15)
"""After a person has begun, each of the calls is made within this time."""
_EXPECTED = "expected"
_PAUSED = "paused"


def _noted(incident_id: str) -> str:
    return f"incident#{incident_id}"


def _accepted(unique_id: str) -> str:
    return f"accepted#{unique_id}"


def _promised(fingerprint: str) -> str:
    return f"promised#{fingerprint}"


def _data(record: Acceptance | Expectation | Note | Pause) -> Item:
    return {"B": encode(record)}


def _passing(pk: str, sk: str, record: Expectation | Pause) -> Item:
    """An item that DynamoDB deletes after its time."""
    return item(pk, sk, data=_data(record), expires=seconds(record.until))
