"""Attacks as data: a call with its parameters, and what must be in the account before it."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore import xform_name

from sandbox.calls.caller import find
from sandbox.identities import Identity
from sandbox.records.identity import stamp, user_identity

Answers = dict[str, Mapping[str, Any]]
"""The key of a deed that was done -> what AWS answered."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One call: its action as IAM policies spell it, and the SDK's parameters.

    A parameter may be an `Answered`, where only an earlier deed's answer says it.
    """

    action: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Two deeds that are the same have the same key: the second is not done again."""
        return f"{self.action} {json.dumps(self.parameters, sort_keys=True, default=repr)}"

    def made(self, identity: Identity, answers: Answers, address: str | None = None) -> Any:
        """Make the call, as somebody and from an address; gives the answer.

        Raises:
            botocore.exceptions.ClientError: AWS refuses it.
        """
        service, _, operation = self.action.partition(":")
        client = identity.client(service, address=address)
        method = getattr(client, xform_name(operation))
        return method(**self.filled(answers))

    def filled(self, answers: Answers) -> dict[str, Any]:
        """The parameters, with what earlier deeds answered."""
        return {
            name: value.among(answers) if isinstance(value, Answered) else value
            for name, value in self.parameters.items()
        }


@dataclass(frozen=True, slots=True)
class Happened(Deed):
    """What no call to AWS does, or none that the sandbox has, such as a sign-in: its record alone.

    ``record`` holds the fields that CloudTrail writes of it beside those of every record.
    """

    record: Mapping[str, Any] = field(default_factory=dict)

    def made(self, identity: Identity, _: Answers, address: str | None = None) -> Any:
        """Have it recorded, as done by somebody from an address."""
        told = identity.front.hooks.on_record
        if told is not None:
            told(self._recorded(identity, address))
        return {}

    def _recorded(self, identity: Identity, address: str | None) -> dict[str, Any]:
        service, _, name = self.action.partition(":")
        caller = find(identity.front.account, identity.credentials.access_key_id)
        return {
            "eventVersion": "1.11",
            "userIdentity": user_identity(caller),
            "eventTime": stamp(datetime.now(UTC)),
            "eventSource": f"{service}.amazonaws.com",
            "eventName": name,
            "awsRegion": identity.front.region,
            "sourceIPAddress": address,
            "requestParameters": {
                key[:1].lower() + key[1:]: value for key, value in self.parameters.items()
            },
            "eventID": str(uuid.uuid4()),
            "eventType": "AwsApiCall",
            "recipientAccountId": identity.front.account,
            **self.record,
        }


@dataclass(frozen=True, slots=True)
class Answered:
    """A value that exists only once a deed is done, such as an access key's id."""

    deed: Deed
    path: tuple[str, ...]

    def among(self, answers: Answers) -> Any:
        """The value, of all answers so far."""
        value: Any = answers[self.deed.key]
        for name in self.path:
            value = value[name]
        return value


@dataclass(frozen=True, slots=True)
class Attack:
    """What a thief does, and the deeds that must be done before it; shared ones are done once.

    What must be so of the whole account, as only one attack needs it, is done ``just_before``.
    """

    deed: Deed
    needs: tuple[Deed, ...] = ()
    just_before: tuple[Deed, ...] = ()

    @property
    def call(self) -> str:
        """The attacking call as IAM policies spell it."""
        return self.deed.action


def distinct(deeds: Iterator[Deed]) -> Iterator[Deed]:
    """The deeds in their order, each once."""
    seen: dict[str, Deed] = {}
    for deed in deeds:
        seen.setdefault(deed.key, deed)
    yield from seen.values()
