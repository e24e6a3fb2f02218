"""The sandbox's server: moto in this process, behind a door that knows who calls."""

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cache
from types import TracebackType
from typing import Any, Self

import boto3
from moto.core.base_backend import BackendDict
from moto.core.config import default_user_config
from moto.core.model_instances import reset_model_data
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import BaseWSGIServer, make_server

from sandbox.calls.credentials import OPERATOR, ROOT, Credentials, for_role, for_user
from sandbox.front import asking, clients
from sandbox.front.door import Door
from sandbox.front.hooks import Hooks
from sandbox.gate import resource_policies
from sandbox.gate.decide import Decision
from sandbox.gate.usage import Grant
from sandbox.mending import PATCHES, applied

ACCOUNT = "123456789012"
REGION = "us-east-1"

_STOPS_WITHIN = 0.05
"""Seconds that a stop may take to be noticed."""


class _QuietHandler(MotoRequestHandler):  # type: ignore[misc]  # moto is untyped
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of each request: the hooks keep a log."""


class _Dispatcher(DomainDispatcherApplication):  # type: ignore[misc]  # moto is untyped
    """moto's dispatcher, which lists its own source folder twice for each request."""

    def __init__(self, create_app: Callable[[Any], Any]) -> None:
        super().__init__(create_app)
        self.get_backend_for_host = cache(super().get_backend_for_host)


class Front:
    """An AWS account behind one address, from ``start`` to ``stop``; one at a time in a process.

    ``hooks`` adds latency and faults, keeps the log, and takes the CloudTrail records.
    """

    operator = OPERATOR
    root = ROOT

    def __init__(self, *, account: str = ACCOUNT, region: str = REGION) -> None:
        self.account = account
        self.region = region
        self.hooks = Hooks()
        self._server: BaseWSGIServer | None = None
        self._mended = ExitStack()

    @property
    def endpoint_url(self) -> str:
        """Where it listens. The host must be named: with 127.0.0.1 moto finds no buckets.

        Raises:
            RuntimeError: it is not running.
        """
        if self._server is None:
            raise RuntimeError("the sandbox's server is not running")
        return f"http://localhost:{self._server.port}"

    def start(self) -> Self:
        """Begin with an empty account and listen."""
        default_user_config["iam"]["load_aws_managed_policies"] = True
        self._mended.enter_context(applied(PATCHES))
        _empty()
        door = Door(_Dispatcher(create_backend_app), self.account, self.hooks)
        self._server = make_server(
            "127.0.0.1", 0, door, threaded=True, request_handler=_QuietHandler
        )
        threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": _STOPS_WITHIN},
            name="front",
            daemon=True,
        ).start()
        return self

    def stop(self) -> None:
        """Stop listening and forget the account."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        default_user_config["iam"]["load_aws_managed_policies"] = False
        self._mended.close()
        _empty()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        if error is None:
            self.check()

    def check(self) -> None:
        """Fail the run if something happened that the sandbox cannot do.

        Raises:
            ExceptionGroup: all that the door met: actions unknown to the gate, policies that it
                does not evaluate, operations that moto does not have.
        """
        if self.hooks.problems:
            raise ExceptionGroup("the sandbox met what it cannot do", self.hooks.problems)

    def ask(
        self, credentials: Credentials, service: str, operation: str, parameters: Mapping[str, Any]
    ) -> tuple[Decision, ...]:
        """What the gate decides of a call that is not made, and keeps in the log.

        For what AWS does under a role by itself, as Lambda writes a function's log.

        Raises:
            UnknownKeyError: nobody has these credentials.
            GateError: the gate cannot decide.
        """
        call = asking.call_by_aws(
            service, operation, parameters, region=self.region, key=credentials
        )
        return asking.ask(self.account, self.hooks, call)

    def unused_grants(self) -> tuple[Grant, ...]:
        """What the roles that were checked may do and never did since the start."""
        return asking.unused_grants(self.account, self.hooks)

    def session(
        self, credentials: Credentials = OPERATOR, *, region: str | None = None
    ) -> boto3.Session:
        """A session that signs with these credentials; its clients still need the endpoint."""
        return clients.session(credentials, region or self.region)

    def client(
        self,
        service: str,
        *,
        region: str | None = None,
        credentials: Credentials = OPERATOR,
        source_address: str | None = None,
    ) -> Any:
        """A client of this account, without retries: an error is to be seen.

        ``source_address`` is the address that its calls seem to come from.
        """
        session = self.session(credentials, region=region)
        return clients.client(session, service, self.endpoint_url, source_address)

    def credentials_for_user(self, name: str) -> Credentials:
        """A new access key of an IAM user."""
        return for_user(self.account, name)

    def credentials_for_role(self, arn_or_name: str, session_name: str) -> Credentials:
        """A session of a role, whatever its trust policy says."""
        return for_role(self.account, arn_or_name, session_name)


def _empty() -> None:
    resource_policies.clear()
    BackendDict.reset()
    reset_model_data()
