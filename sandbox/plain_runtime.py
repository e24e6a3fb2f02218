"""A Python runtime for where awslambdaric has no wheel: the same protocol, in plain Python.

Started as a script, in the function's folder, with the handler's name as its argument; imports
nothing of the sandbox, because it is the function's process.
"""

import http.client
import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_ROOT = "/2018-06-01/runtime/"


class HandlerNotFound(AttributeError):  # noqa: N818  # named as Lambda names it in the answer
    """The module has no such handler."""


@dataclass(frozen=True)
class Context:
    """What a handler is told of its invocation, in Lambda's words."""

    aws_request_id: str
    invoked_function_arn: str
    deadline_ms: int
    function_name: str = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "")
    function_version: str = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "")
    memory_limit_in_mb: str = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "")
    log_group_name: str = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME", "")
    log_stream_name: str = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME", "")
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function is stopped."""
        return max(0, self.deadline_ms - int(time.time() * 1000))


def main(handler: str) -> int:
    """Serve the function until the process is stopped; 1 when it cannot be initialized."""
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    sys.path.insert(0, str(os.getcwd()))  # noqa: PTH109  # spelled as awslambdaric does it
    try:
        function = _load(handler)
    except Exception as error:  # noqa: BLE001  # whatever the function's module raises
        _post(connection, "init/error", json.dumps(_described(error)))
        return 1
    while True:
        _serve(connection, function)


def _load(handler: str) -> Callable[[Any, Context], Any]:
    module, _, name = handler.replace("/", ".").rpartition(".")
    loaded = importlib.import_module(module)
    if not hasattr(loaded, name):
        raise HandlerNotFound(f"Handler {name!r} missing on module {module!r}")
    found: Callable[[Any, Context], Any] = getattr(loaded, name)
    return found


def _serve(connection: http.client.HTTPConnection, function: Callable[..., Any]) -> None:
    connection.request("GET", f"{_ROOT}invocation/next")
    answer = connection.getresponse()
    event = json.loads(answer.read())
    context = Context(
        aws_request_id=answer.headers["Lambda-Runtime-Aws-Request-Id"],
        invoked_function_arn=answer.headers["Lambda-Runtime-Invoked-Function-Arn"],
        deadline_ms=int(answer.headers["Lambda-Runtime-Deadline-Ms"]),
    )
    try:
        result, kind = json.dumps(function(event, context)), "response"
    except Exception as error:  # noqa: BLE001  # whatever the handler raises
        result, kind = json.dumps(_described(error)), "error"
        print(result)  # noqa: T201  # Lambda writes a handler's error into its log
    sys.stdout.flush()
    _post(connection, f"invocation/{context.aws_request_id}/{kind}", result)


def _described(error: BaseException) -> dict[str, Any]:
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def _post(connection: http.client.HTTPConnection, path: str, body: str) -> None:
    connection.request("POST", _ROOT + path, body.encode())
    connection.getresponse().read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
