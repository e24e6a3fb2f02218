"""One account in which things happen: alice, her policies, a trail, and who attacks them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lambdas.calls import CATALOG
from lambdas.calls.watched import IAM
from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.incident import Incident
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import BY_ARN, Kind, Subject
from lambdas.service.evaluate import Evaluation, evaluate
from lambdas.service.sweeping import Sweeping
from lambdas.service.undoing import Undoing
from lambdas.settings import Response, Settings
from tests.service.fake_decisions import FakeDecisions
from tests.service.fakes import (
    FakeAccount,
    FakeAlerts,
    FakeClock,
    FakeRecords,
    FakeReverts,
    FakeSweeps,
    FakeUndos,
)

ACCOUNT = "123456789012"
AT = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
BASELINE = datetime(2026, 3, 1, 11, 0, 0, tzinfo=UTC)
ALICE = Subject(Kind.USER, "alice")
TRAIL = Subject(Kind.TRAIL, f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/audit")
ADMIN = Subject(Kind.POLICY, "arn:aws:iam::aws:policy/AdministratorAccess")
READER = Subject(Kind.POLICY, "arn:aws:iam::aws:policy/ReadOnlyAccess")
ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
READ = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'
OWN_ROLE = f"arn:aws:iam::{ACCOUNT}:role/snapback-undo"
MALLORY = Actor(kind="IAMUser", arn=f"arn:aws:iam::{ACCOUNT}:user/mallory", mfa=False)
PIPELINE = replace(
    MALLORY, kind="AssumedRole", arn=f"arn:aws:iam::{ACCOUNT}:role/deploy", session="run-1"
)
OURSELVES = replace(MALLORY, kind="AssumedRole", arn=OWN_ROLE, session="undo")
SETTINGS = Settings(
    alert_emails=("security@example.com",),
    response=dict.fromkeys(Family, Response.REVERT),
    trusted_actors=(PIPELINE.arn or "",),
    protected_principals=(f"arn:aws:iam::{ACCOUNT}:user/break-glass/*",),
)


def state(subject: Subject, unique_id: str = "", **parts: dict[str, str]) -> State:
    arn = subject.name
    if subject.kind is Kind.USER:
        arn = f"arn:aws:iam::{ACCOUNT}:user/{subject.name}"
    return State(
        subject=subject,
        unique_id=unique_id or _unique_id(subject),
        arn=arn,
        as_of=BASELINE,
        parts={Part(part): held for part, held in parts.items()},
    )


def _unique_id(subject: Subject) -> str:
    """A trail's or a provider's is its ARN."""
    return subject.name if subject.kind in BY_ARN else f"ID-{subject.name}"


def user(**parts: dict[str, str]) -> State:
    held = {"attached": {READER.name: "ReadOnlyAccess"}, "inline": {}, "groups": {}, "boundary": {}}
    return state(ALICE, **{**held, **parts})


def trail(logging: str) -> State:
    return state(TRAIL, logging={ONLY: logging})


def change(name: str, subject: Subject | None, *edits: Edit, **changed: Any) -> Change:
    entry = next((entry for (_, known), entry in CATALOG.items() if known == name), None)
    made = Change(
        event_id=f"event-{name}",
        source=entry.source if entry else IAM,
        name=name,
        at=AT,
        account=ACCOUNT,
        region="us-east-1",
        actor=MALLORY,
        fingerprint="of-an-event",
        family=entry.family if entry else None,
        subject=subject,
        edits=edits,
        lifecycle=entry.lifecycle if entry else None,
    )
    return replace(made, **changed)


def attach(policy: Subject = ADMIN, **changed: Any) -> Change:
    name = policy.name.rpartition("/")[2]
    return change("AttachUserPolicy", ALICE, Edit(Part.ATTACHED, policy.name, name), **changed)


def put(document: str = ALL, **changed: Any) -> Change:
    return change("PutUserPolicy", ALICE, Edit(Part.INLINE, "work", document), **changed)


def stop(**changed: Any) -> Change:
    return change("StopLogging", TRAIL, Edit(Part.LOGGING, ONLY, "false"), **changed)


def born(subject: Subject) -> State:
    """A user, role or group that was just made, or a policy without its versions."""
    if subject.kind is Kind.POLICY:
        return state(subject)
    held = ("attached", "inline", "groups", "boundary")
    return state(subject, **{part: {} for part in held})


OWNER = Subject(Kind.ROLE, "owner")
OWNERS = (
    state(
        OWNER,
        attached={ADMIN.name: "AdministratorAccess"},
        inline={},
        groups={},
        boundary={},
        trust={
            ONLY: '{"Version":"2012-10-17","Statement":{"Effect":"Allow",'
            '"Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":'
            f'"arn:aws:iam::{ACCOUNT}:saml-provider/company"}}}}}}'
        },
    ),
    state(ADMIN, document={"v1": ALL}),
)
"""Somebody who is administrator besides whomever an undo is about."""


@dataclass
class World:
    """The ports, joined; before anything happens, a sweep has read everything."""

    clock: FakeClock = field(default_factory=FakeClock)
    settings: Settings = SETTINGS
    own_role: str | None = OWN_ROLE

    def __post_init__(self) -> None:
        self.account = FakeAccount(self.clock)
        self.account.have(
            user(),
            trail("true"),
            state(ADMIN, document={"v1": ALL}),
            state(READER, document={"v1": READ}),
        )
        self.account.people = (States({owner.subject: owner for owner in OWNERS}),)
        self.records = FakeRecords(self.clock, history=list(self.account.world.values()))
        self.decisions = FakeDecisions(self.clock, self.records)
        self.alerts = FakeAlerts()
        self.undos = FakeUndos()
        self.sweeps = FakeSweeps()
        self.reverts = FakeReverts(self.account)

    def happens(self, made: Change) -> Change:
        """The account as the change leaves it."""
        self.account.stale = dict(self.account.world)
        if made.subject is None:
            return made
        if made.lifecycle is Lifecycle.DELETED:
            del self.account.world[made.subject]
            return made
        if made.lifecycle is Lifecycle.CREATED:
            self.account.have(born(made.subject))
        for edit in made.edits:
            self.account.edit(made.subject, edit)
        return made

    def evaluation(self) -> Evaluation:
        return Evaluation(
            account=self.account,
            records=self.records,
            decisions=self.decisions,
            alerts=self.alerts,
            undos=self.undos,
            sweeps=self.sweeps,
            clock=self.clock,
            settings=self.settings,
            own_role=self.own_role,
        )

    def sweeping(self) -> Sweeping:
        return Sweeping(
            account=self.account,
            records=self.records,
            alerts=self.alerts,
            clock=self.clock,
            settings=self.settings,
        )

    def undoing(self, *, last_try: bool = False) -> Undoing:
        return Undoing(
            account=self.account,
            records=self.records,
            decisions=self.decisions,
            alerts=self.alerts,
            reverts=self.reverts,
            undos=self.undos,
            sweeps=self.sweeps,
            clock=self.clock,
            settings=self.settings,
            last_try=last_try,
        )

    def subjects(self) -> list[str]:
        """The severity or the end that each mail says first."""
        return [mail.subject[1:].partition("]")[0] for mail in self.alerts.sent]


def evaluate_quietly(world: World, made: Change) -> Incident:
    """The incident of a change, with its mail out and forgotten."""
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    world.alerts.sent.clear()
    return incident


def tagged(event_id: str = "1", at: datetime = AT) -> Incident:
    """The incident of a call that the catalogue does not know."""
    problem = Problem("iam:RenameRole is not in the catalogue: recorded, not judged", Severity.LOW)
    role = Subject(Kind.ROLE, "deploy")
    made = change("RenameRole", role, event_id=event_id, at=at, problems=(problem,))
    world = World()
    world.clock.moment = at + timedelta(minutes=1)
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    return incident
