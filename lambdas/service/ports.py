"""Ports: what the jobs need of the world, as Protocols that `lambdas.aws` fulfils."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from lambdas.model.decision import Acceptance, Expectation, Note, Pause
from lambdas.model.gathered import Gathered
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.model.revert import Call
from lambdas.model.standing import Standing
from lambdas.model.state import State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.model.suspicion import Suspicion
from lambdas.model.turn import Turns


class AlertNotSentError(Exception):
    """The mail could not be handed to SNS; the alert stays owed."""


class PutOffError(AlertNotSentError):
    """It was one mail too many in its moment; what is owed is told by the watch clock."""


class CallFailedError(Exception):
    """A revert's call failed; ``transient`` where a later try may succeed."""

    def __init__(self, call: Call, reason: str, *, transient: bool, gone: bool = False) -> None:
        super().__init__(f"{call.action} failed: {reason}")
        self.call = call
        self.reason = reason
        self.transient = transient
        self.gone = gone


class Reading(Protocol):
    """Live states being read: the first answers may be used while the rest still arrive."""

    def unique_id(self, subject: Subject) -> str | None:
        """The subject's unique id, or None where it does not exist or cannot be read."""

    def states(self) -> States:
        """All states, once they are read; what could not be read is among the problems."""


class Account(Protocol):
    """The live account."""

    def reading(self, subjects: Iterable[Subject], *, reach: Subject | None = None) -> Reading:
        """Start to read the subjects' states and those of everything that they draw on.

        Where ``reach`` is a group or a policy, the principals to whom it lends power are found and
        read, too.
        """

    def name_of(self, kind: Kind, unique_id: str) -> str | None:
        """The name that the user or group with this id has now, or None where there is none."""

    def everything(self) -> Iterable[States]:
        """The states of the whole account, in pages."""

    def identities(self) -> Iterable[States]:
        """Those of its users, groups, roles and policies, in pages and without credentials."""


class Records(Protocol):
    """What is remembered between events: claims, histories, incidents, own calls."""

    def claim(self, name: str, *, lease: timedelta | None = None) -> int | None:
        """Take a piece of work: the number of the try, or None where it is finished already.

        ``lease`` is how long a run may hold it, where that is not as long as most functions run.

        Raises:
            HeldError: another run holds it and has not let go of it in time.
        """

    def finish(self, name: str) -> None:
        """Mark a claimed piece of work as finished."""

    def release(self, name: str) -> None:
        """Let go of a claim without having finished, so that a retry may take it at once."""

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state that is true for a moment before the given one; Unknown without id."""

    def within(self, unique_id: str | None, begin: datetime, end: datetime) -> Iterable[State]:
        """The states of a subject as of moments from one up to another, the newest first.

        None without id.

        Raises:
            UnreadableItemError: one of them cannot be read.
        """

    def remember(self, states: Iterable[State]) -> None:
        """Add states to their subjects' histories; one that is as the one before it adds nothing.

        A state from before the moment at which the one before it was seen once more is followed by
        that one: what arrives late must not look newer than what was seen since.
        """

    def differing(self, states: Iterable[State]) -> Mapping[str, State | Unknown]:
        """The newest known state of each of these subjects that is not as it is given here.

        By unique id; Unknown where none is known. A part that is not given is not compared.
        """

    def suspect(self, found: Mapping[str, Suspicion]) -> None:
        """Note whom a sweep is to judge, by unique id; a suspicion that is noted already stays."""

    def id_of(self, subject: Subject) -> str | None:
        """The unique id that a user or group had when it was last remembered by this name."""

    def pend(self, incident: Incident) -> None:
        """Note that the undo of an incident is pending."""

    def settle(self, incident: Incident) -> None:
        """Note that it is not pending any more, however it ended."""

    def pending(self) -> frozenset[str]:
        """The unique ids of the subjects of which an undo is pending."""

    def save(self, incident: Incident) -> None:
        """Write an incident as it now is; one of low severity then waits for the digest.

        An alert once sent and an outcome once noted stay so, even if the writer knows of neither.
        """

    def alerted(self, incident: Incident) -> None:
        """Note that an incident's alert is out, whatever else came of the incident meanwhile."""

    def told(self, incident: Incident) -> None:
        """Note that the mail about an incident's outcome is out, unless it ended anew since."""

    def touching(self, unique_id: str, moment: datetime) -> tuple[str, ...]:
        """The ids of the incidents of changes to a subject from the given moment on."""

    def incident(self, incident_id: str) -> Incident | None:
        """The incident with that id.

        Raises:
            UnreadableItemError: there is one, and it cannot be read.
        """

    def plan(self, incident_id: str, fingerprints: Iterable[str]) -> None:
        """Note the calls that are about to be made, so that their events are known again."""

    def planned(self, fingerprint: str) -> str | None:
        """The incident whose plan holds the call with that fingerprint."""

    def own(self, fingerprint: str, at: datetime) -> str | None:
        """The incident whose plan was about to make that call at the time of an event.

        A plan lasts as long as its undo runs: the same call made again later is nobody's plan.
        """

    def turns(self) -> Turns:
        """The undos that were let through of late.

        Raises:
            UnreadableItemError: they cannot be read.
        """

    def take(self, turns: Turns) -> bool:
        """Write the turns, unless another run has since those were read; whether it was done."""

    def others(self, actor: str, incident_id: str, since: datetime) -> int:
        """Note a mail about an actor; about how many other incidents of its there was one."""

    def gather(self, incident_id: str, actor: str) -> None:
        """Have an incident wait to be told together with others about its actor."""

    def gathered(self) -> Iterable[Gathered]:
        """The incidents that wait so."""

    def scatter(self, incident_ids: Iterable[str]) -> None:
        """Note that these were told."""

    def hear(self, flown: datetime) -> None:
        """Note that the canary that flew then came back as an event."""

    def hide(self, incident_id: str) -> None:
        """Note that an incident's event hides what it did, and no sweep has looked for it yet."""

    def owed(self) -> Iterable[Incident]:
        """The incidents about which a mail is still owed."""

    def waiting(self) -> Mapping[str, datetime]:
        """The ids of the incidents that wait for the digest, with the times of their changes."""

    def digested(self, incident_ids: Iterable[str]) -> None:
        """Note that these wait no longer."""


class Decided(Protocol):
    """What people have decided, as far as it bears on judging and undoing."""

    def accept(self, acceptance: Acceptance) -> None:
        """Write an acceptance as it now is; there is one for each incident."""

    def accepted(self, unique_id: str) -> tuple[Acceptance, ...]:
        """What was accepted about the subject with that unique id."""

    def forget(self, acceptance: Acceptance) -> None:
        """Let an acceptance hold no longer."""

    def expected(self) -> tuple[Expectation, ...]:
        """The announcements, also those whose time is over."""

    def paused(self) -> Pause | None:
        """The pause that holds now."""

    def promised(self, fingerprint: str, by: str, at: datetime) -> str | None:
        """The incident for which that principal was to make that call at the time of an event.

        A promise lasts some minutes: the same call made again later is nobody's.
        """


class Decisions(Decided, Protocol):
    """The same, with what only whoever decides needs."""

    def incidents(self, first: datetime, last: datetime) -> Iterable[str]:
        """The ids of the incidents whose changes lie between two moments, the newest first."""

    def note(self, incident_id: str, note: Note) -> None:
        """Add to what people did about an incident."""

    def notes(self, incident_id: str) -> tuple[Note, ...]:
        """What people did about an incident, in the order in which they did it."""

    def expect(self, expectation: Expectation) -> None:
        """Announce changes."""

    def pause(self, pause: Pause) -> None:
        """Let nothing be undone for a time."""

    def resume(self) -> None:
        """Let undoing go on."""

    def promise(self, incident_id: str, fingerprints: Iterable[str], by: str) -> None:
        """Note the calls that a person is about to make for an incident."""


class SweepRecords(Records, Protocol):
    """What a sweep remembers beyond that."""

    def sight(self, seen: Mapping[str, datetime | None]) -> None:
        """Note whom a sweep met, by unique id, and when it saw that their newest state holds.

        None for those of whom it saw something else. What a sweep before it noted is forgotten.
        """

    def sighted(self) -> Mapping[str, datetime | None]:
        """What the last sweep noted; empty before the first."""

    def suspects(self) -> Mapping[str, Suspicion]:
        """By unique id, whom a sweep found changed and no event has told of yet."""

    def clear(self, unique_ids: Iterable[str]) -> None:
        """Forget some of these: an event told of them, or people were told."""

    def about(self, subject: Subject) -> Iterable[Incident]:
        """The incidents of the last days about a subject.

        Raises:
            UnreadableItemError: one of them cannot be read.
        """

    def hidden(self) -> Iterable[Incident]:
        """The incidents whose events hide what they did, as far as no sweep has looked for it.

        Raises:
            UnreadableItemError: one of them cannot be read.
        """

    def reveal(self, incident_ids: Iterable[str]) -> None:
        """Note that a sweep has looked for what these did."""

    def standing(self) -> tuple[Standing, ...]:
        """Everybody who is administrator or can become it, as people were last told.

        Raises:
            UnreadableItemError: one of them cannot be read.
        """

    def stand(self, found: Iterable[Standing], gone: Iterable[Standing]) -> None:
        """Add or replace some of these, and take others off."""

    def swept(self, at: datetime) -> None:
        """Note that the whole account was read then."""


class HeldError(Exception):
    """Another run, with the try of that number, holds a claim; a retry will look again."""

    def __init__(self, says: str, *, tries: int = 0) -> None:
        super().__init__(says)
        self.tries = tries


class UnreadableItemError(ValueError):
    """A stored item is not what this version of Snapback writes; the message names it."""


class Alerts(Protocol):
    """The mail to the security team."""

    def send(self, mail: Mail) -> None:
        """Send it.

        Raises:
            PutOffError: too many are sent at this moment.
            AlertNotSentError: it could not be handed over.
        """


class Undos(Protocol):
    """The queue of undos."""

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        """Ask for an incident's change to be undone, or for the nth look at what was undone.

        ``after`` are seconds to wait, at most 900; ``look`` 0 is the undo itself.
        """


class Sweeps(Protocol):
    """The sweep, as something to be asked for."""

    def request(self, *, after: int = 0) -> None:
        """Ask for the whole account to be read, after so many seconds; it is not waited for."""


class Reverts(Protocol):
    """The only port that changes the account."""

    def make(self, call: Call) -> None:
        """Make one call.

        Raises:
            CallFailedError: it failed, after the SDK's own retries.
        """


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """This moment, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
