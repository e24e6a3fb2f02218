"""Recorded events on the sandbox's bus, and what became of each."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from cli.counted import Counted
from cli.recorded import Recorded, Unreadable, read
from cli.stage import Stage, answer
from sandbox.envelope import UnwrappableRecordError, wrap
from sandbox.failures import Failure
from sandbox.invocations import Invocation

_MALFORMED = "MalformedEventError"


def count(path: Path, stage: Stage, progress: Console) -> Counted:
    """Put every event of a file on the bus, wait, and count.

    Raises:
        OSError: the file cannot be read.
    """
    counted, taken = Counted(), Counter[str]()
    first, failures = len(stage.sandbox.invocations), stage.sandbox.failures
    lines = list(read(path))
    for line in track(lines, "Putting events on the bus", console=progress, transient=True):
        taken.update(_put(line, stage, counted))
    progress.print("Waiting for the functions ...", style="dim")
    stage.settle()
    handled = stage.sandbox.invocations[first:]
    of_the_file = _last_tries(handled, taken)
    _ended(of_the_file, taken, counted)
    outcomes = (incident.outcome for incident in stage.incidents(of_the_file))
    counted.undone.update(str(outcome.ending) for outcome in outcomes if outcome)
    counted.errors = [*_errors(stage.failures_since(failures)), *_not_undone(handled)]
    counted.dead_letters = sum(map(len, stage.sandbox.dead_letters().values()))
    return counted


def _put(line: Recorded | Unreadable, stage: Stage, counted: Counted) -> list[str]:
    """Put an event on the bus; its id if a watch took it, and else it is counted here."""
    if isinstance(line, Unreadable):
        counted.unreadable.append(line)
        return []
    counted.events += 1
    try:
        event = _envelope(line, stage)
    except UnwrappableRecordError as error:
        counted.ignored[f"no event of AWS: {error}"] += 1
        return []
    if stage.sandbox.put_event(event):
        return [_id(event)]
    counted.ignored[f"no watch takes it: {_why(event, stage)}"] += 1
    return []


def _envelope(line: Recorded, stage: Stage) -> Mapping[str, Any]:
    """The event on this account's bus: the record is as it was, only the envelope is the bus's."""
    front = stage.sandbox.front
    if line.is_envelope:
        return {"id": str(uuid.uuid4()), **line.event}
    return {
        **wrap(line.event, account=front.account, region=front.region),
        "account": front.account,
        "region": front.region,
    }


def _id(event: Mapping[str, Any]) -> str:
    """The envelope's id, whatever it is, as JSON."""
    return json.dumps(event["id"])


def _why(event: Mapping[str, Any], stage: Stage) -> str:
    """Why no watch takes an event, as far as can be seen from outside."""
    front, account, region = stage.sandbox.front, event.get("account"), event.get("region")
    if account != front.account:
        return f"account {account} is not the sandbox's, and watches pin the account"
    if region != front.region:
        return f"region {region} is not the stack's"
    detail = event.get("detail")
    read_only = isinstance(detail, Mapping) and detail.get("readOnly") is True
    return f"{event.get('source')}{' (read-only call)' if read_only else ''}"


def _last_tries(invocations: Iterable[Invocation], taken: Mapping[str, int]) -> list[Invocation]:
    """The last try on each event of the file; Snapback's own calls come as events, too."""
    last = {each.request_id: each for each in invocations}
    found: dict[str, list[Invocation]] = {}
    for each in last.values():
        payload = json.loads(each.payload)
        if isinstance(payload, dict) and "id" in payload:
            found.setdefault(_id(payload), []).append(each)
    return [each for key, times in taken.items() for each in found.get(key, [])[:times]]


def _ended(tries: list[Invocation], taken: Counter[str], counted: Counted) -> None:
    """Count how each ended; what a watch took and no function was given has failed."""
    for invocation in tries:
        said = answer(invocation.outcome)
        if "severity" in said:
            counted.judged[said["severity"]] += 1
            counted.alerted += said["alert"] == "sent"
        elif invocation.outcome.error is None:
            reason = said.get("ignored", f"it only starts {invocation.function}")
            counted.ignored[reason] += 1
        elif _malformed(invocation.outcome.payload):
            counted.malformed += 1
        else:
            counted.failed += 1
    counted.failed += taken.total() - len(tries)


def _errors(failures: Iterable[Failure]) -> list[str]:
    """What went wrong, each once; a malformed event is meant to fail."""
    found = (each for each in failures if not _malformed(each.why))
    return list(dict.fromkeys(f"{each.what}: {each.why}" for each in found))


def _not_undone(invocations: Iterable[Invocation]) -> list[str]:
    """Undos that failed, which a function that takes messages answers and does not raise."""
    return [
        f"{each.function}: {len(failed)} of its messages failed, in request {each.request_id}"
        for each in invocations
        if (failed := answer(each.outcome).get("batchItemFailures"))
    ]


def _malformed(error: str | bytes) -> bool:
    try:
        said = json.loads(error)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("errorType") == _MALFORMED
