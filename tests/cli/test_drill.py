"""The drill's parts: which attacks there are, what modes promise, and what is told."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from botocore.session import Session
from botocore.validate import ParamValidator
from rich.console import Console
from typer.testing import CliRunner

from cli.drill import command
from cli.drill.attack import Answered, Attack, Deed, distinct
from cli.drill.attacks import ATTACKS
from cli.drill.command import UnknownCallError, chosen
from cli.drill.drilled import BY_HAND, HELD, Drilled
from cli.drill.drilling import NotPreparedError
from cli.drill.mode import Mode, mode
from cli.drill.telling import tell, totals
from cli.main import app
from lambdas.calls import CATALOG
from lambdas.model.incident import Ending
from lambdas.model.severity import Severity

RUNNER = CliRunner()
ENTRIES = {entry.action: entry for entry in CATALOG.values()}
MADE = Deed("iam:CreateAccessKey", {"UserName": "a"})
KEY = Answered(MADE, ("AccessKey", "AccessKeyId"))


def test_every_watched_call_has_an_attack():
    assert ATTACKS.keys() == ENTRIES.keys()


def test_every_parameter_is_one_that_aws_takes():
    validator, session = ParamValidator(), Session()
    for attack in ATTACKS.values():
        for deed in (*attack.needs, *attack.just_before, attack.deed):
            service, _, operation = deed.action.partition(":")
            shape = session.get_service_model(service).operation_model(operation).input_shape
            given = {
                name: "A" * 24 if isinstance(value, Answered) else value
                for name, value in deed.parameters.items()
            }
            errors = validator.validate(given, shape).generate_report() if shape else ""
            assert not errors, f"{attack.call}: {errors}"


def test_only_what_was_answered_before_is_drawn_on():
    for attack in ATTACKS.values():
        done = set()
        for deed in (*attack.needs, *attack.just_before, attack.deed):
            drawn = [v.deed.key for v in deed.parameters.values() if isinstance(v, Answered)]
            assert done.issuperset(drawn), attack.call
            done.add(deed.key)


def test_a_deed_that_two_attacks_need_is_done_once():
    other = Deed("iam:CreateUser", {"UserName": "a"})
    assert [*distinct(iter([MADE, other, Deed(MADE.action, dict(MADE.parameters))]))] == [
        MADE,
        other,
    ]


def test_a_deed_is_filled_with_what_an_earlier_one_answered():
    deed = Deed("iam:DeleteAccessKey", {"UserName": "a", "AccessKeyId": KEY})
    answers = {MADE.key: {"AccessKey": {"AccessKeyId": "AKIA1"}}}
    assert deed.filled(answers) == {"UserName": "a", "AccessKeyId": "AKIA1"}


def test_an_attack_is_named_by_its_call():
    assert Attack(MADE).call == "iam:CreateAccessKey"


@pytest.mark.parametrize(
    ("call", "promised"),
    [
        ("iam:AttachUserPolicy", Mode.AUTOMATIC),
        ("cloudtrail:UpdateTrail", Mode.AUTOMATIC),
        ("cloudtrail:DeleteTrail", Mode.AUTOMATIC),
        ("iam:RemoveUserFromGroup", Mode.MANUAL),
        ("iam:CreateAccessKey", Mode.CONTAIN),
        ("iam:DeleteAccessKey", Mode.NONE),
    ],
)
def test_the_mode_is_the_catalogues(call, promised):
    assert mode(ENTRIES[call]) is promised


def test_an_entry_without_calls_promises_none():
    entry = replace(ENTRIES["iam:AttachUserPolicy"], restore=ENTRIES["iam:DeleteUser"].restore)
    assert mode(entry) is Mode.NONE


UNDONE = Drilled(
    call="iam:AttachUserPolicy",
    family="managed-policy",
    mode=Mode.AUTOMATIC,
    verdict=Severity.CRITICAL,
    mailed=2,
    plan=("aws iam detach-user-policy",),
    outcome=str(Ending.RESTORED),
    equal=True,
    reason="user a is as it was before the change",
)
CONTAINED = replace(UNDONE, mode=Mode.CONTAIN, outcome=str(Ending.CONTAINED), equal=False)
MANUAL = replace(UNDONE, mode=Mode.MANUAL, outcome=BY_HAND)
NONE = replace(UNDONE, mode=Mode.NONE, plan=(), outcome=HELD, equal=False, reason="it is gone")


@pytest.mark.parametrize(
    ("drilled", "kept"),
    [
        pytest.param(UNDONE, True, id="undone"),
        pytest.param(replace(UNDONE, equal=False), False, id="undone to another state"),
        pytest.param(replace(UNDONE, outcome="failed"), False, id="an undo that failed"),
        pytest.param(replace(UNDONE, failures=("x",)), False, id="a function that failed"),
        pytest.param(replace(UNDONE, outcome=BY_HAND), True, id="held, and then done by hand"),
        pytest.param(replace(UNDONE, outcome=HELD), False, id="held with a plan nobody made"),
        pytest.param(
            replace(UNDONE, outcome=HELD, plan=(), equal=False), True, id="held for a reason"
        ),
        pytest.param(
            replace(UNDONE, outcome=HELD, plan=(), reason=None), False, id="held without a reason"
        ),
        pytest.param(CONTAINED, True, id="contained"),
        pytest.param(replace(CONTAINED, outcome=HELD), False, id="not contained"),
        pytest.param(MANUAL, True, id="done by hand"),
        pytest.param(replace(MANUAL, equal=False), False, id="done by hand to another state"),
        pytest.param(replace(MANUAL, outcome=HELD), False, id="nothing to be done by hand"),
        pytest.param(NONE, True, id="none, for a reason"),
        pytest.param(replace(NONE, reason=None), False, id="none, without a reason"),
        pytest.param(replace(NONE, verdict=None, outcome=None), False, id="not seen"),
    ],
)
def test_a_promise_is_kept(drilled, kept):
    assert drilled.kept is kept


def test_the_object_of_a_call():
    assert UNDONE.as_json() == {
        "call": "iam:AttachUserPolicy",
        "family": "managed-policy",
        "seen": True,
        "verdict": "critical",
        "mailed": 2,
        "mode": "automatic",
        "plan": ["aws iam detach-user-policy"],
        "outcome": "restored",
        "equal": True,
        "reason": "user a is as it was before the change",
        "kept": True,
    }


def test_failures_are_the_reason_and_what_was_not_seen_has_no_verdict():
    said = replace(UNDONE, verdict=None, failures=("a broke", "b broke")).as_json()
    assert (said["seen"], said["verdict"]) == (False, None)
    assert said["reason"] == "a broke; b broke"


def test_totals_by_mode():
    assert [*totals([UNDONE, replace(UNDONE, equal=False), NONE])] == [
        "3 calls: 3 seen, 3 mailed",
        "automatic: 2 calls, 1 to an equal state, 1 as promised",
        "none: 1 calls, 0 to an equal state, 1 as promised",
    ]


def test_calls_are_told_by_family_and_what_was_not_kept_again_with_its_reason():
    out = StringIO()
    odd = replace(UNDONE, call="iam:X", family="credentials", equal=False, failures=("[/x] broke",))
    tell([UNDONE, odd], Console(file=out, width=120))
    lines = [re.sub(r"[│ ]+", " ", line).strip() for line in out.getvalue().splitlines()]
    assert lines.index("credentials") < lines.index("managed-policy")
    assert "iam:AttachUserPolicy critical 2 automatic restored yes yes" in lines
    assert lines[-1] == "iam:X: [/x] broke"


@pytest.mark.parametrize(
    ("names", "calls"),
    [
        (["iam:StopLogging", "CreateUser"], None),
        (["CreateUser"], ["iam:CreateUser"]),
        (
            ["cloudtrail:StopLogging", "iam:CreateUser"],
            ["iam:CreateUser", "cloudtrail:StopLogging"],
        ),
    ],
    ids=["one unknown", "without its service", "in the catalogue's order"],
)
def test_calls_are_chosen_by_name(names, calls):
    if calls is None:
        with pytest.raises(UnknownCallError, match="iam:StopLogging"):
            chosen(names)
    else:
        assert {entry.action for entry in chosen(names)} == {*calls}


def test_without_names_all_are_drilled():
    assert chosen([]) == [*CATALOG.values()]


@pytest.mark.parametrize(("good", "code"), [(True, 0), (False, 1)], ids=["kept", "not kept"])
def test_the_exit_code_of_calls(monkeypatch, good, code):
    monkeypatch.setattr(command, "calls", lambda names, *_, as_json: good and names == ["a", "b"])
    assert RUNNER.invoke(app, ["drill", "--call", "a", "--call", "b"]).exit_code == code


@pytest.mark.parametrize(("good", "code"), [(True, 0), (False, 1)], ids=["kept", "lost"])
def test_the_exit_code_of_faults(monkeypatch, good, code):
    monkeypatch.setattr(command, "faults", lambda only, *_, as_json: good and only == ["undo 3"])
    assert RUNNER.invoke(app, ["drill", "--faults", "--only", "undo 3"]).exit_code == code


def test_what_cannot_be_prepared_is_told(monkeypatch):
    def refuse(*_, as_json):
        raise NotPreparedError(f"[/x] failed, {as_json=}")

    monkeypatch.setattr(command, "calls", refuse)
    done = RUNNER.invoke(app, ["drill", "--json"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[/x] failed, as_json=True" in done.stderr


@pytest.mark.parametrize(
    "options",
    [["--faults", "--call", "x"], ["--only", "undo"]],
    ids=["calls of faults", "a step of calls"],
)
def test_options_that_do_not_go_together_are_refused(options):
    assert RUNNER.invoke(app, ["drill", *options]).exit_code == 2


def test_a_call_that_is_not_watched_is_refused_before_anything_is_deployed():
    done = RUNNER.invoke(app, ["drill", "--call", "iam:Nothing"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no watched call is named iam:Nothing" in done.stderr


def test_an_object_is_printed_for_each_call():
    out = StringIO()
    printed = command._printed([UNDONE, NONE], Console(file=out), as_json=True)
    assert [json.loads(line)["mode"] for line in out.getvalue().splitlines()] == [
        "automatic",
        "none",
    ]
    assert printed == [UNDONE, NONE]
