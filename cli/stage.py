"""The stage: a small company's account in the sandbox, with Snapback deployed into it."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cli.company import PIPELINE, arrange
from lambdas.aws.items import sortable
from lambdas.aws.records import TableRecords
from lambdas.model.incident import Incident, incident_id
from lambdas.service.crowds import WITHIN
from sandbox.account import Sandbox
from sandbox.failures import Failure
from sandbox.invocations import Invocation
from sandbox.runtime_api import Outcome
from sandbox.synth import synthesize
from sandbox.timing import Timing

SETTINGS: Mapping[str, Any] = {
    "alertEmails": ["security@example.com"],
    "response": {"default": "revert"},
    "undoLimits": {"perSubject": 6, "perAccount": 1000},
    "trustedActors": [PIPELINE],
    "regions": ["eu-west-1"],
    "mailsPerSecond": 5,
}
THIEF = "198.51.100.23"
"""Where somebody with eve's key calls from."""
SETTLED = 120.0
"""Seconds after which something that is still in flight is a fault."""

Say = Callable[[str], None]


@contextmanager
def staged(
    say: Say, timing: Timing | None = None, settings: Mapping[str, Any] = SETTINGS
) -> Iterator["Stage"]:
    """A stage that is ready to play on; ``say`` is told what is being done.

    Raises:
        sandbox.synth.SynthesisError: the app cannot be synthesized.
        sandbox.deployment.DeploymentError: the template cannot be deployed.
    """
    with TemporaryDirectory(prefix="snapback-") as folder:
        say("Synthesizing the template")
        assembly = synthesize(Path(folder) / "cdk.out", settings)
        with deployed(assembly, timing, say) as stage:
            yield stage


@contextmanager
def deployed(
    assembly: Path, timing: Timing | None = None, say: Say = lambda _: None
) -> Iterator["Stage"]:
    """A stage on which a cloud assembly is deployed.

    Raises:
        sandbox.deployment.DeploymentError: the template cannot be deployed.
    """
    with Sandbox(timing=timing) as sandbox:
        say("Deploying it into the sandbox")
        arrange(sandbox.operator)
        sandbox.deploy(assembly)
        say("Waiting for the first sweep")
        sandbox.settle(SETTLED)
        yield Stage(sandbox)


class Stage:
    """The sandbox with what was deployed, and the records that the functions wrote."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.thief = sandbox.as_user("eve")
        self.pipeline = sandbox.as_role(PIPELINE, "release-42")
        client = sandbox.operator.client
        outputs = client("cloudformation").describe_stacks(StackName="Snapback")["Stacks"][0][
            "Outputs"
        ]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in outputs}
        self.records = TableRecords(client("dynamodb"), self.outputs["TableName"])

    def attack(self, deed: Callable[["Stage"], None], deliveries: int = 1) -> Any:
        """Do something, then let its events go out; the account's state in between.

        An event's time has a resolution of one second, and what was read in the same second does
        not count as before it: the deed waits for the next one.
        """
        time.sleep(1.05 - time.time() % 1)
        hooks = self.sandbox.front.hooks
        held: list[Mapping[str, Any]] = []
        deliver = hooks.on_record
        hooks.on_record = held.append
        try:
            deed(self)
            attacked = self.sandbox.snapshot()
        finally:
            hooks.on_record = deliver
        for record in held * deliveries:
            self.sandbox.put_record(record)
        return attacked

    def settle(self) -> None:
        """Wait until everything that follows has happened."""
        self.sandbox.settle(SETTLED)

    def let_crowds_be_due(self) -> None:
        """Have what was gathered of crowds be as it is when its time has passed."""
        for each in self.records.gathered():
            self.sandbox.operator.client("dynamodb").update_item(
                TableName=self.outputs["TableName"],
                Key={"pk": {"S": "gathered"}, "sk": {"S": each.incident}},
                UpdateExpression="SET #at = :at",
                ExpressionAttributeNames={"#at": "at"},
                ExpressionAttributeValues={":at": {"S": sortable(each.at - WITHIN)}},
            )

    def failures_since(self, before: Iterable[Failure]) -> list[Failure]:
        """What has gone wrong beyond what had before, as often as it did."""
        return [*(Counter(self.sandbox.failures) - Counter(before)).elements()]

    def incidents(self, invocations: Iterable[Invocation]) -> list[Incident]:
        """The incidents that invocations wrote, each once."""
        answers = (answer(invocation.outcome) for invocation in invocations)
        ids = dict.fromkeys(each["incident"] for each in answers if "incident" in each)
        found = (self.records.incident(each) for each in ids)
        return [incident for incident in found if incident is not None]

    def incident(self, detail: Mapping[str, Any]) -> Incident | None:
        """The incident of a CloudTrail record, whether or not a function came to its end."""
        at = datetime.fromisoformat(detail["eventTime"])
        return self.records.incident(incident_id(detail["eventID"], at))


def answer(outcome: Outcome) -> Mapping[str, Any]:
    """What a function answered, or nothing where it failed or answered no object."""
    if outcome.error is not None:
        return {}
    said = json.loads(outcome.payload)
    return said if isinstance(said, dict) else {}
