"""Reverts: the exact calls that undo a change, as data not yet executed."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One AWS API call: SDK service and operation names, string parameters, and the region."""

    service: str
    operation: str
    parameters: Mapping[str, str]
    region: str

    @property
    def action(self) -> str:
        """The call as IAM policies spell it."""
        return f"{self.service}:{self.operation}"

    def command(self) -> str:
        """The same call as a line for the AWS command line, quoted for a POSIX shell."""
        options = (
            f"--{_kebab(name)} {shlex.quote(value)}" for name, value in self.parameters.items()
        )
        words = ("aws", self.service, _kebab(self.operation), *options, "--region", self.region)
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Irreversible:
    """Why a change has no revert."""

    reason: str


Revert = tuple[Call, ...] | Irreversible
"""The calls that undo a change (none where it is already gone), or why there are none."""


def _kebab(name: str) -> str:
    return _WORD.sub("-", name).lower()
