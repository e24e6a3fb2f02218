"""What the commands ask, print and refuse; the answers are given here."""

import json

import pytest
from typer.testing import CliRunner

from cli import people
from cli.decider import DecideError
from cli.main import app
from lambdas.model.revert import Call
from lambdas.service.ports import CallFailedError

INCIDENT = {
    "id": "20260301-aaaaaaaaaaaaaaaa",
    "at": "2026-03-01T12:00:05+00:00",
    "severity": "critical",
    "call": "iam:AttachUserPolicy",
    "subject": "user alice",
    "actor": "user mallory",
    "says": "user alice is administrator",
    "undoes": True,
    "outcome": None,
}
ID = INCIDENT["id"]
ANSWERS = {
    "incidents": {"incidents": [INCIDENT], "more": False},
    "show": {
        "findings": [{"says": "user alice is administrator"}],
        "mails": ["CRITICAL: user alice is administrator.\n"],
        "notes": [{"at": "2026-03-01T12:01:00+00:00", "by": "user olga", "says": "accepted it"}],
    },
    "accept": {"accepted": ["user alice is administrator"]},
    "plan": {
        "incident": ID,
        "commands": ["aws iam another-call"],
        "calls": [
            {
                "service": "iam",
                "operation": "DetachUserPolicy",
                "parameters": {"UserName": "alice", "PolicyArn": "arn:p"},
                "region": "us-east-1",
            }
        ],
    },
    "begin": {"begun": True},
    "finish": {"ending": "restored", "says": "it is undone"},
    "expect": {"until": "2026-03-01T12:30:00+00:00"},
    "pause": {"until": "2026-03-01T14:00:00+00:00"},
    "resume": {"paused": True},
}
EXPECT = ("expect", "--principal", "arn:u", "--call", "iam:AttachUserPolicy", "--for", "30m")


class Given:
    """Answers in the place of the deployed function, and what it was asked."""

    def __init__(self):
        self.answers = {**ANSWERS}
        self.asked = []
        self.failure = None

    def __call__(self, region):
        self.region = region
        return self

    def ask(self, do, **question):
        self.asked.append((do, question))
        if isinstance(answer := self.answers[do], Exception):
            raise answer
        return answer

    def make(self, call):
        self.asked.append((call.operation, {}))
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def given(monkeypatch):
    made = Given()
    monkeypatch.setattr(people, "Decider", made)
    monkeypatch.setattr("cli.carrying_out.LiveReverts", lambda: made)
    return made


def run(*words, **how):
    return CliRunner().invoke(app, words, **how)


def did(given):
    return [do for do, _ in given.asked]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("incidents",), "user alice is administrator", id="incidents"),
        pytest.param(("show", ID), "olga: accepted it", id="show"),
        pytest.param(("accept", ID, "--yes"), "Accepted: user alice", id="accept"),
        pytest.param(("revert", ID, "--yes"), "Restored: it is undone.", id="revert"),
        pytest.param(("undo", ID, "--yes"), "Restored: it is undone.", id="undo"),
        pytest.param((*EXPECT, "--yes"), "until 2026-03-01T12:30:00", id="expect"),
        pytest.param(("pause", "--for", "2h", "--yes"), "Paused until", id="pause"),
        pytest.param(("resume", "--yes"), "Undoing goes on.", id="resume"),
    ],
)
def test_every_command_says_what_it_did(given, words, says):
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert says in result.output


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("incidents",), id="incidents"),
        pytest.param(("show", ID), id="show"),
        pytest.param(("accept", ID, "--yes"), id="accept"),
        pytest.param(("revert", ID, "--yes"), id="revert"),
        pytest.param((*EXPECT, "--yes"), id="expect"),
        pytest.param(("pause", "--for", "2h", "--yes"), id="pause"),
        pytest.param(("resume", "--yes"), id="resume"),
    ],
)
def test_every_command_prints_json_for_machines(given, words):
    result = run(*words, "--json")
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("accept", ID), id="accept"),
        pytest.param(("revert", ID), id="revert"),
        pytest.param(("undo", ID), id="undo"),
        pytest.param(EXPECT, id="expect"),
        pytest.param(("pause", "--for", "2h"), id="pause"),
        pytest.param(("resume",), id="resume"),
    ],
)
def test_nothing_is_changed_by_whoever_says_no(given, words):
    result = run(*words, input="n\n")
    assert result.exit_code == 1
    assert {*did(given)} <= {"show", "plan"}


def test_the_exact_calls_are_shown_before_they_are_made(given):
    result = run("revert", ID, input="n\n")
    assert "aws iam detach-user-policy --user-name alice" in result.output


def test_calls_are_noted_before_they_are_made_and_checked_afterwards(given):
    run("revert", ID, "--yes")
    assert did(given) == ["plan", "begin", "DetachUserPolicy", "finish"]


def test_a_call_that_fails_is_reported(given):
    call = Call(service="iam", operation="DetachUserPolicy", parameters={}, region="us-east-1")
    given.failure = CallFailedError(call, "AccessDenied", transient=False)
    given.answers["finish"] = {"ending": "failed", "says": "it is in force"}
    result = run("revert", ID, "--yes")
    assert result.exit_code == 1
    assert "AccessDenied" in given.asked[-1][1]["failed"]


def test_what_is_gone_already_needs_no_call(given):
    call = Call(service="iam", operation="DetachUserPolicy", parameters={}, region="us-east-1")
    given.failure = CallFailedError(call, "NoSuchEntity", transient=False, gone=True)
    run("revert", ID, "--yes")
    assert given.asked[-1][1]["failed"] is None


def test_a_refusal_is_told_in_one_line(given):
    given.answers["show"] = DecideError("there is no incident 1")
    result = run("show", "1")
    assert result.exit_code == 2
    assert result.stderr == "snapback: there is no incident 1\n"


def test_a_time_that_is_none_is_refused(given):
    result = run("pause", "--for", "soon", "--yes")
    assert result.exit_code == 2
    assert "such as 90s" in result.output.replace("\n", " ")
    assert given.asked == []


def test_no_incident_is_said_to_be_none(given):
    given.answers["incidents"] = {"incidents": [], "more": False}
    assert run("incidents").stdout == "No incident in the last 24h.\n"


def test_an_unreadable_one_and_more_are_listed(given):
    unreadable = {"id": "20260301-b", "unreadable": "no data"}
    ended = {**INCIDENT, "outcome": {"ending": "restored"}, "says": None}
    given.answers["incidents"] = {"incidents": [ended, unreadable], "more": True}
    result = run("incidents", "--region", "us-gov-west-1")
    assert given.region == "us-gov-west-1"
    for words in ("restored", "iam:AttachUserPolicy on", "cannot be read", "shorter time"):
        assert words in " ".join(result.stdout.split())


def test_no_pause_is_said_to_be_none(given):
    given.answers["resume"] = {"paused": False}
    assert run("resume", "--yes").stdout == "It was not paused.\n"


def test_without_a_running_sandbox_it_is_said_how_to_start_one(given, monkeypatch, tmp_path):
    monkeypatch.setattr("cli.sandboxed.typer.get_app_dir", lambda _: str(tmp_path))
    result = run("incidents", "--sandbox")
    assert result.exit_code == 2
    assert "snapback sandbox" in result.stderr
