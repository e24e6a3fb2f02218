"""AWS calls of one event: how many, how many in a row, and what that costs far from AWS."""

import json
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bench.figure import Figure
from cli.stage import FORMER, Stage, staged
from sandbox.front.hooks import LoggedCall

LATENCY = 0.050
"""Seconds added to every AWS call."""
USER = "busy"
_ROUNDS = 5


def run() -> Iterable[Figure]:
    """Judge a change to a user with ten managed policies, five inline policies, three groups."""
    with staged(lambda _: None) as stage:
        _hire(stage)
        _event(stage, warm=True)
        calls, _ = _event(stage)
        stage.sandbox.front.hooks.latency = LATENCY
        rounds = sorted(_event(stage) for _ in range(_ROUNDS))
        stage.sandbox.front.hooks.latency = 0.0
    yield Figure(name="AWS calls to judge a change to a busy user", value=len(calls), unit="calls")
