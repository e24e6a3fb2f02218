"""Queues: hands the messages of SQS queues to the functions mapped to them.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

import json
import threading
import time
from concurrent.futures import Future
from typing import Any

from moto.awslambda.models import EventSourceMapping, lambda_backends
from moto.sqs.models import Queue, sqs_backends

from sandbox import deployed
from sandbox.batches import record, unhandled
from sandbox.flight import Flight
from sandbox.front import Front
from sandbox.functions import CONCURRENCY, Functions
from sandbox.runtime_api import Outcome
from sandbox.timing import Timing

_RECEIVE_LIMIT = 10
"""Messages in one answer of SQS, and in one request to delete them."""
_TICK = 0.001
"""Seconds by which moto's clock may be late."""


class QueuePoller:
    """Polls one queue for one function, with the function's own role, until `stop`."""

    def __init__(
        self,
        front: Front,
        functions: Functions,
        flight: Flight,
        timing: Timing,
        mapping: EventSourceMapping,
    ) -> None:
        self.trouble: list[str] = []
        self._front = front
        self._functions = functions
        self._flight = flight
        self._timing = timing
        self._mapping = mapping
        _, _, _, self._region, _, self._name = mapping.event_source_arn.split(":")
        self._queue: Queue = sqs_backends[front.account][self._region].get_queue(self._name)
        self._slots = threading.Semaphore(_concurrency(front, mapping))
        self._stopping = False
        self._signing = threading.Lock()
        self._signed: tuple[str, Any] | None = None
        self._thread = threading.Thread(target=self._run, name=f"poll-{self._name}")
        self._thread.start()

    def stop(self) -> None:
        """End the polling; messages stay where they are."""
        self._stopping = True
        self._slots.release()
        self._wake()
        self._thread.join()

    def waiting(self, *, delayed: bool) -> list[str]:
        """Names the messages that will be handed out without anybody's doing.

        Args:
            delayed: also those whose sender asked for a delay that is not over.
        """
        if not self._mapping.enabled or self.trouble or not self._exists():
            return []
        messages = [
            message
            for message in list(self._queue._messages)  # noqa: SLF001  # moto's only list of all
            if delayed or message.approximate_receive_count or not message.delayed
        ]
        return [f"{len(messages)} message(s) in {self._name}"] if messages else []

    def drop_delayed(self) -> None:
        """Forget the messages whose sender asked for a delay that is not over."""
        with self._queue._messages_lock:  # noqa: SLF001  # moto's condition for new messages
            for message in list(self._queue._messages):  # noqa: SLF001  # moto's only list of all
                if message.delayed and not message.approximate_receive_count:
                    self._queue._messages.remove(message)  # noqa: SLF001  # see above

    def _exists(self) -> bool:
        """Whether nobody has deleted the queue since."""
        held = sqs_backends[self._front.account][self._region].queues.get(self._name)
        return held is self._queue

    def _wake(self) -> None:
        lock = self._queue._messages_lock  # noqa: SLF001  # moto's condition for new messages
        with lock:
            lock.notify_all()

    def _run(self) -> None:
        going = True
        while going and self._await_message():
            going = self._poll()

    def _await_message(self) -> bool:
        """Wait until a message can be received; False when it is time to stop."""
        self._slots.acquire()
        queue = self._queue
        lock = queue._messages_lock  # noqa: SLF001  # moto's condition for new messages
        with lock:
            while not self._stopping and not (self._mapping.enabled and queue.messages):
                lock.wait(_until_visible(queue) if self._mapping.enabled else 1.0)
        return not self._stopping

    def _poll(self) -> bool:
        """Hand out one batch; False when the mapping cannot go on."""
        name = f"queue {self._name}"
        self._flight.begin(name)
        try:
            messages = self._gather()
            begun = self._hand_out(messages) if messages else None
        except Exception as error:  # noqa: BLE001  # whatever it is, the mapping stops and tells
            # Told before the flight ends: whoever settles looks for it as soon as it does.
            self.trouble.append(f"polling {self._name}: {error}")
            self._flight.end(name)
            return False
        if begun is None:  # nothing to hand out: what was there is a dead letter now
            self._slots.release()
            self._flight.end(name)
            return True

        def done(future: Future[Outcome]) -> None:
            try:
                self._finish(messages, future.result())
            except Exception as error:  # noqa: BLE001  # an executor would swallow it
                self.trouble.append(f"after handling messages of {self._name}: {error!r}")
            finally:
                self._slots.release()
                self._flight.end(name)

        begun.add_done_callback(done)
        return True

    def _hand_out(self, messages: list[dict[str, Any]]) -> Future[Outcome]:
        batch = {"Records": [record(m, self._mapping.event_source_arn) for m in messages]}
        return self._functions.submit(self._mapping.function_arn, json.dumps(batch).encode())

    def _client(self) -> Any:
        """A client of the function's role, made again only when the function has another one."""
        account = self._front.account
        function = deployed.read(account, self._region, self._mapping.function_arn)
        with self._signing:
            if self._signed is None or self._signed[0] != function.role:
                credentials = self._front.credentials_for_role(function.role, function.name)
                client = self._front.client("sqs", region=self._region, credentials=credentials)
                self._signed = (function.role, client)
            return self._signed[1]

    def _url(self) -> str:
        return f"{self._front.endpoint_url}/{self._front.account}/{self._name}"

    def _gather(self) -> list[dict[str, Any]]:
        """A batch: what there is, and while it is not full what comes before the window is over.

        https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
        """
        until = time.monotonic() + self._window()
        found = self._receive(self._mapping.batch_size)
        while found and (lacking := self._mapping.batch_size - len(found)) and self._more(until):
            found += self._receive(lacking)
        return found

    def _window(self) -> float:
        own = float(self._mapping.max_batch_window or 0)
        return own if self._timing.gathering is None else min(own, self._timing.gathering)

    def _more(self, until: float) -> bool:
        """Whether a message can be received before that moment; waits for one."""
        lock = self._queue._messages_lock  # noqa: SLF001  # moto's condition for new messages
        with lock:
            while (left := until - time.monotonic()) > 0 and not self._stopping:
                if self._queue.messages:
                    return True
                lock.wait(min(left, _until_visible(self._queue) or left))
        return False

    def _receive(self, most: int) -> list[dict[str, Any]]:
        answer = self._client().receive_message(
            QueueUrl=self._url(),
            MaxNumberOfMessages=min(most, _RECEIVE_LIMIT),
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found

    def _finish(self, messages: list[dict[str, Any]], outcome: Outcome) -> None:
        """Delete what was handled; the rest becomes visible again."""
        failed = unhandled(messages, outcome, self._mapping.function_response_types or [])
        handled = [message for message in messages if message["MessageId"] not in failed]
        for first in range(0, len(handled), _RECEIVE_LIMIT):
            self._client().delete_message_batch(
                QueueUrl=self._url(),
                Entries=[
                    {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
                    for number, message in enumerate(handled[first : first + _RECEIVE_LIMIT])
                ],
            )
        if failed and self._timing.redelivery is not None:
            self._show_again(failed, self._timing.redelivery)
        self._wake()  # the function may have said itself when it wants a message again

    def _show_again(self, failed: set[str], seconds: float) -> None:
        for message in list(self._queue._messages):  # noqa: SLF001  # moto's only list of all
            if message.id in failed:
                message.visible_at = (time.time() + seconds) * 1000
        self._wake()


def _concurrency(front: Front, mapping: EventSourceMapping) -> int:
    region = mapping.function_arn.split(":")[3]
    reserved = deployed.read(front.account, region, mapping.function_arn).reserved
    scaling = (mapping.scaling_config or {}).get("MaximumConcurrency")
    return min(int(limit) for limit in (reserved or CONCURRENCY, scaling or CONCURRENCY))


def _until_visible(queue: Queue) -> float | None:
    """Seconds until the first message of the queue can be received; None if it has none."""
    moments = [max(m.visible_at, m.delayed_until) for m in list(queue._messages)]  # noqa: SLF001  # moto's only list of all
    return max(0.0, min(moments) / 1000 - time.time()) + _TICK if moments else None


def mappings(account: str, region: str) -> list[EventSourceMapping]:
    """The event source mappings of a region."""
    return list(lambda_backends[account][region]._event_source_mappings.values())  # noqa: SLF001  # moto's only list of all
