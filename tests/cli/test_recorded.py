import json

import pytest

from cli.recorded import Recorded, Unreadable, read

RECORD = {"eventName": "AttachUserPolicy"}
ENVELOPE = {"detail-type": "AWS API Call via CloudTrail", "detail": RECORD}

EVENTS = {
    "a bare record": (RECORD, RECORD, False),
    "an EventBridge event": (ENVELOPE, ENVELOPE, True),
    "a record under the key event": ({"event": RECORD, "label": "x"}, RECORD, False),
    "an EventBridge event under the key event": ({"event": ENVELOPE}, ENVELOPE, True),
}
UNREADABLE = {
    "no JSON": ("{", "not JSON"),
    "a list": ("[]", "no JSON object"),
    "a number under the key event": ('{"event": 1}', "no JSON object"),
    "an object that is no event": ('{"hello": "world"}', "neither eventSource nor eventName"),
    "a region that is no text": (
        json.dumps({**ENVELOPE, "region": ["us-east-1"]}),
        "region is no text",
    ),
    "nested too deeply": ("[" * 200_000, "not JSON"),
}


@pytest.mark.parametrize(("line", "event", "envelope"), EVENTS.values(), ids=EVENTS)
def test_a_line_holds(tmp_path, line, event, envelope):
    (tmp_path / "events.jsonl").write_text(json.dumps(line))
    (found,) = read(tmp_path / "events.jsonl")
    assert isinstance(found, Recorded)
    assert (found.line, found.event, found.is_envelope) == (1, event, envelope)


@pytest.mark.parametrize(("line", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_line_that_holds_no_event_is_named_and_the_rest_goes_on(tmp_path, line, reason):
    (tmp_path / "events.jsonl").write_text(f"\n{line}\n{json.dumps(RECORD)}\n")
    first, second = read(tmp_path / "events.jsonl")
    assert isinstance(first, Unreadable)
    assert first.line == 2
    assert reason in first.reason
    assert second == Recorded(3, RECORD)
