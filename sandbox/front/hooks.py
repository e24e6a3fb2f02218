"""Hooks: what a test or a benchmark may add to every call."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.front.call import ApiCall
from sandbox.front.caller import Caller

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
    """One call, with what the gate decided: who, which actions on which resources, and why.

    ``allowed`` is None where the gate was not asked, ``error`` the code of the answer's error.
    """

    call: ApiCall
    caller: Caller
    actions: tuple[tuple[str, str], ...]
    """(action, resource), as the gate saw them."""
    allowed: bool | None
    error: str | None


@dataclass(slots=True)
class Hooks:
    """Added latency in seconds per call, injected faults, and what is told of each call."""

    latency: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    on_record: Callable[[Record], None] | None = None
    """Takes each CloudTrail record, in the thread of the call and before its answer goes out."""
    log: list[LoggedCall] = field(default_factory=list)
    problems: list[BaseException] = field(default_factory=list)
    """What went wrong inside the sandbox itself: a run that has any has failed."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def logged(self, entry: LoggedCall) -> None:
        """Keep an entry of the log."""
        with self._lock:
            self.log.append(entry)

    def fault(self, call: ApiCall, caller: Caller) -> Fault | None:
        """The first fault injected into this call."""
        return next((fault for fault in self.faults if fault.when(call, caller)), None)
