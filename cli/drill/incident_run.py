"""One incident from the call to its end, with a fault on its way or none."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cli.drill.fault import Injection
from cli.drill.furnished import policy_arn
from cli.drill.step import OWN, Step, steps
from cli.stage import THIEF, Stage
from lambdas.model.incident import Alert, Incident
from sandbox.invocations import Invocation

LOST = "asynchronous invocation"
"""How the sandbox names an event that no function took and no queue keeps."""
CALL = "iam:AttachUserPolicy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one incident, as far as it matters to whether anything was lost.

    ``told`` is whether its alert went out, ``settled`` whether no undo is owed and no outcome
    untold; ``failed`` are invocations that did not succeed, ``kept`` events in dead-letter queues.
    """

    told: bool
    settled: bool
    failed: int
    kept: int
    dropped: int
    steps: tuple[Step, ...] = ()

    @property
    def ended(self) -> str:
        """Where it ended: in people's hands at once, or on a later try, or in a queue."""
        if self.kept:
            return "dead-letter"
        if self.lost:
            return "lost"
        return "retried" if self.failed else "alerted"

    @property
    def lost(self) -> bool:
        """Whether neither people nor a queue have what was to be told or done."""
        return bool(self.dropped) or not (self.kept or (self.told and self.settled))


def run(user: str, stage: Stage, injection: Injection | None = None, part: str = "") -> Run:
    """Attach the policy of its name to a user, and let everything happen that follows.

    The events of Snapback's own calls come in only when the undo is over, so that each part of the
    way has its calls in one order. ``part`` says in which one the injection is.
    """
    sandbox, hooks = stage.sandbox, stage.sandbox.front.hooks
    mails, invocations = len(sandbox.mailbox), len(sandbox.invocations)
    failures, letters = sandbox.failures, _letters(stage)
    found: list[Step] = []
    time.sleep(1.05 - time.time() % 1)
    with _holding(stage) as held:
        iam = stage.thief.client("iam", address=THIEF)
        iam.attach_user_policy(UserName=user, PolicyArn=policy_arn(user))
        for own in (False, True):
            records, since = [*held], len(hooks.log)
            held.clear()
            with _injected(stage, injection if own is (part == OWN) else None):
                for record in records:
                    sandbox.put_record(record)
                stage.settle()
            found += steps(hooks.log[since:], sandbox.front.account, own=own)
    sandbox.drop_delayed()  # the looks at this undo, which would come in on the next one's way
    handled = sandbox.invocations[invocations:]
    incident = _incident(stage, handled, user)
    told = any(user in mail.body for mail in sandbox.mailbox[mails:])
    return Run(
        told=told and incident is not None and incident.alert is Alert.SENT,
        settled=incident is not None and _settled(incident),
        failed=sum(map(_failed, handled)),
        kept=_letters(stage) - letters,
        dropped=sum(each.what == LOST for each in stage.failures_since(failures)),
        steps=tuple(found),
    )


@contextmanager
def _holding(stage: Stage) -> Iterator[list[Mapping[str, Any]]]:
    """Keep CloudTrail's records back; whoever asked for them puts them on the bus."""
    hooks = stage.sandbox.front.hooks
    held: list[Mapping[str, Any]] = []
    deliver, hooks.on_record = hooks.on_record, held.append
    try:
        yield held
    finally:
        hooks.on_record = deliver


@contextmanager
def _injected(stage: Stage, injection: Injection | None) -> Iterator[None]:
    hooks = stage.sandbox.front.hooks
    if injection is None:
        yield
        return
    fault = injection.hook()
    hooks.faults.append(fault)
    hooks.on_answer = injection.answered
    try:
        yield
    finally:
        hooks.on_answer = None
        hooks.faults.remove(fault)


def killing(stage: Stage, function: str) -> None:
    """Kill a function's processes, and end the leases that die with them a minute later."""
    stage.sandbox.kill(function)
    table, client = stage.outputs["TableName"], stage.sandbox.operator.client("dynamodb")
    open_claims = client.scan(
        TableName=table,
        ConsistentRead=True,
        FilterExpression="sk = :claim AND attribute_not_exists(done) AND attribute_exists(lease)",
        ExpressionAttributeValues={":claim": {"S": "claim"}},
    )["Items"]
    for claim in open_claims:
        client.update_item(
            TableName=table,
            Key={"pk": claim["pk"], "sk": claim["sk"]},
            UpdateExpression="SET lease = :now",
            ExpressionAttributeValues={":now": {"N": "0"}},
        )


def _incident(stage: Stage, handled: Iterable[Invocation], user: str) -> Incident | None:
    """The attack's incident, from the table: a try that failed answered no id."""
    for payload in {invocation.payload for invocation in handled}:
        detail = json.loads(payload).get("detail", {})
        if detail.get("eventName") != CALL.partition(":")[2]:
            continue
        if detail.get("requestParameters", {}).get("userName") == user:
            return stage.incident(detail)
    return None


def _settled(incident: Incident) -> bool:
    """Whether all that was to be done is done and told."""
    if incident.outcome is not None:
        return incident.outcome.told
    return not incident.undoes


def _failed(invocation: Invocation) -> bool:
    """An invocation that raised, or that gave messages of its batch back."""
    if invocation.outcome.error is not None:
        return True
    said = json.loads(invocation.outcome.payload)
    return isinstance(said, dict) and bool(said.get("batchItemFailures"))


def _letters(stage: Stage) -> int:
    return sum(map(len, stage.sandbox.dead_letters().values()))
