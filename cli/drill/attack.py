"""Attacks as data: a call with its parameters, and what must be in the account before it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore import xform_name

from sandbox.identities import Identity

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
