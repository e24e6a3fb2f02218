"""Execution environments: one process that runs a function's packaged code, as Lambda does.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import importlib.util
import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from sysconfig import get_path

from sandbox.runtime_api import Exited, Failed, Outcome, Ready, RuntimeApi, Work

_INITIALIZATION = 60.0
"""Seconds; AWS stops a first initialization after 10, but its processors are not shared so."""

_RUNTIME = "awslambdaric"
_START = """
import os, runpy, sys
_, packages, runtime, handler = sys.argv
sys.path[0] = os.getcwd()
sys.path += packages.split(os.pathsep)
sys.argv = [runtime, handler]
run = runpy.run_path if runtime.endswith(".py") else runpy.run_module
run(runtime, run_name="__main__")
"""
"""Started with -S: an installation that points back into a working tree must not be seen."""

OnLine = Callable[[str | None, str], None]
"""Takes the id of the request that is being handled, if any, and one line of its output."""


class Runtime:
    """How a function's process is started: by awslambdaric, or without it in plain Python."""

    def __init__(self, *, plain: bool | None = None) -> None:
        found = importlib.util.find_spec(_RUNTIME) is not None
        self.plain = not found if plain is None else plain
        if self.plain and not found:
            sys.stderr.write(
                "awslambdaric is not installed here: "
                "the sandbox runs the handlers in a plain Python process.\n"
            )

    def command(self, handler: str) -> list[str]:
        """The process's command line; it must be started in the function's folder."""
        runtime = str(Path(__file__).with_name("plain_runtime.py")) if self.plain else _RUNTIME
        packages = os.pathsep.join(sorted({get_path("purelib"), get_path("platlib")}))
        return [sys.executable, "-S", "-c", _START, packages, runtime, handler]


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What an environment is started with: command line, variables and folder."""

    command: list[str]
    variables: Mapping[str, str]
    folder: Path


class Environment:
    """One process of a function; handles one event at a time."""

    def __init__(self, launch: Launch, on_line: OnLine) -> None:
        self._api = RuntimeApi()
        self._on_line = on_line
        self._request: str | None = None
        self._initialized = False
        self._reading = threading.Lock()
        self._rest = b""
        self._process = subprocess.Popen(
            launch.command,
            env={**launch.variables, "AWS_LAMBDA_RUNTIME_API": self._api.address},
            cwd=launch.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._process.stdout is not None  # noqa: S101  # it was asked for above
        self._output = self._process.stdout
        os.set_blocking(self._output.fileno(), False)
        self._reader = threading.Thread(target=self._read, name="environment-output")
        self._reader.start()
        self.alive = True

    def invoke(self, work: Work, timeout: float) -> Outcome:
        """Have one event handled within ``timeout`` seconds; afterwards `alive` may be False."""
        self._request = work.request_id
        outcome = self._initialize() or self._handle(work, timeout)
        self._drain()
        self._request = None
        return outcome

    def kill(self) -> None:
        """Stop the process, whatever it does."""
        self.alive = False
        self._process.kill()

    def stop(self) -> None:
        """Stop the process and free everything that belongs to it."""
        self.kill()
        self._process.wait()
        self._reader.join()
        self._output.close()
        self._api.stop()

    def _initialize(self) -> Outcome | None:
        """None once the process asks for work, else how its initialization failed."""
        if self._initialized:
            return None
        try:
            happening = self._api.happenings.get(timeout=_INITIALIZATION)
        except queue.Empty:
            return self._broken("Sandbox.Timedout", f"no runtime after {_INITIALIZATION:g} s")
        self._initialized = isinstance(happening, Ready)
        return None if self._initialized else self._ended(happening)

    def _handle(self, work: Work, timeout: float) -> Outcome:
        self._api.work.put(work)
        try:
            happening = self._api.happenings.get(timeout=timeout)
        except queue.Empty:
            return self._broken("Sandbox.Timedout", f"Task timed out after {timeout:.2f} seconds")
        return happening if isinstance(happening, Outcome) else self._ended(happening)

    def _ended(self, happening: object) -> Outcome:
        if isinstance(happening, Failed):
            self.kill()
            return happening.outcome
        code = happening.code if isinstance(happening, Exited) else None
        return self._broken("Runtime.ExitError", f"Runtime exited with status {code}")

    def _broken(self, kind: str, message: str) -> Outcome:
        self.kill()
        text = f"RequestId: {self._request} Error: {message}"
        return Outcome(json.dumps({"errorType": kind, "errorMessage": text}).encode(), kind)

    def _read(self) -> None:
        """Take in the output until it ends, then say that the process did."""
        open_ended = True
        while open_ended:
            select.select([self._output], [], [])
            open_ended = self._drain()
        self._api.happenings.put(Exited(self._process.wait()))

    def _drain(self) -> bool:
        """Take in what has been written so far; False once there will be no more."""
        with self._reading:
            while True:
                try:
                    chunk = os.read(self._output.fileno(), 65536)
                except BlockingIOError:
                    return True
                if not chunk:
                    self._tell(self._rest)
                    return False
                *lines, self._rest = (self._rest + chunk).split(b"\n")
                for line in lines:
                    self._tell(line)

    def _tell(self, line: bytes) -> None:
        if text := line.decode(errors="replace").rstrip("\r"):
            self._on_line(self._request, text)


def deadline_ms(timeout: float) -> int:
    """The moment ``timeout`` seconds from now, as the Runtime API says it."""
    return int((time.time() + timeout) * 1000)
