"""Hooks: what a test or a benchmark may add to every call."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.calls.call import ApiCall
from sandbox.calls.caller import Caller
from sandbox.front.enforced import function_role
from sandbox.gate.decide import Decision

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error given in place of an answer to every call for which ``when`` holds."""

    when: Callable[[ApiCall, Caller], bool]
    code: str
    message: str
    status: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCall:
    """One call, what the gate decided of each action, and the code of the answer's error.

    ``decisions`` is None where the gate was not asked. ``began`` and ``ended`` are seconds of the
    monotonic clock, with the added latency in between.
    """

    call: ApiCall
    caller: Caller
    began: float
    ended: float
    decisions: tuple[Decision, ...] | None
    error: str | None


@dataclass(slots=True)
class Hooks:
    """Added latency, injected faults, who is checked, and what is told of each call.

    ``latency`` is in seconds, for every call but the operator's. ``on_record`` takes each
    CloudTrail record in the thread of the call, before the answer goes out, and ``on_answer``
    every call that was carried out or refused, at the same moment. A run in which ``problems`` is
    not empty has failed: something happened that the sandbox cannot do.
    """

    latency: float = 0.0
    read_lag: float = 0.0
    """Seconds by which the functions' reads of IAM lag behind writes made since this was set."""
    faults: list[Fault] = field(default_factory=list)
    enforced: Callable[[Caller], bool] = function_role
    on_record: Callable[[Record], None] | None = None
    record_operator: bool = False
    log: list[LoggedCall] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)
    on_answer: Callable[[LoggedCall], None] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def logged(self, entry: LoggedCall) -> None:
        """Keep an entry of the log."""
        with self._lock:
            self.log.append(entry)
        if self.on_answer is not None:
            self.on_answer(entry)

    def troubled(self, problem: Exception) -> None:
        """Keep a problem, which fails the run."""
        with self._lock:
            self.problems.append(problem)

    def fault(self, call: ApiCall, caller: Caller) -> Fault | None:
        """The first fault injected into this call."""
        return next((fault for fault in list(self.faults) if fault.when(call, caller)), None)
