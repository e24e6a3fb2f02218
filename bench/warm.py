"""A warm event in the sandbox: from the bus to the alert, and to the undo that was read back."""

import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median

from rich.progress import track

from bench.figure import Figure
from cli.company import ADMINISTRATOR
from cli.stage import Stage, staged

ROUNDS = 50
_WARMING = 3


def run() -> Iterable[Figure]:
    """Attach AdministratorAccess to a user, again and again; each time it is told and undone."""
    with staged(lambda _: None) as stage:
        for _ in range(_WARMING):
            _round(stage)
        rounds = range(ROUNDS)
        times = [
            _round(stage)
            for _ in track(rounds, "Warm events", disable=not sys.stderr.isatty(), transient=True)
        ]
    alert, undo = (median(column) * 1000 for column in zip(*times, strict=True))
    yield Figure(name=f"warm event to alert, median of {ROUNDS}", value=alert, unit="ms")
    yield Figure(name=f"warm event to undo read back and told, of {ROUNDS}", value=undo, unit="ms")


def _round(stage: Stage) -> tuple[float, float]:
    """Seconds to the alert and to the outcome's mail.

    Raises:
        RuntimeError: the event did not lead to one alert and one restored outcome.
    """
    time.sleep(1.05 - time.time() % 1)
    seen = len(stage.sandbox.mailbox)
    began = datetime.now(UTC)
    stage.thief.client("iam").attach_user_policy(UserName="mallory", PolicyArn=ADMINISTRATOR)
    stage.settle()
    mails = stage.sandbox.mailbox[seen:]
    subjects = [mail.subject.partition("]")[0] for mail in mails]
    if subjects != ["[CRITICAL", "[RESTORED"]:
        raise RuntimeError(f"the event led to {subjects}: {stage.sandbox.failures}")
    return tuple((mail.at - began).total_seconds() for mail in mails)  # type: ignore[return-value]  # two, see above
