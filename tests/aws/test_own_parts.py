"""Snapback's own watches and functions read live and listed, against moto."""

import pytest

from lambdas.aws import clients, own_parts
from lambdas.aws.account import LiveAccount
from lambdas.calls.selectors import canonical
from lambdas.model.own import Own
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import read

QUEUE = "arn:aws:sqs:us-east-1:123456789012:Snapback-Queue"
TARGET = {"Id": "Target0", "Arn": QUEUE, "RetryPolicy": {"MaximumRetryAttempts": 3}}


@pytest.fixture
def watch(aws: None) -> Subject:
    events = clients.events("us-east-1")
    arn = events.put_rule(Name="Snapback-Changes", EventPattern='{"source":["aws.iam"]}')["RuleArn"]
    events.put_rule(Name="nightly", ScheduleExpression="rate(1 day)")
    events.put_targets(Rule="Snapback-Changes", Targets=[TARGET])
    return Subject(Kind.WATCH, arn)


@pytest.fixture
def function(aws: None) -> Subject:
    role = clients.iam().create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    for name in ("Snapback-Evaluate", "payments"):
        made = clients.lambda_().create_function(
            FunctionName=name,
            Role=role,
            Runtime="python3.13",
            Handler="a.b",
            Code={"ZipFile": b""},
        )
        if name.startswith("Snapback"):
            ours = made["FunctionArn"]
    return Subject(Kind.FUNCTION, ours)


def test_a_watch_has_its_state_and_targets(watch):
    state = read(watch).of(watch)
    assert (state.unique_id, state.arn) == (watch.name, watch.name)
    assert state.parts == {
        Part.STATE: {ONLY: "ENABLED"},
        Part.TARGETS: {"Target0": canonical(TARGET)},
    }


def test_a_watch_that_is_disabled_is_read_as_such(watch):
    clients.events("us-east-1").disable_rule(Name="Snapback-Changes")
    assert read(watch).of(watch).value(Part.STATE) == "DISABLED"


@pytest.mark.parametrize(
    "gone",
    [
        Subject(Kind.WATCH, "arn:aws:events:us-east-1:123456789012:rule/Snapback-Gone"),
        Subject(Kind.FUNCTION, "arn:aws:lambda:us-east-1:123456789012:function:Snapback-Gone"),
    ],
    ids=lambda subject: subject.kind,
)
def test_what_is_gone_is_absent(aws, gone):
    states = read(gone)
    assert (states.absent, states.problems) == ({gone}, ())


def test_a_function_without_reserved_concurrency(function):
    assert read(function).of(function).parts == {Part.CONCURRENCY: {}}


def test_a_function_with_reserved_concurrency(function):
    clients.lambda_().put_function_concurrency(
        FunctionName="Snapback-Evaluate", ReservedConcurrentExecutions=0
    )
    assert read(function).of(function).value(Part.CONCURRENCY) == "0"


def test_only_snapbacks_own_are_listed(watch, function):
    assert own_parts.watches(Own(), "us-east-1") == (watch,)
    assert own_parts.functions(Own()) == (function,)


def test_the_sweep_reads_them(watch, function):
    known = [subject for page in LiveAccount().everything() for subject in page.known]
    assert {watch, function} <= {*known}
