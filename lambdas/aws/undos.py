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

    def request(self, incident_id: str) -> None:
        """Ask for an incident's change to be undone."""
        body = json.dumps({"incident": incident_id})
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body)


class NoUndos:
    """There is no undo queue: no family is set to revert."""

    def request(self, incident_id: str) -> None:
        """Refuse: nothing should have been held for undoing.

        Raises:
            RuntimeError: always; the settings of evaluation and deployment disagree.
        """
        raise RuntimeError(f"incident {incident_id} is to be undone, but there is no undo queue")


def requested(body: str) -> str:
    """The incident that a queue message names.

    Raises:
        MalformedRequestError: it names none.
    """
    try:
        message = json.loads(body)
    except ValueError as error:
        raise MalformedRequestError(f"the message is not JSON: {error}") from error
    incident = message.get("incident") if isinstance(message, Mapping) else None
    if not isinstance(incident, str):
        raise MalformedRequestError("the message names no incident")
    return incident
