"""Functions: runs the deployed Lambda functions, each in its own processes."""

import json
import os
import threading
import time
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox import deployed
from sandbox.deployed import Deployed
from sandbox.environment import Environment, Launch, Runtime, deadline_ms
from sandbox.flight import Flight
from sandbox.front import Front
from sandbox.invocations import Invocation, LogLine
from sandbox.log_rights import lacking
from sandbox.packages import unpacked
from sandbox.runtime_api import Outcome, Work

CONCURRENCY = 4
"""Executions of one function at a time where it has no reservation of its own."""


class ThrottledError(RuntimeError):
    """The function has a reservation of no concurrent execution at all."""


@dataclass(slots=True)
class _Pool:
    """The threads and the idle processes of one function."""

    threads: ThreadPoolExecutor
    idle: list[tuple[str, Environment]]


class Functions:
    """Invokes what is deployed, with the environment, role and code that the account holds now.

    A process is used again, as Lambda does, until the function's configuration or code changes;
    more are started only while events are handled at the same time.
    """

    def __init__(self, front: Front, flight: Flight, runtime: Runtime | None = None) -> None:
        self.invocations: list[Invocation] = []
        self.logs: list[LogLine] = []
        self.unlogged: list[str] = []
        self._front = front
        self._flight = flight
        self._runtime = runtime or Runtime()
        self._lock = threading.Lock()
        self._pools: dict[str, _Pool] = {}
        self._environments: dict[Environment, str] = {}
        self._stopping = False

    def submit(
        self, name_or_arn: str, payload: bytes, *, request_id: str | None = None
    ) -> Future[Outcome]:
        """Begin to handle an event, as soon as the function's concurrency allows.

        Raises:
            moto.awslambda.exceptions.UnknownFunctionException: there is no such function.
            ThrottledError: the function's concurrency is reserved to be zero.
        """
        function = deployed.read(
            self._front.account, _region(name_or_arn, self._front), name_or_arn
        )
        if function.reserved == 0:
            raise ThrottledError(f"{function.name} has a reserved concurrency of 0")
        pool = self._pool(function)
        self._flight.begin(function.name)
        try:
            begun = pool.threads.submit(
                self._handle, pool, function, payload, request_id or str(uuid.uuid4())
            )
        except RuntimeError:  # the pool has been shut down
            self._flight.end(function.name)
            raise
        begun.add_done_callback(lambda _: self._flight.end(function.name))
        return begun

    def kill(self, name: str) -> None:
        """End the processes of a function that are at work, as if Lambda's machine had died."""
        with self._lock:
            idle = {held for pool in self._pools.values() for _, held in pool.idle}
            at_work = [
                environment
                for environment, function in self._environments.items()
                if function == name and environment not in idle
            ]
        for environment in at_work:
            environment.kill()

    def stop(self) -> None:
        """End all processes; what they were doing ends as an error."""
        with self._lock:
            self._stopping = True
            environments, pools = list(self._environments), list(self._pools.values())
        for environment in environments:
            environment.kill()
        for pool in pools:
            pool.threads.shutdown(cancel_futures=True)
        for environment in list(self._environments):
            environment.stop()
        self._environments.clear()

    def _pool(self, function: Deployed) -> _Pool:
        with self._lock:
            key = f"{function.arn}:{function.reserved}"
            if key not in self._pools:
                workers = function.reserved or CONCURRENCY
                self._pools[key] = _Pool(ThreadPoolExecutor(workers, function.name), [])
            return self._pools[key]

    def _handle(self, pool: _Pool, function: Deployed, payload: bytes, request: str) -> Outcome:
        start = time.monotonic()
        try:
            environment, cold = self._environment(pool, function)
        except Exception as error:  # noqa: BLE001  # no environment, for whatever reason
            cold, outcome = True, _unstarted(error)
        else:
            outcome = environment.invoke(_work(function, payload, request), function.timeout)
            self._give_back(pool, function, environment)
        self.invocations.append(
            Invocation(
                function=function.name,
                request_id=request,
                payload=payload,
                outcome=outcome,
                cold=cold,
                seconds=time.monotonic() - start,
                at=datetime.now(UTC),
            )
        )
        return outcome

    def _environment(self, pool: _Pool, function: Deployed) -> tuple[Environment, bool]:
        """An idle process of this revision, or a new one and True."""
        revision = function.revision
        with self._lock:
            idle = next((i for i, held in enumerate(pool.idle) if held[0] == revision), None)
            if idle is not None:
                return pool.idle.pop(idle)[1], False
            outdated = [environment for _, environment in pool.idle]
            pool.idle.clear()
            for environment in outdated:
                self._environments.pop(environment, None)
        for environment in outdated:
            environment.stop()
        return self._start(function), True

    def _start(self, function: Deployed) -> Environment:
        def on_line(request: str | None, text: str) -> None:
            self.logs.append(LogLine(function.name, request, text))

        launch = self._launch(function)
        with self._lock:
            if self._stopping:
                raise RuntimeError("the sandbox is stopping")
            environment = Environment(launch, on_line)
            self._environments[environment] = function.name
        return environment

    def _launch(self, function: Deployed) -> Launch:
        account = self._front.account
        folder = unpacked(function.code_sha256, lambda: deployed.code(account, function))
        role = self._front.credentials_for_role(function.role, function.name)
        self.unlogged += [
            f"{function.name} may not {action}: its logs are lost"
            for action in lacking(self._front, function, role)
        ]
        return Launch(
            command=self._runtime.command(function.handler),
            folder=folder,
            variables={
                "PATH": os.environ.get("PATH", os.defpath),
                **function.environment(),
                **role.environment(),
                "LAMBDA_TASK_ROOT": str(folder),
                "AWS_ENDPOINT_URL": self._front.endpoint_url,
            },
        )

    def _give_back(self, pool: _Pool, function: Deployed, environment: Environment) -> None:
        with self._lock:
            keep = environment.alive and not self._stopping
            if keep:
                pool.idle.append((function.revision, environment))
            else:
                self._environments.pop(environment, None)
        if not keep:
            environment.stop()


def _region(name_or_arn: str, front: Front) -> str:
    return name_or_arn.split(":")[3] if name_or_arn.startswith("arn:") else front.region


def _work(function: Deployed, payload: bytes, request: str) -> Work:
    return Work(
        request_id=request,
        payload=payload,
        function_arn=function.arn,
        deadline_ms=deadline_ms(function.timeout),
    )


def _unstarted(error: Exception) -> Outcome:
    kind = "Sandbox.NotStarted"
    text = json.dumps({"errorType": kind, "errorMessage": f"{type(error).__name__}: {error}"})
    return Outcome(text.encode(), kind)
