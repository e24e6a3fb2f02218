"""The door: who calls is found, asked for permission, answered, recorded and logged."""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from moto.core.request import Request

from sandbox.calls.call import ApiCall, UnreadableCallError, parse
from sandbox.calls.caller import Caller, UnknownKeyError, find
from sandbox.calls.credentials import OPERATOR
from sandbox.front.answers import Answer, refusal, understood
from sandbox.front.backend import App, Backend, Environ
from sandbox.front.enforced import asked
from sandbox.front.hooks import Hooks, LoggedCall
from sandbox.front.kept import keep
from sandbox.front.lag import Past
from sandbox.front.refusals import denial, stranger
from sandbox.gate.decide import Decision
from sandbox.records import Happening, changes, record

_CANNOT = 501
"""The status of what the sandbox cannot do: no SDK tries such a call again."""


@dataclass(frozen=True, slots=True)
class _Served:
    answer: Answer
    decisions: tuple[Decision, ...] | None = None


class Door:
    """The WSGI application in front of moto's; safe to call from many threads."""

    def __init__(self, app: App, account: str, hooks: Hooks) -> None:
        self._backend = Backend(app)
        self._account = account
        self._past = Past(account)
        self._hooks = hooks

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        body = _read(environ)
        if body is None:
            start_response("400 Bad Request", [])
            return []
        environ["wsgi.input"] = io.BytesIO(body)
        answer = self._answer(environ, Request(environ | {"wsgi.input": io.BytesIO(body)}))
        start_response(answer.status, list(answer.headers))
        return [answer.body]

    def _answer(self, environ: Environ, request: Request) -> Answer:
        try:
            call = parse(request)
        except UnreadableCallError as error:
            return self._unread(environ, request, error)
        try:
            caller = find(self._account, call.access_key)
        except UnknownKeyError:
            code, status, message = stranger(call.protocol)
            return refusal(call.protocol, status, code, message)
        return self._observed(environ, call, caller)

    def _unread(self, environ: Environ, request: Request, error: Exception) -> Answer:
        """A presigned download, or the operator's tool with a service that is nobody else's."""
        signed = request.headers.get("Authorization", "")
        if signed and OPERATOR.access_key_id not in signed:
            return self._cannot("json", error)
        return self._backend.answer(environ)

    def _observed(self, environ: Environ, call: ApiCall, caller: Caller) -> Answer:
        at, began = datetime.now(UTC), time.monotonic()
        if not caller.operator:
            time.sleep(self._hooks.latency)
        served = self._served(environ, call, caller)
        output = understood(call, served.answer) if served.answer.failed or changes(call) else {}
        failed = output.get("Error", {})
        error = (failed["Code"], failed.get("Message", "")) if served.answer.failed else None
        if changes(call) and (self._hooks.record_operator or not caller.operator):
            self._record(
                Happening(
                    call=call,
                    caller=caller,
                    at=at,
                    request_id=served.answer.request_id,
                    output=output,
                    error=error,
                )
            )
        code = error[0] if error else None
        self._hooks.logged(
            LoggedCall(
                call=call,
                caller=caller,
                began=began,
                ended=time.monotonic(),
                decisions=served.decisions,
                error=code,
            )
        )
        return served.answer

    def _served(self, environ: Environ, call: ApiCall, caller: Caller) -> _Served:
        decisions = None
        try:
            if self._hooks.enforced(caller):
                decisions = asked(call, caller)
                denied = next((each for each in decisions if not each.allowed), None)
                if denied is not None:
                    return _Served(_denied(call, caller, denied), decisions)
            fault = self._hooks.fault(call, caller)
            if fault is not None:
                answer = refusal(call.protocol, fault.status, fault.code, fault.message)
                return _Served(answer, decisions)
            answer = self._backend.answer(environ, call.service, partial(self._when, call, caller))
            if not answer.failed:
                keep(call, self._account)
            return _Served(answer, decisions)
        except Exception as error:  # noqa: BLE001  # moto's and the gate's: each fails the run
            return _Served(self._cannot(call.protocol, error), decisions)

    @contextmanager
    def _when(self, call: ApiCall, caller: Caller) -> Iterator[None]:
        """The moment as of which a call is answered: a function's reads of IAM may lag behind."""
        lag = self._hooks.read_lag
        if not lag or call.service != "iam":
            yield
        elif changes(call):
            self._past.keep(lag)
            yield
        else:
            with self._past.seen(lag if self._hooks.enforced(caller) else 0):
                yield

    def _cannot(self, protocol: str, error: Exception) -> Answer:
        self._hooks.troubled(error)
        return refusal(protocol, _CANNOT, "SandboxCannot", f"{type(error).__name__}: {error}")

    def _record(self, happening: Happening) -> None:
        if self._hooks.on_record is not None:
            self._hooks.on_record(record(happening))


def _read(environ: Environ) -> bytes | None:
    """The body; None if the caller was killed before it had sent all of it."""
    stream = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        data = bytes(stream.read())
    else:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        data = bytes(stream.read(length))
        if len(data) < length:
            return None
    environ["CONTENT_LENGTH"] = str(len(data))
    return data


def _denied(call: ApiCall, caller: Caller, decision: Decision) -> Answer:
    need = decision.need
    code, status = denial(call.service)
    message = (
        f"User: {caller.arn} is not authorized to perform: {need.spoken} "
        f"on resource: {need.resource} {decision.reason}"
    )
    return refusal(call.protocol, status, code, message)
