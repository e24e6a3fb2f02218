import io
import json
from collections import Counter

import pytest
from rich.console import Console

from cli.counted import Counted
from cli.recorded import Unreadable

ODD = "[/x] :warning: \x1b[2J\ud800"
SHOWN = "[/x] :warning: \\x1b[2J\\ud800"
WHOLE = Counted(
    events=4,
    judged=Counter({"critical": 1}),
    alerted=1,
    undone=Counter({"restored": 1}),
    ignored=Counter({f"failed call: {ODD}": 1}),
    malformed=1,
    failed=1,
    errors=[f"Evaluate: {ODD}"],
    dead_letters=7,
    unreadable=[Unreadable(5, ODD)],
)


def told(counted: Counted) -> str:
    console = Console(file=io.StringIO(), width=120)
    counted.tell(console)
    return console.file.getvalue()


@pytest.mark.parametrize("part", [f"failed call: {SHOWN}", f"Evaluate: {SHOWN}", f"5: {SHOWN}"])
def test_what_others_wrote_is_printed_as_it_is(part):
    assert part in told(WHOLE)


def test_dead_letters_have_a_row():
    (row,) = [line for line in told(WHOLE).splitlines() if "dead-letter" in line]
    assert " 7 " in row


def test_machines_get_every_count():
    found = json.loads(json.dumps(WHOLE.as_json()))
    assert found == {
        "events": 4,
        "judged": {"critical": 1},
        "alerted": 1,
        "undone": {"restored": 1},
        "ignored": {f"failed call: {ODD}": 1},
        "malformed": 1,
        "failed": 1,
        "deadLettered": 7,
        "errors": [f"Evaluate: {ODD}"],
        "unreadable": [{"line": 5, "reason": ODD}],
    }
