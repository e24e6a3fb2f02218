"""Incidents: one item each, with pointers to those about which people are still to be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError

from lambdas.aws import chunks
from lambdas.aws.encoding import decode, encode
from lambdas.aws.items import SCHEMA, Item, item, key, number, passing, sortable, sorted_moment
from lambdas.aws.reads import code
from lambdas.aws.table import Table
from lambdas.model.incident import DUE, Alert, Incident, Outcome
from lambdas.model.subject import Subject
from lambdas.service.ports import UnreadableItemError


class Incidents:
    """The incidents in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def save(self, incident: Incident) -> None:
        """Write an incident and, while a mail about it is owed, a pointer to it; see the port.

        What was sent and how it ended are attributes of their own: evaluating and undoing write
        the same incident, and neither takes back what the other has noted. Chunks come first, and
        those that this write has replaced go last.
        """
        pk = _pk(incident.id)
        if incident.owes:
            self._table.put(item("owed", incident.id))
        changed, further = _attributes(incident)
        self._table.write(put=[_listed(incident), *further])
        if incident.change.subject is not None:
            self._table.put(passing(_about(incident.change.subject), incident.id))
        former = self._table.set(pk, _SORT_KEY, changed)
        if not _owes(incident, {**former, **changed}):
            self._table.delete("owed", incident.id)
        if incident.unique_id is not None and incident.planned_by is None:
            self._table.put(passing(_touched(incident.unique_id), _moment(incident)))
        if incident.waits:
            at = {"S": sortable(incident.change.at)}
            self._table.put(item("digest", incident.id, at=at))
        self._table.write(delete=_replaced(pk, former, changed))

    def alerted(self, incident: Incident) -> None:
        """Note that its alert is out, and nothing else of it; see the port."""
        answer = self._table.update(
            _pk(incident.id),
            _SORT_KEY,
            UpdateExpression="SET sent = :sent",
            ExpressionAttributeValues={":sent": {"BOOL": True}},
            ReturnValues="ALL_NEW",
        )
        if not _owes(incident, answer["Attributes"]):
            self._table.delete("owed", incident.id)

    def told(self, incident: Incident) -> None:
        """Note it under the condition that the outcome is still that one; see the port."""
        if incident.outcome is None:
            return
        try:
            answer = self._table.update(
                _pk(incident.id),
                _SORT_KEY,
                UpdateExpression="SET told = :told",
                ConditionExpression="ended = :ended",
                ExpressionAttributeValues={
                    ":told": {"BOOL": True},
                    ":ended": _ended(incident.outcome),
                },
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if code(error) != "ConditionalCheckFailedException":
                raise
            return
        if not _owes(incident, answer["Attributes"]):
            self._table.delete("owed", incident.id)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident with that id; read again where another write came in between."""
        seen: Item | None = None
        while (found := self._table.get(_pk(incident_id), _SORT_KEY)) is not None:
            try:
                return self._read(_pk(incident_id), found)
            except chunks.MissingChunkError:
                if found == seen:
                    raise
                seen = found
        return None

    def touching(self, unique_id: str, moment: datetime) -> tuple[str, ...]:
        """The ids of the incidents of changes to a subject from the given moment on."""
        pointers = (
            each["sk"]["S"].partition("#") for each in self._table.under(_touched(unique_id))
        )
        return tuple(found for at, _, found in pointers if sorted_moment(at) >= moment)

    def about(self, subject: Subject) -> Iterable[Incident]:
        """The incidents of the last days about a subject."""
        found = (self.incident(each["sk"]["S"]) for each in self._table.under(_about(subject)))
        return [incident for incident in found if incident is not None]

    def owed(self) -> Iterable[Incident]:
        """The incidents about which a mail is still owed."""
        unreadable = []
        for pointer in self._table.under("owed"):
            try:
                incident = self.incident(pointer["sk"]["S"])
            except UnreadableItemError as error:
                unreadable.append(error)
            else:
                if incident is not None:
                    yield incident
        if unreadable:
            raise unreadable[0]

    def between(self, first: datetime, last: datetime) -> Iterable[str]:
        """The ids of the incidents whose changes lie between two moments, the newest first."""
        for day in range((last.date() - first.date()).days + 1):
            partition = _day(last - timedelta(days=day))
            keys = [each["sk"]["S"].split("#") for each in self._table.under(partition)]
            for at, incident_id in reversed(keys):
                if first <= sorted_moment(at) <= last:
                    yield incident_id

    def waiting(self) -> Mapping[str, datetime]:
        """The ids of the incidents that wait for the digest, with the times of their changes."""
        pointers = self._table.under("digest")
        return {each["sk"]["S"]: sorted_moment(each["at"]["S"]) for each in pointers}

    def digested(self, incident_ids: Iterable[str]) -> None:
        """Note that these wait no longer."""
        self._table.write(delete=[key("digest", each) for each in incident_ids])

    def _read(self, pk: str, stored: Item) -> Incident:
        found = decode(Incident, chunks.read(self._table, pk, stored.get("data")), pk)
        outcome = None
        if "outcome" in stored:
            known = decode(Outcome, chunks.read(self._table, pk, stored["outcome"]), pk)
            outcome = replace(known, told=stored.get("told") == {"BOOL": True})
        alert = Alert.SENT if "sent" in stored else found.alert
        return replace(found, alert=alert, outcome=outcome)


_SORT_KEY = "incident"
_LARGE = ("data", "outcome")
"""The attributes that may need chunks."""


def _about(subject: Subject) -> str:
    return f"about#{subject}"


def _pk(incident_id: str) -> str:
    return f"incident#{incident_id}"


def _touched(unique_id: str) -> str:
    return f"touched#{unique_id}"


def _moment(incident: Incident) -> str:
    return f"{sortable(incident.change.at)}#{incident.id}"


def _listed(incident: Incident) -> Item:
    """What a day's incidents are found by."""
    at = incident.change.at
    return item(_day(at), f"{sortable(at)}#{incident.id}")


def _day(moment: datetime) -> str:
    return f"incidents#{moment.astimezone(UTC):%Y-%m-%d}"


def _ended(outcome: Outcome) -> Item:
    """What tells an outcome from those before and after it, as far as they are told anew."""
    return {"S": f"{sortable(outcome.at)}#{'actor' if outcome.contained else 'alone'}"}


def _attributes(incident: Incident) -> tuple[Item, Sequence[Item]]:
    """Everything that is written of an incident, and its chunks; what is not known is left out."""
    pk, outcome = _pk(incident.id), incident.outcome
    data, further = chunks.stored(pk, encode(replace(incident, outcome=None)))
    ended: dict[str, Item] = {}
    if outcome is not None:
        ended["outcome"], more = chunks.stored(pk, encode(outcome))
        ended["ended"], ended["told"] = _ended(outcome), {"BOOL": outcome.told}
        further = [*further, *more]
    attributes = {
        "v": number(SCHEMA),
        "data": data,
        "call": {"S": incident.change.call},
        "severity": {"S": str(incident.verdict.severity)},
        "at": {"S": sortable(incident.change.at)},
        **({"sent": {"BOOL": True}} if incident.alert is Alert.SENT else {}),
        **ended,
    }
    return attributes, further


def _replaced(pk: str, former: Item, changed: Item) -> list[Item]:
    """The keys of the chunks that nothing names any more.

    Where the SDK had to repeat a write whose answer was lost, what was there before the second try
    is what the first one wrote.
    """
    names = (name for name in _LARGE if name in changed and former.get(name) != changed[name])
    return [each for name in names for each in chunks.keys(pk, former.get(name))]


def _owes(incident: Incident, stored: Item) -> bool:
    """Whether a mail is still owed about an incident that has just been written."""
    untold = "outcome" in stored and stored.get("told") != {"BOOL": True}
    return untold or (incident.alert in DUE and "sent" not in stored)
