"""The world of a replay: accounts in memory, built from a dump and from the events seen so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cli.account import Accounts
from cli.aws_policies import aws_policies
from lambdas.model.arn import Arn, partition_of
from lambdas.model.change import Change, Lifecycle
from lambdas.model.gathered import Gathered
from lambdas.model.incident import Incident
from lambdas.model.state import Part, State, States, Unknown
from lambdas.model.subject import PRINCIPALS, Kind, Subject
from lambdas.model.suspicion import Suspicion
from lambdas.model.turn import Turns

UNSEEN = "no event before it tells"
_PERMISSIONS = (Part.ATTACHED, Part.INLINE)
_TAKEN_AS_EMPTY = {
    Kind.USER: (*_PERMISSIONS, Part.GROUPS, Part.BOUNDARY),
    Kind.ROLE: (*_PERMISSIONS, Part.BOUNDARY),
    Kind.GROUP: _PERMISSIONS,
}
"""What is judged as if nothing else were held, where only events tell of a subject."""


@dataclass(frozen=True, slots=True)
class Read:
    """A reading that is over at once."""

    found: States

    def unique_id(self, subject: Subject) -> str | None:
        """The subject's unique id, or None where nothing is known of it."""
        state = self.found.of(subject)
        return state.unique_id if state else None

    def states(self) -> States:
        """All states."""
        return self.found


@dataclass(slots=True)
class World:
    """The account and the records that evaluating needs, without AWS.

    Events come in order of time; each is applied before it is judged, so that what is read shows
    it, and the state before it is kept for as long as it is judged. What the product would undo
    stays done here, because that is how the log goes on.
    """

    dumped: Accounts
    _accounts: dict[str, dict[Subject, State]] = field(default_factory=dict)
    _told: set[tuple[str, Subject, Part, str]] = field(default_factory=set)
    """The values that events told of: what else a state made of events lacks is not known."""
    _made: set[tuple[str, Subject]] = field(default_factory=set)
    """The subjects that an event made: of them all is known."""
    _gone: set[tuple[str, Subject]] = field(default_factory=set)
    """The subjects that an event deleted."""
    _account: str = ""
    _former: State | Unknown = field(default_factory=lambda: Unknown(UNSEEN))

    def happen(self, change: Change) -> None:
        """Let a change happen."""
        self._account, self._former = change.account, Unknown(UNSEEN)
        subject = change.subject
        if subject is None:
            return
        self._former = self._before(change, subject, self._known(subject))
        self._told.update((change.account, subject, e.part, e.key) for e in change.edits)
        if change.lifecycle is not None:
            self._live_or_die(change, subject)
        known = self._known(subject) or _empty(change, subject)
        if change.lifecycle is not Lifecycle.DELETED:
            states = self._accounts.setdefault(change.account, {})
            states[subject] = replace(change.applied_to(known), as_of=change.at)

    def _live_or_die(self, change: Change, subject: Subject) -> None:
        """What was known of the subject is of another one, or of one that is no more."""
        self._accounts.get(change.account, {}).pop(subject, None)
        made = change.lifecycle is Lifecycle.CREATED
        for held, is_so in ((self._made, made), (self._gone, not made)):
            (held.add if is_so else held.discard)((change.account, subject))
        if made:
            self._accounts.setdefault(change.account, {})[subject] = _empty(change, subject)

    def reading(self, subjects: Iterable[Subject], *, reach: Subject | None = None) -> Read:
        """The states of these subjects and of all that they draw on, as far as they are known."""
        found: dict[Subject, State] = {}
        reached = self._reached(reach) if reach else ()
        wanted = [*subjects, *reached]
        while wanted:
            subject = wanted.pop()
            state = self._known(subject)
            if state is not None and subject not in found:
                found[subject] = state
                wanted.extend(state.draws_on())
        gone = (subject for account, subject in self._gone if account == self._account)
        return Read(States(found, absent=frozenset(gone), reached=reached))

    def everything(self) -> Iterable[States]:
        """Nothing: a replay never sweeps."""
        return ()

    def identities(self) -> Iterable[States]:
        """Nothing: as with ``everything``."""
        return ()

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:  # noqa: ARG002 - the port's
        """The state before the event that is being judged."""
        former = self._former
        if isinstance(former, State) and former.unique_id != unique_id:
            return Unknown(UNSEEN)
        return former

    def within(self, unique_id: str | None, begin: datetime, end: datetime) -> Iterable[State]:  # noqa: ARG002 - the port's
        """Nothing: the state before each event is followed from the one before it."""
        return ()

    def claim(self, name: str, *, lease: timedelta | None = None) -> int | None:  # noqa: ARG002 - the port's
        """The first try, always: copies of an event are sorted out before."""
        return 1

    def finish(self, name: str) -> None:
        """Nothing is kept of what is done."""

    def release(self, name: str) -> None:
        """Nothing is kept of what failed."""

    def remember(self, states: Iterable[State]) -> None:
        """Nothing: what the events did is known already."""

    def differing(self, states: Iterable[State]) -> Mapping[str, State | Unknown]:  # noqa: ARG002 - the port's
        """None: what the events did is known already."""
        return {}

    def suspect(self, found: Mapping[str, Suspicion]) -> None:
        """Nobody: no sweep follows."""

    def pend(self, incident: Incident) -> None:
        """Undos are said and not made, so that none is ever pending."""

    def settle(self, incident: Incident) -> None:
        """As with ``pend``."""

    def pending(self) -> frozenset[str]:
        """No undo is pending."""
        return frozenset()

    def name_of(self, kind: Kind, unique_id: str) -> str | None:
        """The name that the user or group with this id has now."""
        states = self._accounts.get(self._account, {}).values()
        named = (each.subject for each in states if each.unique_id == unique_id)
        return next((subject.name for subject in named if subject.kind is kind), None)

    def id_of(self, subject: Subject) -> str | None:  # noqa: ARG002 - the port's
        """None: a log is followed in order of time, in which everybody has the name of then."""
        return None

    def save(self, incident: Incident) -> None:
        """Nothing: incidents are told of, not kept."""

    def alerted(self, incident: Incident) -> None:
        """Nothing: incidents are told of, not kept."""

    def told(self, incident: Incident) -> None:
        """Nothing: nothing is undone."""

    def touching(self, unique_id: str, moment: datetime) -> tuple[str, ...]:  # noqa: ARG002 - the port's
        """None: incidents are not kept."""
        return ()

    def incident(self, incident_id: str) -> Incident | None:  # noqa: ARG002 - the port's
        """None: no try is ever the second."""
        return None

    def plan(self, incident_id: str, fingerprints: Iterable[str]) -> None:
        """Nothing: no call is made."""

    def planned(self, fingerprint: str) -> str | None:  # noqa: ARG002 - the port's
        """None: no call is Snapback's own."""
        return None

    def own(self, fingerprint: str, at: datetime) -> str | None:  # noqa: ARG002 - the port's
        """None: as with ``planned``."""
        return None

    def others(self, actor: str, incident_id: str, since: datetime) -> int:  # noqa: ARG002 - the port's
        """None: as with ``turns``."""
        return 0

    def gather(self, incident_id: str, actor: str) -> None:
        """Nothing: as with ``owed``."""

    def gathered(self) -> Iterable[Gathered]:
        """Nothing: as with ``owed``."""
        return ()

    def scatter(self, incident_ids: Iterable[str]) -> None:
        """Nothing: as with ``owed``."""

    def hear(self, flown: datetime) -> None:
        """Nothing: a replay knows of no canary."""

    def hide(self, incident_id: str) -> None:
        """Nothing: a replay never sweeps."""

    def turns(self) -> Turns:
        """None: each event is answered as the first one would be."""
        return Turns()

    def take(self, turns: Turns) -> bool:  # noqa: ARG002 - the port's
        """Nothing is kept: as with ``turns``."""
        return True

    def owed(self) -> Iterable[Incident]:
        """Nothing: no mail is sent."""
        return ()

    def waiting(self) -> Mapping[str, datetime]:
        """Nothing: as with ``owed``."""
        return {}

    def digested(self, incident_ids: Iterable[str]) -> None:
        """Nothing: as with ``owed``."""

    def _reached(self, lender: Subject) -> tuple[Subject, ...]:
        """The principals that are known to draw on a group or a policy, also through a group."""
        if lender.kind in PRINCIPALS:
            return ()
        dumped, told = self.dumped.get(self._account, {}), self._accounts.get(self._account, {})
        drawing = {state.subject: {*state.draws_on()} for state in {**dumped, **told}.values()}
        groups = {each for each in drawing if each.kind is Kind.GROUP and lender in drawing[each]}
        lenders = {lender, *groups}
        return tuple(
            each for each in drawing if each.kind in PRINCIPALS and lenders & drawing[each]
        )

    def _known(self, subject: Subject) -> State | None:
        if (self._account, subject) in self._gone:
            return None
        places: tuple[Mapping[Subject, State], ...] = (
            self._accounts.get(self._account, {}),
            self.dumped.get(self._account, {}),
            self.dumped.get("aws", {}),
        )
        held = next((place[subject] for place in places if subject in place), None)
        return held or aws_policies().state(subject)

    def _before(self, change: Change, subject: Subject, known: State | None) -> State | Unknown:
        dumped = subject in self.dumped.get(change.account, {})
        made = (change.account, subject) in self._made
        told = all(
            (change.account, subject, edit.part, edit.key) in self._told for edit in change.edits
        )
        return known if known is not None and (dumped or made or told) else Unknown(UNSEEN)


def _empty(change: Change, subject: Subject) -> State:
    """The state of a subject of which this event tells first."""
    named = Arn.parse(subject.name)
    arn = Arn(partition_of(change.region), "iam", "", change.account, _resource(subject))
    return State(
        subject=subject,
        unique_id=f"{subject.kind}/{subject.name}",
        arn=subject.name if named else str(arn),
        as_of=change.at,
        parts={part: {} for part in _TAKEN_AS_EMPTY.get(subject.kind, ())},
    )


def _resource(subject: Subject) -> str:
    return f"{subject.kind}/{subject.name}"
