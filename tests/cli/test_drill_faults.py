"""Faults: steps read from a log, a fault that befalls one call, and where an incident ended."""

import re
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console

from cli.drill import step as stepping
from cli.drill.fault import Fault, Injection
from cli.drill.faults import UNREACHED, Faulted, UnknownStepError, chosen
from cli.drill.incident_run import Run
from cli.drill.step import OWN, Step, steps
from cli.drill.telling import tell_faults
from sandbox.calls.call import ApiCall
from sandbox.calls.caller import Caller, Kind
from sandbox.front.hooks import LoggedCall

ACCOUNT = "123456789012"


def caller(function, kind=Kind.ROLE):
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/some-role/{function}"
    return Caller(
        kind=kind,
        account=ACCOUNT,
        access_key="k",
        arn=arn,
        principal_arn=arn,
        principal_id="p",
        name="some-role",
    )


def call(name):
    service, _, operation = name.partition(":")
    return ApiCall(
        service=service,
        operation=operation,
        parameters={},
        region="us-east-1",
        access_key="k",
        source_address="",
        user_agent="",
    )


def entry(name, by):
    return LoggedCall(call=call(name), caller=by, began=0, ended=1, decisions=None, error=None)


@pytest.fixture
def deployed(monkeypatch):
    """Two functions, known by their handlers."""
    handlers = {"Judge": "lambdas.handlers.evaluate_change.handler", "Undo": "a.undo_change.h"}
    monkeypatch.setattr(
        stepping.deployed, "read", lambda _a, _r, name: SimpleNamespace(handler=handlers[name])
    )


LOG = [
    entry("iam:AttachUserPolicy", caller("eve", Kind.USER)),
    entry("iam:GetUser", caller("Judge")),
    entry("logs:PutLogEvents", caller("Judge")),
    entry("sqs:ReceiveMessage", caller("Undo")),
    entry("iam:GetUser", caller("Undo")),
    entry("iam:GetUser", caller("Judge")),
    entry("sqs:SendMessage", caller("Judge")),
]


def test_steps_are_the_functions_own_calls_numbered_by_part(deployed):
    found = [*steps(LOG, ACCOUNT, own=False)]
    assert [(step.name, step.call, step.nth) for step in found] == [
        ("evaluate 1", "iam:GetUser", 0),
        ("undo 1", "iam:GetUser", 0),
        ("evaluate 2", "iam:GetUser", 1),
        ("evaluate 3", "sqs:SendMessage", 0),
    ]


def test_what_is_judged_of_snapbacks_own_calls_is_a_part_of_its_own(deployed):
    assert {step.part for step in steps(LOG, ACCOUNT, own=True)} == {OWN}


STEP = Step(function="Judge", part="evaluate", call="iam:GetUser", number=4, nth=1)


OTHER = replace(STEP, part="undo", number=40)


@pytest.mark.parametrize(
    ("only", "found"),
    [
        ([], [STEP, OTHER]),
        (["evaluate"], [STEP]),
        (["evaluate 4"], [STEP]),
        (["undo 40", "evaluate"], [STEP, OTHER]),
    ],
)
def test_a_step_is_asked_for_by_its_name_or_its_part(only, found):
    assert chosen([STEP, OTHER], frozenset(only)) == found


@pytest.mark.parametrize("name", ["evaluate 40", "e"])
def test_a_name_of_no_step_is_refused_with_those_there_are(name):
    with pytest.raises(UnknownStepError, match=f"named '{name}'; there are evaluate, evaluate 4,"):
        chosen([STEP, OTHER], frozenset(["undo", name]))


@pytest.fixture
def killed():
    return []


def befallen(injection, calls):
    """Which of some calls of a function fail."""
    when = injection.hook().when
    return [when(each, by) for each, by in calls]


CALLS = [(call("iam:GetUser"), caller("Undo"))] + [
    (call(name), caller("Judge")) for name in ("iam:GetUser", "iam:GetRole", *["iam:GetUser"] * 2)
]
SECOND = [False, False, False, True, False]
"""The second of the function's own, once."""


@pytest.mark.parametrize("fault", [Fault.THROTTLED, Fault.SERVER_ERROR, Fault.DENIED])
def test_a_fault_befalls_one_call(killed, fault):
    injection = Injection(STEP, fault, killed.append)
    assert befallen(injection, CALLS) == SECOND
    assert injection.made
    assert killed == []


def test_a_call_that_is_never_made_has_no_fault(killed):
    injection = Injection(replace(STEP, nth=7), Fault.DENIED, killed.append)
    assert not any(befallen(injection, CALLS))
    assert not injection.made


def test_who_is_killed_before_its_call_gets_no_answer(killed):
    injection = Injection(STEP, Fault.KILLED_BEFORE, killed.append)
    assert befallen(injection, CALLS) == SECOND
    assert killed == ["Judge"]


def test_who_is_killed_after_its_call_has_made_it(killed):
    injection = Injection(STEP, Fault.KILLED_AFTER, killed.append)
    assert not any(befallen(injection, CALLS))
    for made, by in CALLS:
        answered = LoggedCall(call=made, caller=by, began=0, ended=1, decisions=None, error=None)
        injection.answered(answered)
    assert killed == ["Judge"]


def test_a_call_that_is_not_answered_in_time_fails_when_its_caller_has_gone(killed, monkeypatch):
    slept = []
    monkeypatch.setattr("cli.drill.fault.time.sleep", slept.append)
    assert befallen(Injection(STEP, Fault.TIMED_OUT, killed.append), CALLS) == SECOND
    assert len(slept) == 1


@pytest.mark.parametrize(
    ("service", "fault", "code"),
    [
        ("iam", Fault.THROTTLED, ("Throttling", 400)),
        ("dynamodb", Fault.THROTTLED, ("ThrottlingException", 400)),
        ("dynamodb", Fault.DENIED, ("AccessDeniedException", 400)),
        ("iam", Fault.DENIED, ("AccessDenied", 403)),
        ("iam", Fault.SERVER_ERROR, ("InternalFailure", 500)),
    ],
)
def test_the_error_is_the_services(killed, service, fault, code):
    hook = Injection(replace(STEP, call=f"{service}:X"), fault, killed.append).hook()
    assert (hook.code, hook.status) == code


WELL = Run(told=True, settled=True, failed=0, kept=0, dropped=0)


@pytest.mark.parametrize(
    ("ran", "ended", "lost"),
    [
        pytest.param(WELL, "alerted", False, id="nothing failed"),
        pytest.param(replace(WELL, failed=1), "retried", False, id="a try failed"),
        pytest.param(replace(WELL, kept=1, told=False), "dead-letter", False, id="kept, untold"),
        pytest.param(replace(WELL, told=False), "lost", True, id="nobody was told"),
        pytest.param(replace(WELL, settled=False), "lost", True, id="the undo is owed"),
        pytest.param(replace(WELL, dropped=1), "lost", True, id="an event was dropped"),
    ],
)
def test_where_an_incident_ended(ran, ended, lost):
    assert (ran.ended, ran.lost) == (ended, lost)


def test_the_object_of_a_fault():
    assert Faulted(STEP, Fault.KILLED_AFTER, "retried", lost=False).as_json() == {
        "step": "evaluate 4",
        "call": "iam:GetUser",
        "fault": "killed after",
        "ended": "retried",
        "lost": False,
    }


@pytest.mark.parametrize(
    ("ended", "lost", "good"),
    [("alerted", False, True), ("lost", True, False), (UNREACHED, False, False)],
)
def test_only_a_fault_that_happened_and_lost_nothing_is_good(ended, lost, good):
    assert Faulted(STEP, Fault.DENIED, ended, lost).good is good


def test_a_row_for_each_step_and_a_column_for_each_fault():
    out = StringIO()
    found = [
        Faulted(STEP, Fault.THROTTLED, "alerted", lost=False),
        Faulted(STEP, Fault.DENIED, "lost", lost=True),
    ]
    tell_faults(found, Console(file=out, width=140))
    lines = [re.sub(r"[│ ]+", " ", line).strip() for line in out.getvalue().splitlines()]
    assert "evaluate 4 iam:GetUser alerted - - lost - -" in lines
