"""Invocations: what is known of them when they are over."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.runtime_api import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """One handled event: what went in, what came out, how long it took in seconds."""

    function: str
    request_id: str
    payload: bytes
    outcome: Outcome
    cold: bool
    seconds: float
    at: datetime


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line that a function wrote; ``request_id`` is None outside of an invocation."""

    function: str
    request_id: str | None
    text: str
