"""Undos: the queue that carries which incident is to be undone, never which calls to make."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class MalformedRequestError(ValueError):
    """A queue message that Snapback did not write."""


class QueuedUndos:
    """The undo queue, as the port that the jobs use."""

    def __init__(self, sqs: "SQSClient", queue_url: str) -> None:
        self._sqs = sqs
        self._queue_url = queue_url

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        """Send a message that nobody is given before ``after`` seconds are over; see the port.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
        """
        body = json.dumps({"incident": incident_id, "look": look})
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body, DelaySeconds=after)

    def again(self, receipt: str, after: int) -> None:
        """Hand out a message that is being worked on once more after so many seconds.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
        """
        self._sqs.change_message_visibility(
            QueueUrl=self._queue_url, ReceiptHandle=receipt, VisibilityTimeout=after
        )


class NoUndos:
    """There is no undo queue: no family is set to revert."""

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        """Refuse: nothing should have been held for undoing.

        Raises:
            RuntimeError: always; the settings of evaluation and deployment disagree.
        """
        raise RuntimeError(
            f"incident {incident_id} is to be undone (look {look}, after {after} s), "
            "but there is no undo queue"
        )


def requested(body: str) -> tuple[str, int]:
    """The incident that a queue message names, and the number of the look; 0 is the undo itself.

    Raises:
        MalformedRequestError: it names none, or a look that is no number.
    """
    try:
        message = json.loads(body)
    except ValueError as error:
        raise MalformedRequestError(f"the message is not JSON: {error}") from error
    found = message if isinstance(message, Mapping) else {}
    incident, look = found.get("incident"), found.get("look", 0)
    if not isinstance(incident, str):
        raise MalformedRequestError("the message names no incident")
    if type(look) is not int or look < 0:
        raise MalformedRequestError(f"the message asks for look {look!r}, which is no number")
    return incident, look
