"""An account, its records and its mail in memory: the ports of the jobs, without AWS."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from lambdas.model.change import Edit
from lambdas.model.gathered import Gathered
from lambdas.model.incident import Alert, Incident
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.revert import Call
from lambdas.model.standing import Standing
from lambdas.model.state import ONLY, Part, State, States, Unknown
from lambdas.model.subject import NAMED, PRINCIPALS, Kind, Subject
from lambdas.model.suspicion import Suspicion
from lambdas.model.turn import Turns
from lambdas.service.ports import (
    AlertNotSentError,
    CallFailedError,
    HeldError,
    PutOffError,
    UnreadableItemError,
)
from tests.service import (
    identity_effects,
    part_effects,
    plain_effects,
    store_effects,
    trail_effects,
)

LEASE = timedelta(seconds=65)
MADE_WITHIN, SKEW = timedelta(seconds=90), timedelta(seconds=6)


class FakeClock:
    """Time that passes only while somebody sleeps, and what happens meanwhile."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 12, 0, 7, tzinfo=UTC)
        self.slept: list[float] = []
        self.meanwhile: list[object] = []

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
        if self.meanwhile:
            happens = self.meanwhile.pop(0)
            assert callable(happens)
            happens()


@dataclass
class FakeReading:
    found: States
    ids: Mapping[Subject, str]

    def unique_id(self, subject: Subject) -> str | None:
        return self.ids.get(subject)

    def states(self) -> States:
        return self.found


@dataclass
class FakeAccount:
    """An account whose reads may lag behind: while ``lag`` lasts they show ``stale``."""

    clock: FakeClock
    world: dict[Subject, State] = field(default_factory=dict)
    stale: dict[Subject, State] = field(default_factory=dict)
    lag: int = 0
    unreadable: dict[Subject, int] = field(default_factory=dict)
    """Subject -> for how many reads it cannot be read."""
    unread_parts: frozenset[Part] = frozenset()
    pages: tuple[States, ...] = ()
    people: tuple[States, ...] = ()
    """What the pages of the account's identities show; an empty account by itself."""
    reads: list[tuple[Subject, ...]] = field(default_factory=list)

    def reading(self, subjects: Iterable[Subject], *, reach: Subject | None = None) -> FakeReading:
        reached = self._reached(reach) if reach else ()
        wanted = (*subjects, *reached)
        self.reads.append(wanted)
        world = self.stale if self.lag else self.world
        self.lag = max(0, self.lag - 1)
        known: dict[Subject, State] = {}
        problems: list[Problem] = []
        absent: set[Subject] = set()
        self._read(wanted, world, known, problems, absent)
        ids = {subject: state.unique_id for subject, state in known.items()}
        return FakeReading(States(known, tuple(problems), frozenset(absent), reached), ids)

    def _reached(self, lender: Subject) -> tuple[Subject, ...]:
        """The principals that draw on a group or a policy."""
        if lender.kind in PRINCIPALS:
            return ()
        lenders = {lender} | {
            subject
            for subject, state in self.world.items()
            if subject.kind is Kind.GROUP and lender in state.draws_on()
        }
        return tuple(
            subject
            for subject, state in self.world.items()
            if subject.kind in PRINCIPALS and lenders & {*state.draws_on()}
        )

    def _read(
        self,
        wanted: Iterable[Subject],
        world: Mapping[Subject, State],
        known: dict[Subject, State],
        problems: list[Problem],
        absent: set[Subject],
    ) -> None:
        for subject in wanted:
            if self.unreadable.get(subject, 0):
                self.unreadable[subject] -= 1
                problems.append(Problem(f"the profile of {subject} could not be read: Throttling"))
            elif subject not in world:
                absent.add(subject)
            elif subject not in known:
                known[subject] = self._seen(world[subject])
                self._read(world[subject].draws_on(), world, known, problems, absent)

    def _seen(self, state: State) -> State:
        parts = {part: held for part, held in state.parts.items() if part not in self.unread_parts}
        return replace(state, as_of=self.clock.now(), parts=parts)

    def name_of(self, kind: Kind, unique_id: str) -> str | None:
        found = (state.subject for state in self.world.values() if state.unique_id == unique_id)
        return next((subject.name for subject in found if subject.kind is kind), None)

    def everything(self) -> Iterable[States]:
        return self.pages

    def identities(self) -> Iterable[States]:
        return self.people

    def have(self, *states: State) -> None:
        self.world.update({state.subject: state for state in states})

    def edit(self, subject: Subject, edit: Edit) -> None:
        self.world[subject] = edit.applied_to(self.world[subject])


FAR = datetime.max.replace(tzinfo=UTC)


def _is_as(known: State | Unknown, given: State) -> bool:
    return isinstance(known, State) and given.parts.items() <= known.parts.items()


@dataclass
class _Claim:
    tries: int
    lease: datetime
    done: bool = False


@dataclass
class FakeRecords:
    clock: FakeClock
    claims: dict[str, _Claim] = field(default_factory=dict)
    history: list[State] = field(default_factory=list)
    incidents: dict[str, Incident] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    noted: list[tuple[str, datetime, str]] = field(default_factory=list)
    undos: dict[str, str] = field(default_factory=dict)
    waits: dict[str, datetime] = field(default_factory=dict)
    seen: dict[str, datetime | None] = field(default_factory=dict)
    suspected: dict[str, Suspicion] = field(default_factory=dict)
    stands: dict[str, Standing] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    """The ids of incidents that cannot be read."""
    mailed: list[tuple[str, str, datetime]] = field(default_factory=list)
    crowds: dict[str, Gathered] = field(default_factory=dict)
    taken: Turns = field(default_factory=Turns)
    hides: set[str] = field(default_factory=set)
    """The ids of incidents whose events hide what they did."""
    last_sweep: datetime | None = None
    canary: datetime | None = None
    uncountable: bool = False
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    """What others do between a look at the turns and the write."""
    failing: set[str] = field(default_factory=set)
    """The methods that die once, as a run does that is out of time."""

    def claim(self, name: str, *, lease: timedelta | None = None) -> int | None:
        held = self.claims.setdefault(name, _Claim(0, datetime.min.replace(tzinfo=UTC)))
        if held.done:
            return None
        if held.lease >= self.clock.now():
            raise HeldError(name, tries=held.tries)
        until = self.clock.now() + (LEASE if lease is None else lease)
        held.tries, held.lease = held.tries + 1, until
        return held.tries

    def finish(self, name: str) -> None:
        self._die("finish")
        self.claims[name].done = True

    def release(self, name: str) -> None:
        self.claims[name].lease = datetime.min.replace(tzinfo=UTC)

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        found = [s for s in self.history if s.unique_id == unique_id and s.as_of < moment]
        return max(
            found, key=lambda state: state.as_of, default=Unknown("no state was read before")
        )

    def within(self, unique_id: str | None, begin: datetime, end: datetime) -> Iterable[State]:
        found = [s for s in self.history if s.unique_id == unique_id and begin <= s.as_of < end]
        return sorted(found, key=lambda state: state.as_of, reverse=True)

    def differing(self, states: Iterable[State]) -> Mapping[str, State | Unknown]:
        found = {each.unique_id: (each, self.before(each.unique_id, FAR)) for each in states}
        return {i: known for i, (given, known) in found.items() if not _is_as(known, given)}

    def sight(self, seen: Mapping[str, datetime | None]) -> None:
        self.seen = dict(seen)

    def suspects(self) -> Mapping[str, Suspicion]:
        return dict(self.suspected)

    def suspect(self, found: Mapping[str, Suspicion]) -> None:
        self.suspected = {**found, **self.suspected}

    def clear(self, unique_ids: Iterable[str]) -> None:
        for unique_id in unique_ids:
            del self.suspected[unique_id]

    def about(self, subject: Subject) -> Iterable[Incident]:
        return [each for each in self.incidents.values() if each.change.subject == subject]

    def standing(self) -> tuple[Standing, ...]:
        return tuple(self.stands.values())

    def stand(self, found: Iterable[Standing], gone: Iterable[Standing]) -> None:
        self.stands.update({each.unique_id: each for each in found})
        for each in gone:
            del self.stands[each.unique_id]

    def swept(self, at: datetime) -> None:
        self.last_sweep = at

    def sighted(self) -> Mapping[str, datetime | None]:
        return self.seen

    def remember(self, states: Iterable[State]) -> None:
        self.history.extend(
            each for each in states if not _is_as(self.before(each.unique_id, each.as_of), each)
        )

    def id_of(self, subject: Subject) -> str | None:
        if subject.kind not in NAMED:
            return None
        named = (state.unique_id for state in self.history if state.subject == subject)
        return next(named, None)

    def pend(self, incident: Incident) -> None:
        self.undos[incident.id] = str(incident.unique_id)

    def settle(self, incident: Incident) -> None:
        self.undos.pop(incident.id, None)

    def pending(self) -> frozenset[str]:
        return frozenset(self.undos.values())

    def save(self, incident: Incident) -> None:
        self._die("save")
        known = self.incidents.get(incident.id)
        if known is not None and known.alert is Alert.SENT:
            incident = replace(incident, alert=Alert.SENT)
        if known is not None and incident.outcome is None:
            incident = replace(incident, outcome=known.outcome)
        self.incidents[incident.id] = incident
        if incident.waits:
            self.waits[incident.id] = incident.change.at

    def alerted(self, incident: Incident) -> None:
        self._die("alerted")
        known = self.incidents[incident.id]
        self.incidents[incident.id] = replace(known, alert=Alert.SENT)

    def told(self, incident: Incident) -> None:
        known, outcome = self.incidents[incident.id], incident.outcome
        if known.outcome is not None and known.outcome == outcome:
            self.incidents[incident.id] = known.ended(replace(known.outcome, told=True))

    def touching(self, unique_id: str, moment: datetime) -> tuple[str, ...]:
        return tuple(
            each.id
            for each in self.incidents.values()
            if each.unique_id == unique_id and each.change.at >= moment
        )

    def incident(self, incident_id: str) -> Incident | None:
        if incident_id in self.unreadable:
            raise UnreadableItemError(incident_id)
        return self.incidents.get(incident_id)

    def plan(self, incident_id: str, fingerprints: Iterable[str]) -> None:
        noted = [*fingerprints]
        self.plans.update(dict.fromkeys(noted, incident_id))
        self.noted.extend((each, self.clock.now(), incident_id) for each in noted)

    def planned(self, fingerprint: str) -> str | None:
        return self.plans.get(fingerprint)

    def own(self, fingerprint: str, at: datetime) -> str | None:
        found = [
            (noted, incident)
            for each, noted, incident in self.noted
            if each == fingerprint and at - MADE_WITHIN <= noted <= at + SKEW
        ]
        return max(found, default=(at, None))[1]

    def others(self, actor: str, incident_id: str, since: datetime) -> int:
        self.mailed.append((actor, incident_id, self.clock.now()))
        noted = {each for who, each, at in self.mailed if who == actor and at >= since}
        return len(noted - {incident_id})

    def gather(self, incident_id: str, actor: str) -> None:
        self._die("gather")
        self.crowds[incident_id] = Gathered(incident=incident_id, actor=actor, at=self.clock.now())

    def gathered(self) -> Iterable[Gathered]:
        return [*self.crowds.values()]

    def scatter(self, incident_ids: Iterable[str]) -> None:
        self._die("scatter")
        for incident_id in incident_ids:
            del self.crowds[incident_id]

    def hear(self, flown: datetime) -> None:
        self.canary = flown

    def heard(self) -> datetime | None:
        return self.canary

    def hide(self, incident_id: str) -> None:
        self._die("hide")
        self.hides.add(incident_id)

    def hidden(self) -> Iterable[Incident]:
        return [self.incidents[each] for each in sorted(self.hides)]

    def reveal(self, incident_ids: Iterable[str]) -> None:
        self.hides -= {*incident_ids}

    def turns(self) -> Turns:
        if self.uncountable:
            raise UnreadableItemError("turns")
        return self.taken

    def take(self, turns: Turns) -> bool:
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if turns.revision != self.taken.revision:
            return False
        self.taken = replace(turns, revision=turns.revision + 1)
        return True

    def owed(self) -> Iterable[Incident]:
        self._die("owed")
        return [incident for incident in self.incidents.values() if incident.owes]

    def waiting(self) -> Mapping[str, datetime]:
        return dict(self.waits)

    def digested(self, incident_ids: Iterable[str]) -> None:
        for incident_id in incident_ids:
            del self.waits[incident_id]

    def _die(self, method: str) -> None:
        if method in self.failing:
            self.failing.remove(method)
            raise TimeoutError(method)


@dataclass
class FakeAlerts:
    """Mail that is refused as often as ``refusals`` says, and put off as often as ``put_off``."""

    refusals: int = 0
    put_off: int = 0
    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        if self.refusals:
            self.refusals -= 1
            raise AlertNotSentError("InternalError")
        if self.put_off:
            self.put_off -= 1
            raise PutOffError("too many")
        self.sent.append(mail)


@dataclass
class FakeUndos:
    requested: list[str] = field(default_factory=list)
    asked: list[tuple[str, int, int]] = field(default_factory=list)
    """The same with the seconds to wait and the number of the look."""

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        self.requested.append(incident_id)
        self.asked.append((incident_id, after, look))


@dataclass
class FakeSweeps:
    asked: list[int] = field(default_factory=list)
    """The seconds after which each was to begin."""
    refusals: int = 0

    def request(self, *, after: int = 0) -> None:
        if self.refusals:
            self.refusals -= 1
            raise TimeoutError("Invoke")
        self.asked.append(after)

    @property
    def requested(self) -> int:
        return len(self.asked)


@dataclass
class FakeReverts:
    """Calls that change the account, fail in order of ``failures``, or have no ``effect``."""

    account: FakeAccount
    failures: list[dict[str, bool]] = field(default_factory=list)
    effect: bool = True
    made: list[Call] = field(default_factory=list)

    def make(self, call: Call) -> None:
        if self.failures:
            raise CallFailedError(call, "Throttling: slow down", **self.failures.pop(0))
        if self.effect:
            self._do(call)
        self.made.append(call)

    def _do(self, call: Call) -> None:
        given = call.parameters
        plain = part_effects if call.service in part_effects.SERVICES else plain_effects
        if call.operation in plain.OPERATIONS:
            subject, edits = plain.edits(call)
            for edit in edits:
                self.account.edit(subject, edit)
            return
        if call.service == "cloudtrail":
            self._trail(call)
            return
        if (changed := identity_effects.subject(call)) is not None:
            self._identity(changed, call)
            return
        if call.operation == "CreatePolicyVersion" or "VersionId" in given:
            self._version(call)
            return
        if call.operation in ("UpdateUser", "UpdateGroup", "UpdateServerCertificate"):
            self._rename(call)
            return
        if call.operation in _DELETED and not given.keys() - set(_DELETED.values()):
            self.account.world.pop(_deleted(call))
            return
        holders = (Kind.USER, Kind.ROLE, Kind.GROUP)
        kind = next(kind for kind in holders if f"{kind.capitalize()}Name" in given)
        name = given[f"{kind.capitalize()}Name"]
        part, key, value = _EFFECTS[call.operation.replace(kind.capitalize(), "")]
        spelled = given[key] if key else ONLY
        held = self.account.world[Subject(kind, name)].value(part, spelled)
        if call.takes_away and held is None:
            raise CallFailedError(call, "NoSuchEntity: not found", transient=False, gone=True)
        self.account.edit(Subject(kind, name), Edit(part, spelled, value(given)))

    def _trail(self, call: Call) -> None:
        if call.operation == "CreateTrail":
            self.account.have(trail_effects.created(call, "123456789012", self.account.clock.now()))
            return
        if (store := store_effects.store(call)) is not None:
            for edit in store_effects.edits(call):
                self.account.edit(Subject(Kind.EVENT_DATA_STORE, store), edit)
            return
        arn = str(call.parameters.get("Name") or call.parameters.get("TrailName"))
        for edit in trail_effects.edits(call):
            self.account.edit(Subject(Kind.TRAIL, arn), edit)

    def _identity(self, changed: Subject, call: Call) -> None:
        if call.operation.startswith("Delete") and changed != identity_effects.ACCOUNT:
            self.account.world.pop(changed)
            return
        for edit in identity_effects.edits(call):
            self.account.edit(changed, edit)

    def _rename(self, call: Call) -> None:
        word = call.operation.removeprefix("Update")
        kind = {"ServerCertificate": Kind.SERVER_CERTIFICATE}.get(word) or Kind(word.lower())
        given = {name: str(value) for name, value in call.parameters.items()}
        subject = Subject(kind, given[f"{word}Name"])
        if "NewPath" in given:
            self.account.edit(subject, Edit(Part.PATH, ONLY, given["NewPath"]))
        if (name := given.get(f"New{word}Name")) is not None:
            self.account.edit(subject, Edit(Part.NAME, ONLY, name))
            held = self.account.world.pop(subject)
            self.account.have(replace(held, subject=Subject(kind, name)))

    def _version(self, call: Call) -> None:
        policy = Subject(Kind.POLICY, str(call.parameters["PolicyArn"]))
        held = self.account.world[policy].parts[Part.VERSIONS]
        version = str(call.parameters.get("VersionId", f"v{len(held) + 7}"))
        made = str(call.parameters.get("PolicyDocument"))
        assert len(held) < 5 or not call.operation.startswith("Create"), "LimitExceeded"
        edits = {
            "SetDefaultPolicyVersion": (Edit(Part.DEFAULT, ONLY, version),),
            "DeletePolicyVersion": (Edit(Part.VERSIONS, version, None),),
            "CreatePolicyVersion": (
                Edit(Part.VERSIONS, version, made),
                Edit(Part.DEFAULT, ONLY, version),
            ),
        }
        for edit in edits[call.operation]:
            self.account.edit(policy, edit)


_DELETED = {"DeleteGroup": "GroupName", "DeletePolicy": "PolicyArn"}
"""Operation that deletes a subject -> the one parameter that names it."""


def _deleted(call: Call) -> Subject:
    kind = Kind(call.operation.removeprefix("Delete").lower())
    return Subject(kind, str(call.parameters[_DELETED[call.operation]]))


_Given = Mapping[str, str]
_Effect = tuple[Part, str | None, Callable[[_Given], str | None]]
_EFFECTS: Mapping[str, _Effect] = {
    "AddToGroup": (Part.GROUPS, "GroupName", lambda given: given["GroupName"]),
    "UpdateAccessKey": (Part.ACCESS_KEYS, "AccessKeyId", lambda given: given["Status"]),
    "UpdateSSHPublicKey": (Part.SSH_KEYS, "SSHPublicKeyId", lambda given: given["Status"]),
    "UpdateSigningCertificate": (
        Part.SIGNING_CERTIFICATES,
        "CertificateId",
        lambda given: given["Status"],
    ),
    "UpdateServiceSpecificCredential": (
        Part.SERVICE_CREDENTIALS,
        "ServiceSpecificCredentialId",
        lambda given: given["Status"],
    ),
    "AttachPolicy": (Part.ATTACHED, "PolicyArn", lambda given: given["PolicyArn"].split("/")[-1]),
    "DeleteLoginProfile": (Part.LOGIN_PROFILE, None, lambda _: None),
    "DeletePermissionsBoundary": (Part.BOUNDARY, None, lambda _: None),
    "DeletePolicy": (Part.INLINE, "PolicyName", lambda _: None),
    "DetachPolicy": (Part.ATTACHED, "PolicyArn", lambda _: None),
    "PutPermissionsBoundary": (Part.BOUNDARY, None, lambda given: given["PermissionsBoundary"]),
    "PutPolicy": (Part.INLINE, "PolicyName", lambda given: given["PolicyDocument"]),
    "RemoveFromGroup": (Part.GROUPS, "GroupName", lambda _: None),
    "UpdateAssumePolicy": (Part.TRUST, None, lambda given: given["PolicyDocument"]),
}
"""Operation without the holder's kind -> the part, the parameter that is its key, the value."""
