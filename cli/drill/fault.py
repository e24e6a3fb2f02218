"""Faults: what can befall a call to AWS, and each injected once into one step."""

import threading
import time
from collections.abc import Callable
from enum import StrEnum

from cli.drill.step import Step, function_of
from sandbox.calls.call import ApiCall
from sandbox.calls.caller import Caller
from sandbox.front import hooks
from sandbox.front.hooks import LoggedCall
from sandbox.front.refusals import denial

SILENCE = 10.5
"""Seconds without an answer: longer than the functions' SDK waits for one."""


class Fault(StrEnum):
    """The ways in which a call to AWS ends badly."""

    THROTTLED = "throttled"
    SERVER_ERROR = "5xx"
    TIMED_OUT = "time-out"
    DENIED = "AccessDenied"
    KILLED_BEFORE = "killed before"
    """The function dies before AWS does what it was asked."""
    KILLED_AFTER = "killed after"
    """AWS has done it, and the function dies before it knows."""


class Injection:
    """One fault in one step; ``made`` once it has happened.

    ``kill`` ends the function's processes, and what only time would end with them.
    """

    def __init__(self, step: Step, fault: Fault, kill: Callable[[str], None]) -> None:
        self.made = False
        self._step = step
        self._fault = fault
        self._kill = kill
        self._seen = 0
        self._lock = threading.Lock()
        self._killed_after: ApiCall | None = None

    def hook(self) -> hooks.Fault:
        """What the sandbox asks of each call."""
        code, status = _code(self._fault, self._step.call.partition(":")[0])
        return hooks.Fault(
            when=self._befalls, code=code, message=f"drill: {self._fault}", status=status
        )

    def answered(self, entry: LoggedCall) -> None:
        """Kill the function whose call has just been carried out."""
        if self._killed_after is not None and entry.call is self._killed_after:
            self._kill(self._step.function)

    def _befalls(self, call: ApiCall, caller: Caller) -> bool:
        if not self._is_it(call, caller):
            return False
        if self._fault is Fault.KILLED_AFTER:
            self._killed_after = call
            return False
        if self._fault is Fault.KILLED_BEFORE:
            self._kill(self._step.function)
        if self._fault is Fault.TIMED_OUT:
            time.sleep(SILENCE)
        return True

    def _is_it(self, call: ApiCall, caller: Caller) -> bool:
        if str(call) != self._step.call or function_of(caller) != self._step.function:
            return False
        with self._lock:
            found = not self.made and self._seen == self._step.nth
            self._seen += 1
            self.made = self.made or found
        return found


def _code(fault: Fault, service: str) -> tuple[str, int]:
    """The error with which AWS tells of it; nobody reads that of a call that was cut off.

    https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
    """
    if fault is Fault.DENIED:
        return denial(service)
    if fault is Fault.THROTTLED:
        return ("Throttling" if service == "iam" else "ThrottlingException"), 400
    return "InternalFailure", 500
