"""Strategies for the model's records."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.delta import Delta
from lambdas.model.family import Family
from lambdas.model.finding import Certainty, Finding
from lambdas.model.incident import Alert, Ending, Incident, Outcome
from lambdas.model.problem import Problem
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict

TEXT = st.text()
MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants it naive
SUBJECTS = st.builds(Subject, st.sampled_from(Kind), TEXT)
PARTS = st.dictionaries(st.sampled_from(Part), st.dictionaries(TEXT, TEXT, max_size=3))
STATES = st.builds(State, subject=SUBJECTS, unique_id=TEXT, arn=TEXT, as_of=MOMENTS, parts=PARTS)
EDITS = st.builds(Edit, st.sampled_from(Part), TEXT, st.none() | TEXT, st.booleans())
ACTORS = st.builds(
    Actor, kind=TEXT, arn=st.none() | TEXT, mfa=st.none() | st.booleans(), session=st.none() | TEXT
)
PROBLEMS = st.builds(Problem, TEXT, st.sampled_from(Severity))
FINDINGS = st.builds(
    Finding,
    rule=TEXT,
    says=TEXT,
    severity=st.sampled_from(Severity),
    certainty=st.sampled_from(Certainty),
    principal=st.none() | SUBJECTS,
    because=st.lists(TEXT, max_size=2).map(tuple),
    given=st.lists(TEXT, max_size=2).map(tuple),
)
VERDICTS = st.builds(
    Verdict,
    st.lists(FINDINGS, max_size=2).map(tuple),
    st.lists(PROBLEMS, max_size=2).map(tuple),
)
VALUES = TEXT | st.booleans() | st.lists(st.dictionaries(TEXT, TEXT), max_size=2)
CALLS = st.builds(
    Call,
    service=st.sampled_from(["iam", "cloudtrail"]),
    operation=st.sampled_from(["PutUserPolicy", "StartLogging"]),
    parameters=st.dictionaries(st.sampled_from(["UserName", "PolicyDocument"]), VALUES),
    region=TEXT,
)
REVERTS = st.lists(CALLS, max_size=2).map(tuple) | st.builds(Irreversible, TEXT)
CHANGES = st.builds(
    Change,
    event_id=TEXT,
    source=TEXT,
    name=TEXT,
    at=MOMENTS,
    account=TEXT,
    region=TEXT,
    actor=ACTORS,
    fingerprint=TEXT,
    family=st.none() | st.sampled_from(Family),
    subject=st.none() | SUBJECTS,
    edits=st.lists(EDITS, max_size=2).map(tuple),
    lifecycle=st.none() | st.sampled_from(Lifecycle),
    problems=st.lists(PROBLEMS, max_size=2).map(tuple),
)
OUTCOMES = st.builds(
    Outcome,
    ending=st.sampled_from(Ending),
    says=TEXT,
    at=MOMENTS,
    commands=st.lists(TEXT, max_size=2).map(tuple),
    told=st.booleans(),
)
LINES = st.lists(TEXT, max_size=2).map(tuple)
DELTAS = st.builds(
    Delta,
    principals=st.lists(SUBJECTS, min_size=1, max_size=2).map(tuple),
    gave=LINES,
    took=LINES,
    known=st.booleans(),
)
INCIDENTS = st.builds(
    Incident,
    id=TEXT,
    change=CHANGES,
    verdict=VERDICTS,
    affected=st.lists(SUBJECTS, max_size=2).map(tuple),
    revert=REVERTS,
    held=st.none() | TEXT,
    alert=st.sampled_from(Alert),
    outcome=st.none() | OUTCOMES,
    deltas=st.lists(DELTAS, max_size=2).map(tuple),
)
