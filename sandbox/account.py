"""The sandbox: an AWS account inside one process, for templates to be deployed and run in."""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unittest.mock import patch

from moto.awslambda.models import LambdaBackend
from moto.cloudformation.models import Stack
from moto.events.models import EventsBackend, Rule
from moto.sns.models import Subscription

from sandbox import dead_letters, deployment, failures, hooks, measures, queues, snapshot
from sandbox.alarms import Alarms
from sandbox.asynchronous import Asynchronous
from sandbox.bus import Bus
from sandbox.cloudformation import PATCHES, Account
from sandbox.delivery import Delivery, UndeliverableError
from sandbox.elsewhere import Sent, sending
from sandbox.envelope import wrap
from sandbox.environment import Runtime
from sandbox.failures import Failure
from sandbox.flight import Flight
from sandbox.forwarding import Forwarding
from sandbox.front import Front
from sandbox.front.server import ACCOUNT
from sandbox.functions import Functions
from sandbox.gate import gate
from sandbox.gate.needs.need import Need
from sandbox.identities import Identity
from sandbox.invocations import Invocation, LogLine
from sandbox.later import Later
from sandbox.mail import Mail, Mailbox
from sandbox.mending import applied
from sandbox.queues import QueuePoller
from sandbox.runtime_api import Outcome
from sandbox.timing import Timing


class Sandbox:
    """An account, from ``with`` to its end; one at a time in a process.

    Args:
        timing: how long to wait where AWS waits.
        confirm_mail: whether the e-mail subscriptions of a template are confirmed at once.
        account: its id.
        plain: run functions in plain Python processes (None: only without awslambdaric).
    """

    def __init__(
        self,
        *,
        timing: Timing | None = None,
        confirm_mail: bool = True,
        plain: bool | None = None,
        account: str = ACCOUNT,
    ) -> None:
        self.front = Front(account=account)
        self.sent: list[Sent] = []
        """Events that went to buses of other accounts."""
        self.flight = Flight()
        self._timing = timing or Timing()
        self._confirm_mail = confirm_mail
        self._runtime = Runtime(plain=plain)
        self._mailbox = Mailbox()
        self._pollers: dict[str, QueuePoller] = {}
        self._users: dict[str, Identity] = {}
        self.operator = Identity(self.front, self.front.operator)
        """Whoever sets the account up: neither checked nor recorded."""
        self.root = Identity(self.front, self.front.root)
        """The account's root user."""

    def __enter__(self) -> Self:
        if Account.front is not None:
            raise RuntimeError("a sandbox is running in this process: there is one at a time")
        with ExitStack() as starting:
            starting.enter_context(self.front)
            self._later = Later()
            starting.callback(self._later.stop)
            self._functions = Functions(self.front, self.flight, self._runtime)
            starting.callback(self._functions.stop)
            starting.callback(self._stop_polling)
            self._asynchronous = Asynchronous(
                self.front, self._functions, self.flight, self._timing, self._later
            )
            delivery = Delivery(self.front.account, self._asynchronous)
            self._alarms = Alarms(self.front, delivery)
            self.bus = Bus(self.front.account, delivery, Forwarding(self.front))
            self._hook(starting)
            self._running = starting.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.__exit__(kind, error, trace)

    def _hook(self, starting: ExitStack) -> None:
        """Take over what moto would do itself, or not at all, until the sandbox stops."""
        taken = (
            (Rule, "send_to_targets", hooks.rule(self.bus)),
            (Subscription, "publish", hooks.subscription(self._mailbox, self._asynchronous)),
            (EventsBackend, "put_events", sending(self.sent)),
            (LambdaBackend, "invoke", hooks.invoke(self._functions, self._asynchronous)),
        )
        for owner, name, replacement in taken:
            starting.enter_context(patch.object(owner, name, replacement))
        starting.enter_context(applied(PATCHES))
        # Where an access key tells moto nothing of its account, as the operator's does.
        starting.enter_context(patch.dict(os.environ, MOTO_ACCOUNT_ID=self.front.account))
        Account.use(self.front, confirm_mail=self._confirm_mail, on_stack=self._on_stack)
        starting.callback(Account.use, None)
        self.front.hooks.on_record = self._on_record

    def _on_record(self, record: Mapping[str, Any]) -> None:
        """Put the record of a call on the bus; what goes wrong there is no answer to its caller."""
        try:
            self.put_record(record)
        except Exception as error:  # noqa: BLE001  # whatever it is, it fails the run
            self.front.hooks.troubled(error)

    def deploy(self, cdk_out: Path, *, only: frozenset[str] = frozenset()) -> None:
        """Deploy the stacks of a cloud assembly, unchanged, with their assets.

        Args:
            cdk_out: the assembly.
            only: the names of those that this account gets; empty, all of them.

        Raises:
            AssemblyError: the folder is no assembly.
            DeploymentError: a stack cannot be deployed as it is.
        """
        for stack in deployment.deploy(self.front, cdk_out, only):
            self._on_stack(stack)

    def _on_stack(self, stack: Stack) -> None:
        """Poll the queues that a stack maps to functions, and tell the bus of its status."""
        self._start_polling(stack.region_name)
        self.put_event(deployment.status_event(stack))

    def as_user(self, name: str) -> Identity:
        """An IAM user of the account, with an access key made at the first time of asking."""
        if name not in self._users:
            self._users[name] = Identity(self.front, self.front.credentials_for_user(name))
        return self._users[name]

    def as_role(self, arn_or_name: str, session_name: str = "session") -> Identity:
        """A session of a role of the account."""
        return Identity(self.front, self.front.credentials_for_role(arn_or_name, session_name))

    def put_event(self, envelope: Mapping[str, Any]) -> tuple[str, ...]:
        """Put an event on the bus as it is; returns the names of the rules that took it."""
        return self.bus.put(envelope)

    def receive(self, sent: Sent, organization: str | None = None) -> tuple[str, ...]:
        """Take an event that another account, of this organisation or of none, has sent to a bus.

        Raises:
            UndeliverableError: the bus does not let that account send.
        """
        event = sent.event
        decision = gate.outsider_may(
            Need("events:PutEvents", sent.bus),
            account=event["account"],
            owner=self.front.account,
            organization=organization,
        )
        if not decision.allowed:
            raise UndeliverableError("NO_PERMISSIONS", f"{sent.bus}: {decision.reason}")
        return self.bus.put(event, bus=sent.bus.rpartition("/")[2])

    def put_record(self, cloudtrail_record: Mapping[str, Any]) -> tuple[str, ...]:
        """Put a CloudTrail record on the bus, in the envelope that AWS would give it.

        Raises:
            UnwrappableRecordError: no envelope can be made.
        """
        return self.bus.put(
            wrap(cloudtrail_record, account=self.front.account, region=self.front.region)
        )

    def settle(self, timeout: float = 60.0, *, delayed: bool = False) -> None:
        """Wait until nothing is in flight: no invocation, no retry, no message to be handled.

        Args:
            timeout: seconds.
            delayed: wait for messages, too, whose sender asked for a delay that is not over.

        Raises:
            UnsettledError: something is still in flight; the message names it.
        """

        def waiting() -> list[str]:
            return [
                name
                for poller in list(self._pollers.values())
                for name in poller.waiting(delayed=delayed)
            ]

        self.flight.settle(timeout, waiting)

    def invoke(self, function: str, payload: Any) -> Outcome:
        """Invoke a function, by its name or ARN, and wait for its answer."""
        return self._functions.submit(function, json.dumps(payload).encode()).result()

    def alarmed(self, at: datetime | None = None) -> list[str]:
        """Have CloudWatch look at what was measured until a moment, by itself this one.

        Alarms whose state becomes another one act, as by mail; the names of those in ALARM.

        Raises:
            CannotEvaluateError: an alarm is of a kind that is not understood.
            UndeliverableError: a topic does not let CloudWatch publish.
        """
        measured = (*measures.of_invocations(self.invocations), *measures.of_logs(self.logs))
        return self._alarms.look(at or datetime.now(UTC), measured)

    def drop_delayed(self) -> None:
        """Forget the messages that a queue would hand out only after their sender's delay."""
        for poller in list(self._pollers.values()):
            poller.drop_delayed()

    def kill(self, function: str) -> None:
        """End the processes of a function, by its name, in the middle of what they do."""
        self._functions.kill(function)

    @property
    def mailbox(self) -> list[Mail]:
        """All mails that were received, in their order."""
        return self._mailbox.mails

    @property
    def invocations(self) -> list[Invocation]:
        """All handled events, in the order in which they ended."""
        return self._functions.invocations

    @property
    def logs(self) -> list[LogLine]:
        """All lines that functions wrote."""
        return self._functions.logs

    @property
    def failures(self) -> list[Failure]:
        """Everything that went wrong: failed invocations, lost events, problems of the sandbox."""
        return [
            *failures.of_invocations(self.invocations),
            *failures.named("asynchronous invocation", self._asynchronous.lost),
            *failures.named("logs", self._functions.unlogged),
            *failures.of_rules(self.bus.undelivered),
            *(
                failure
                for poller in self._pollers.values()
                for failure in failures.named("event source mapping", poller.trouble)
            ),
            *failures.named("sandbox", map(repr, self.front.hooks.problems)),
        ]

    def dead_letters(self) -> dict[str, list[str]]:
        """The bodies of all messages in dead-letter queues that have any, by queue name."""
        return dead_letters.read(self.front.account)

    def snapshot(self) -> snapshot.Snapshot:
        """The account's whole IAM and CloudTrail state; equal states compare equal."""
        return snapshot.take(self.front.account)

    def _start_polling(self, region: str) -> None:
        for mapping in queues.mappings(self.front.account, region):
            if mapping.uuid not in self._pollers:
                self._pollers[mapping.uuid] = QueuePoller(
                    self.front, self._functions, self.flight, self._timing, mapping
                )

    def _stop_polling(self) -> None:
        for poller in self._pollers.values():
            poller.stop()
