"""Ports: what the jobs need of the world, as Protocols that `lambdas.aws` fulfils."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from lambdas.model.gathered import Gathered
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.model.revert import Call
from lambdas.model.state import State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.model.turn import Turns


class AlertNotSentError(Exception):
    """The mail could not be handed to SNS; the alert stays owed."""


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

    def claim(self, name: str) -> int | None:
        """Take a piece of work: the number of the try, or None where it is finished already.

        Raises:
            HeldError: another run holds it and has not let go of it in time.
        """

    def finish(self, name: str) -> None:
        """Mark a claimed piece of work as finished."""

    def release(self, name: str) -> None:
        """Let go of a claim without having finished, so that a retry may take it at once."""

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state that is true for a moment before the given one; Unknown without id."""

    def remember(self, states: Iterable[State]) -> None:
        """Add states to their subjects' histories."""

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

    def owed(self) -> Iterable[Incident]:
        """The incidents about which a mail is still owed."""

    def waiting(self) -> Mapping[str, datetime]:
        """The ids of the incidents that wait for the digest, with the times of their changes."""

    def digested(self, incident_ids: Iterable[str]) -> None:
        """Note that these wait no longer."""


class HeldError(Exception):
    """Another run holds a claim and has not finished; a retry will look again."""


class UnreadableItemError(ValueError):
    """A stored item is not what this version of Snapback writes; the message names it."""


class Alerts(Protocol):
    """The mail to the security team."""

    def send(self, mail: Mail) -> None:
        """Send it.

        Raises:
            AlertNotSentError: it could not be handed over.
        """


class Undos(Protocol):
    """The queue of undos."""

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        """Ask for an incident's change to be undone, or for the nth look at what was undone.

        ``after`` are seconds to wait, at most 900; ``look`` 0 is the undo itself.
        """


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
