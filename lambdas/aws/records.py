"""Records: claims, histories, incidents and planned calls in one DynamoDB table.

pk                      sk              holds
claim#<work>            claim           tries, lease, done
state#<unique id>       <as of>         one state of a subject, its long texts named by digest
state#<unique id>       chunk#<write>#<number>  a part of a state too large for its item
document#<sha-256>      document        a long text of states; chunk#... where one item is too small
seen#<number>           seen            until when the newest states of some subjects were seen
incident#<id>           incident        one incident; apart from it: sent, outcome, ended, told
incident#<id>           chunk#<write>#<number>  a part of an incident, or of its outcome
named#<kind> <name>     id              the unique id of a user or group last seen by that name
touched#<unique id>     <time>#<incident id>  a change to that subject, for some days
own#<fingerprint>       <noted>#<id>    the incident whose plan was then about to make that call
crowd#<actor>           <noted>#<id>    there while a mail about the actor counts
gathered                <incident id>   there while it waits: the actor, since when
hidden                  <incident id>   there until a sweep has looked for what its call did
turns                   turns           undos of late, whom they deprive; apart from it: revision
about#<kind> <name>     <incident id>   there for some days: the incident is about that subject
swept                   swept           when a sweep last read the whole account
standing                <unique id>     somebody who is administrator or can become it
suspect                 <unique id>     when a sweep found it changed without an event
owed                    <incident id>   there while a mail about the incident is owed
digest                  <incident id>   there while it waits for the digest: the change's time
pending                 <unique id>#<incident id>  there while an undo of that subject is pending
incidents#<day>         <at>#<incident id>  there for every incident, so that a day's can be listed

What people decide stands in the same table: see ``decisions``; faults that last: see ``faults``;
the moments in which a mail may be sent: see ``mail_slots``; the last canary: see ``canaries``.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lambdas.aws.canaries import Canaries
from lambdas.aws.claims import Claims
from lambdas.aws.crowds import Crowds
from lambdas.aws.hidden import HiddenCalls
from lambdas.aws.histories import Histories
from lambdas.aws.incidents import Incidents
from lambdas.aws.items import item, sortable, sorted_moment
from lambdas.aws.plans import Plans
from lambdas.aws.standing import StandingList
from lambdas.aws.suspects import Suspects
from lambdas.aws.table import Table
from lambdas.aws.turns import UndoTurns
from lambdas.model.gathered import Gathered
from lambdas.model.incident import Incident
from lambdas.model.standing import Standing
from lambdas.model.state import State, Unknown
from lambdas.model.subject import Subject
from lambdas.model.suspicion import Suspicion
from lambdas.model.turn import Turns

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_SWEPT = "swept"


class TableRecords:
    """The table, as the port that the jobs use; each method is its part's."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        bound = self._table = Table(dynamodb, table)
        self._claims = Claims(bound)
        self._histories = Histories(bound)
        self._incidents = Incidents(bound)
        self._plans = Plans(bound)
        self._turns = UndoTurns(bound)
        self._crowds = Crowds(bound)
        self._standing = StandingList(bound)
        self._suspects = Suspects(bound)
        self._hidden = HiddenCalls(bound)
        self._canaries = Canaries(bound)

    def claim(self, name: str, *, lease: timedelta | None = None) -> int | None:
        """Take a piece of work; see the port."""
        return self._claims.claim(name, lease=lease)

    def finish(self, name: str) -> None:
        """Mark work as done."""
        self._claims.finish(name)

    def release(self, name: str) -> None:
        """Let go of a claim."""
        self._claims.release(name)

    def id_of(self, subject: Subject) -> str | None:
        """The unique id that a user or group had when it was last remembered by this name."""
        return self._histories.id_of(subject)

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state of a subject as of a moment before the given one."""
        return self._histories.before(unique_id, moment)

    def within(self, unique_id: str | None, begin: datetime, end: datetime) -> Iterable[State]:
        """The states of a subject as of moments from one up to another, the newest first."""
        return self._histories.within(unique_id, begin, end)

    def differing(self, states: Iterable[State]) -> Mapping[str, State | Unknown]:
        """The newest known states that are not as they are given here; see the port."""
        return self._histories.differing(states)

    def sight(self, seen: Mapping[str, datetime | None]) -> None:
        """Replace what was seen when; see the port."""
        self._histories.sightings.note(seen)

    def sighted(self) -> Mapping[str, datetime | None]:
        """What the last sweep saw when."""
        return self._histories.sightings.all()

    def swept(self, at: datetime) -> None:
        """Note that the whole account was read then."""
        self._table.put(item(_SWEPT, _SWEPT, at={"S": sortable(at)}))

    def last_sweep(self) -> datetime | None:
        """When the whole account was last read; None before the first time."""
        found = self._table.get(_SWEPT, _SWEPT)
        return sorted_moment(found["at"]["S"]) if found else None

    def remember(self, states: Iterable[State]) -> None:
        """Add states to their subjects' histories."""
        self._histories.remember(states)

    def suspects(self) -> Mapping[str, Suspicion]:
        """The subjects of which a change is suspected; see the port."""
        return self._suspects.all()

    def suspect(self, found: Mapping[str, Suspicion]) -> None:
        """Note some more."""
        self._suspects.note(found)

    def clear(self, unique_ids: Iterable[str]) -> None:
        """Forget the suspicion of some."""
        self._suspects.clear(unique_ids)

    def standing(self) -> tuple[Standing, ...]:
        """Everybody who is administrator or can become it; see the port."""
        return self._standing.all()

    def stand(self, found: Iterable[Standing], gone: Iterable[Standing]) -> None:
        """Add or replace some of these, and take others off."""
        self._standing.note(found, gone)

    def about(self, subject: Subject) -> Iterable[Incident]:
        """The incidents of the last days about a subject."""
        return self._incidents.about(subject)

    def pend(self, incident: Incident) -> None:
        """Note a pending undo."""
        self._plans.pend(incident)

    def settle(self, incident: Incident) -> None:
        """Note that the undo has ended."""
        self._plans.settle(incident)

    def pending(self) -> frozenset[str]:
        """The unique ids of the subjects of which an undo is pending."""
        return self._plans.pending()

    def save(self, incident: Incident) -> None:
        """Write an incident as it now is; see the port."""
        self._incidents.save(incident)

    def alerted(self, incident: Incident) -> None:
        """Note that an incident's alert is out."""
        self._incidents.alerted(incident)

    def told(self, incident: Incident) -> None:
        """Note that the mail about an incident's outcome is out; see the port."""
        self._incidents.told(incident)

    def touching(self, unique_id: str, moment: datetime) -> tuple[str, ...]:
        """The incidents of changes to a subject from the given moment on."""
        return self._incidents.touching(unique_id, moment)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident with that id; see the port."""
        return self._incidents.incident(incident_id)

    def owed(self) -> Iterable[Incident]:
        """The incidents about which a mail is still owed."""
        return self._incidents.owed()

    def waiting(self) -> Mapping[str, datetime]:
        """The incidents that wait for the digest."""
        return self._incidents.waiting()

    def digested(self, incident_ids: Iterable[str]) -> None:
        """Note that these wait no longer."""
        self._incidents.digested(incident_ids)

    def plan(self, incident_id: str, fingerprints: Iterable[str]) -> None:
        """Note the calls that are about to be made."""
        self._plans.plan(incident_id, fingerprints)

    def planned(self, fingerprint: str) -> str | None:
        """The incident whose plan holds that call."""
        return self._plans.planned(fingerprint)

    def turns(self) -> Turns:
        """The undos that were let through of late."""
        return self._turns.turns()

    def take(self, turns: Turns) -> bool:
        """Write the turns; see the port."""
        return self._turns.take(turns)

    def own(self, fingerprint: str, at: datetime) -> str | None:
        """The incident whose plan was about to make that call then."""
        return self._plans.own(fingerprint, at)

    def others(self, actor: str, incident_id: str, since: datetime) -> int:
        """Note a mail about an actor; about how many other incidents there was one."""
        return self._crowds.others(actor, incident_id, since)

    def gather(self, incident_id: str, actor: str) -> None:
        """Have an incident wait to be told together with others."""
        self._crowds.gather(incident_id, actor)

    def gathered(self) -> Iterable[Gathered]:
        """The incidents that wait so."""
        return self._crowds.gathered()

    def scatter(self, incident_ids: Iterable[str]) -> None:
        """Note that these were told."""
        self._crowds.scatter(incident_ids)

    def hear(self, flown: datetime) -> None:
        """Note that a canary came back."""
        self._canaries.hear(flown)

    def heard(self) -> datetime | None:
        """When the newest canary flew that came back; None before the first."""
        return self._canaries.heard()

    def hide(self, incident_id: str) -> None:
        """Note that an incident's event hides what it did."""
        self._hidden.hide(incident_id)

    def hidden(self) -> Iterable[Incident]:
        """The incidents whose events hide what they did; see the port."""
        found = (self.incident(each) for each in self._hidden.all())
        return [incident for incident in found if incident is not None]

    def reveal(self, incident_ids: Iterable[str]) -> None:
        """Note that a sweep has looked for what these did."""
        self._hidden.reveal(incident_ids)
