"""The Runtime API: how one Lambda execution environment gets its work and answers.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import json
import queue
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection
from typing import Any, cast

_ROOT = "/2018-06-01/runtime/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One event for the handler; ``deadline_ms`` in milliseconds since 1970."""

    request_id: str
    payload: bytes
    function_arn: str
    deadline_ms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation ended: the handler's answer, or the error object and its type."""

    payload: bytes
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The environment is initialized: it has asked for its first event."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The environment could not be initialized."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Exited:
    """The environment's process is gone."""

    code: int


Happening = Ready | Failed | Exited | Outcome


class RuntimeApi(ThreadingHTTPServer):
    """The server of one environment, from construction to `stop`.

    ``work`` goes in, ``happenings`` come out.
    """

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.work: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self.happenings: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self.asked = False
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="runtime-api")
        self._thread.start()

    @property
    def address(self) -> str:
        """What ``AWS_LAMBDA_RUNTIME_API`` holds."""
        return f"127.0.0.1:{self.server_port}"

    def stop(self) -> None:
        """End the server; its environment's process must be gone, or its connections stay."""
        self._stopping = True
        self.work.put(None)
        create_connection(("127.0.0.1", self.server_port)).close()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A process that was killed leaves a broken connection, which is no error of ours."""

    def _serve(self) -> None:
        while not self._stopping:
            self.handle_request()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Hand out the next event, as soon as there is one."""
        api = cast("RuntimeApi", self.server)
        if self.path != f"{_ROOT}invocation/next":
            self._answer(404, b"{}")
            return
        if not api.asked:
            api.asked = True
            api.happenings.put(Ready())
        work = api.work.get()
        if work is None:
            self.close_connection = True
            return
        self._answer(200, work.payload, _headers(work))

    def do_POST(self) -> None:
        """Take the answer or the error of an event, or of the initialization."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        happening = self._happening(body)
        if happening is None:
            self._answer(404, b"{}")
            return
        self._answer(202, b'{"status":"OK"}')
        cast("RuntimeApi", self.server).happenings.put(happening)

    def _happening(self, body: bytes) -> Happening | None:
        if self.path == f"{_ROOT}init/error":
            return Failed(Outcome(body, _error_type(body)))
        if self.path.startswith(f"{_ROOT}invocation/") and self.path.endswith("/error"):
            return Outcome(body, _error_type(body))
        if self.path.startswith(f"{_ROOT}invocation/") and self.path.endswith("/response"):
            return Outcome(body)
        return None

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base's own name
        """Say nothing of each request."""


def _headers(work: Work) -> dict[str, str]:
    return {
        "Lambda-Runtime-Aws-Request-Id": work.request_id,
        "Lambda-Runtime-Deadline-Ms": str(work.deadline_ms),
        "Lambda-Runtime-Invoked-Function-Arn": work.function_arn,
        "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
    }


def _error_type(body: bytes) -> str:
    try:
        found = json.loads(body)
    except ValueError:
        return "Unknown"
    return str(found.get("errorType", "Unknown")) if isinstance(found, dict) else "Unknown"
