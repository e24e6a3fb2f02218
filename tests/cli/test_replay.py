import json
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.aws.records_of_cloudtrail import event, record
from tests.cli.logs import (
    ADMINISTRATOR,
    EVERYTHING,
    HARMLESS,
    READ_ONLY,
    attach,
    delivered,
    dump,
    lines,
    put,
)

KEYS = {
    "line",
    "eventID",
    "eventSource",
    "eventName",
    "verdict",
    "severity",
    "findings",
    "plan",
    "ignored",
}
DETACH = f"aws iam detach-user-policy --user-name alice --policy-arn {ADMINISTRATOR}"
ATTACKED = json.dumps(EVERYTHING)


def run(*arguments):
    return CliRunner().invoke(app, ["replay", *map(str, arguments)])


def replayed(*arguments, code=0):
    result = run(*arguments, "--json")
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


FATES = {
    "a read is ignored": (attach(readOnly=True), "ignored", None, "read-only call"),
    "a failed call is ignored": (
        attach(errorCode="AccessDenied"),
        "ignored",
        None,
        "failed call: AccessDenied",
    ),
    "another service is ignored": (
        record(eventSource="ec2.amazonaws.com"),
        "ignored",
        None,
        "unwatched source: ec2.amazonaws.com",
    ),
    "a harmless policy is recorded": (put(HARMLESS), "recorded", "info", None),
    "a policy that AWS manages is known": (attach(READ_ONLY), "recorded", "info", None),
    "an administrator is told of": (attach(ADMINISTRATOR), "alerted", "critical", None),
    "an unknown policy is told of": (
        attach("arn:aws:iam::123456789012:policy/own"),
        "alerted",
        "high",
        None,
    ),
}


@pytest.mark.parametrize(("found", "verdict", "severity", "ignored"), FATES.values(), ids=FATES)
def test_an_event_alone(tmp_path, found, verdict, severity, ignored):
    (said,) = replayed(lines(tmp_path / "log.jsonl", found))
    assert set(said) == KEYS
    assert (said["verdict"], said["severity"]) == (verdict, severity)
    assert (said["ignored"], said["plan"]) == (ignored, [])
    assert (said["line"], said["eventID"], said["eventName"]) == (1, "e-1", found["eventName"])


FORMS = {
    "JSON lines of records": lambda p: lines(p / "log.jsonl", attach(ADMINISTRATOR)),
    "JSON lines of EventBridge events": lambda p: lines(
        p / "log.json", event(attach(ADMINISTRATOR))
    ),
    "lines with a key event": lambda p: lines(p / "log.jsonl", {"event": attach(ADMINISTRATOR)}),
    "a file with Records": lambda p: delivered(p / "log.json", attach(ADMINISTRATOR)),
    "a packed file with Records": lambda p: delivered(p / "log.json.gz", attach(ADMINISTRATOR)),
    "a folder": lambda p: delivered(
        p / "2026" / "03" / "log.json.gz", attach(ADMINISTRATOR)
    ).parents[1],
    "a record that has no id": lambda p: lines(
        p / "log.jsonl", {k: v for k, v in attach(ADMINISTRATOR).items() if k != "eventID"}
    ),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_change_is_found_in(tmp_path, form):
    (said,) = replayed(form(tmp_path))
    assert [finding["rule"] for finding in said["findings"]][:1] == ["gained-administrator"]


def test_a_digest_of_cloudtrail_holds_no_events(tmp_path):
    delivered(tmp_path / "CloudTrail" / "log.json.gz", attach())
    lines(tmp_path / "CloudTrail-Digest" / "digest.json", {"digestS3Bucket": "b"})
    assert len(replayed(tmp_path)) == 1


def test_changes_are_judged_in_order_of_time_whatever_the_order_of_the_files(tmp_path):
    later = put(ATTACKED, eventID="e-2", eventTime="2026-03-01T12:00:09Z")
    log = lines(tmp_path / "log.jsonl", later, put(HARMLESS))
    first, second = replayed(log)
    assert [first["line"], second["line"]] == [2, 1]
    assert (first["verdict"], second["verdict"]) == ("recorded", "undone")
    (call,) = second["plan"]
    assert "put-user-policy" in call
    assert "s3:GetObject" in call


def test_a_copy_of_an_event_is_ignored(tmp_path):
    log = lines(tmp_path / "log.jsonl", attach(ADMINISTRATOR), event(attach(ADMINISTRATOR)))
    assert [said["ignored"] for said in replayed(log)] == ["duplicate", None]


DUMPS = {
    "decoded documents": json.loads(HARMLESS),
    "URL-encoded texts": quote(HARMLESS),
}


@pytest.mark.parametrize("document", DUMPS.values(), ids=DUMPS)
def test_a_dump_with_says_what_was_there_before(tmp_path, document):
    log = lines(tmp_path / "log.jsonl", attach(ADMINISTRATOR), put(ATTACKED, eventID="e-2"))
    account = dump(tmp_path / "account.json", document)
    first, second = replayed(log, "--account", account)
    assert first["verdict"] == "undone"
    assert first["plan"] == [f"{DETACH} --region us-east-1"]
    assert second["verdict"] == "recorded", "he is an administrator already"


@pytest.mark.parametrize("document", DUMPS.values(), ids=DUMPS)
def test_the_former_text_of_a_dump_with_comes_back(tmp_path, document):
    log = lines(tmp_path / "log.jsonl", put(ATTACKED))
    (said,) = replayed(log, "--account", dump(tmp_path / "account.json", document))
    (call,) = said["plan"]
    assert call.startswith("aws iam put-user-policy --user-name alice --policy-name p")
    assert "s3:GetObject" in call


def test_nothing_is_undone_where_everything_is_set_to_alert(tmp_path):
    log = lines(tmp_path / "log.jsonl", attach(ADMINISTRATOR))
    account = dump(tmp_path / "account.json", {})
    (said,) = replayed(log, "--account", account, "--response", "alert")
    assert (said["verdict"], said["plan"]) == ("alerted", [])


def test_settings_of_a_cdk_json_hold(tmp_path):
    settings = tmp_path / "cdk.json"
    trusted = {"trustedActors": ["arn:aws:iam::123456789012:user/mallory"]}
    settings.write_text(json.dumps({"context": {"snapback": trusted}}))
    log = lines(tmp_path / "log.jsonl", attach(ADMINISTRATOR))
    options = ("--account", dump(tmp_path / "account.json", {}), "--settings", settings)
    (said,) = replayed(log, *options, "--response", "revert")
    assert (said["verdict"], said["plan"]) == ("alerted", [])


def _cut(path):
    log = delivered(path / "log.json.gz", *(attach(eventID=f"e-{n}") for n in range(3)))
    log.write_bytes(log.read_bytes()[:-30])
    return log


def _cut_records(path):
    log = delivered(path / "log.json", attach(), attach(eventID="e-2"))
    log.write_bytes(log.read_bytes()[:-10])
    return log


BROKEN = {
    "a file that is missing": (lambda p: p / "none.json", "none.json: no such file"),
    "a folder without logs": (lambda p: p / "empty", "empty: no file in it"),
    "a line that is no JSON": (
        lambda p: _text(p / "log.jsonl", f"{json.dumps(attach())}\n{{\n"),
        "log.jsonl, line 2: not JSON",
    ),
    "a line that is no event": (
        lambda p: lines(p / "log.jsonl", {"some": "thing"}),
        "log.jsonl, line 1: a JSON object that is no event",
    ),
    "a gzip file that breaks off": (_cut, "log.json.gz, line"),
    "Records that break off": (_cut_records, "log.json, line 2: not JSON"),
}


def _text(path, text):
    path.write_text(text)
    return path


@pytest.mark.parametrize(("make", "says"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path, make, says):
    (tmp_path / "empty").mkdir()
    good = lines(tmp_path / "good.jsonl", attach(ADMINISTRATOR, eventID="good"))
    result = run(make(tmp_path), good, "--json")
    assert result.exit_code == 1
    assert says in result.stderr
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["verdict"] for each in said if each["eventID"] == "good"] == ["alerted"]


REFUSED = {
    "no dump": (("--account", "none.json"), "none.json"),
    "settings that are missing": (("--settings", "none.json"), "none.json"),
}


@pytest.mark.parametrize(("options", "says"), REFUSED.values(), ids=REFUSED)
def test_it_is_not_run_with(tmp_path, options, says):
    result = run(lines(tmp_path / "log.jsonl", attach()), *options)
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"UserDetailList": [{}]}'])
def test_a_file_that_is_no_dump_is_refused(tmp_path, text):
    account = _text(tmp_path / "account.json", text)
    result = run(lines(tmp_path / "log.jsonl", attach()), "--account", account)
    assert result.exit_code == 2
    assert "account.json" in result.stderr


def test_people_are_shown_what_would_have_been_mailed_and_undone_and_how_many_were_not(tmp_path):
    log = lines(tmp_path / "log.jsonl", {"event": attach(ADMINISTRATOR), "label": "bad\x1b[2J"})
    account = dump(tmp_path / "account.json", {})
    result = run(log, "--account", account, "--by", "label")
    shown = " ".join(result.stdout.split())
    assert "AWS-managed policies: " in shown
    for word in ("CRITICAL", "detach-user-policy", "undone", "By label", "\\x1b[2J"):
        assert word in shown
    assert "\x1b[2J" not in result.stdout


def test_without_a_dump_it_says_once_what_it_judges_from(tmp_path):
    result = run(lines(tmp_path / "log.jsonl", attach(), attach(eventID="e-2")))
    assert result.stdout.count("No account state is given") == 1
    assert "Nobody would have been mailed." in result.stdout
