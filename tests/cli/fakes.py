"""A stage without a sandbox: what was put on its bus, and invocations as a case has them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from cli.stage import Stage
from sandbox.failures import Failure, of_invocations
from sandbox.invocations import Invocation
from sandbox.runtime_api import Outcome

ACCOUNT, REGION = "123456789012", "us-east-1"
MALFORMED = {"errorType": "MalformedEventError", "errorMessage": "[/x] is no event"}
BROKEN = {"errorType": "ValueError", "errorMessage": "[/x] broke"}


def invocation(payload: Any, said: Any, *, fails: bool = False, request: str = "r") -> Invocation:
    return Invocation(
        function="Evaluate",
        request_id=request,
        payload=json.dumps(payload).encode(),
        outcome=Outcome(json.dumps(said).encode(), "Unhandled" if fails else None),
        cold=False,
        seconds=0.1,
        at=datetime(2026, 1, 2, tzinfo=UTC),
    )


@dataclass
class FakeSandbox:
    """A bus whose one function answers ``said`` to the account's events, or fails on them."""

    said: Any
    fails: bool = False
    tries: int = 1
    follows: tuple[Invocation, ...] = ()
    letters: Mapping[str, list[str]] = field(default_factory=dict)
    more: tuple[Failure, ...] = ()
    loses: bool = False
    invocations: list[Invocation] = field(default_factory=list)
    put: list[Mapping[str, Any]] = field(default_factory=list)
    front: Any = field(default_factory=lambda: SimpleNamespace(account=ACCOUNT, region=REGION))

    def put_event(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        self.put.append(event)
        if (event["account"], event["region"], event["source"]) != (ACCOUNT, REGION, "aws.iam"):
            return ()
        for _ in range(0 if self.loses else self.tries):
            request = f"r{len(self.put)}"
            self.invocations.append(invocation(event, self.said, fails=self.fails, request=request))
        return ("Watch",)

    @property
    def failures(self) -> list[Failure]:
        settled = bool(self.put)
        return [*of_invocations(self.invocations), *(self.more if settled else ())]

    def dead_letters(self) -> Mapping[str, list[str]]:
        return self.letters


class FakeStage:
    failures_since = Stage.failures_since

    def __init__(self, sandbox: FakeSandbox) -> None:
        self.sandbox = sandbox

    def settle(self) -> None:
        self.sandbox.invocations.extend(self.sandbox.follows)

    def incidents(self, invocations: list[Invocation]) -> list[Any]:
        said = (json.loads(each.outcome.payload) for each in invocations)
        outcome = SimpleNamespace(ending="restored")
        return [SimpleNamespace(outcome=outcome) for each in said if each.get("incident")]
