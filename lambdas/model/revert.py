"""Reverts: the exact calls that undo a change, as data not yet executed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

_BARE = re.compile(r"(?!.*://)[A-Za-z0-9_@%+:,/-][A-Za-z0-9_@%+=:,/-]*")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_TAKES_AWAY = ("Deactivate", "Delete", "Detach", "Remove")
"""How the names of operations begin that take something away."""

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r", ".": "\\x2e"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One AWS API call: SDK service and operation names, parameters as JSON has them, region."""

    service: str
    operation: str
    parameters: Mapping[str, object]
    region: str

    @property
    def action(self) -> str:
        """The call as IAM policies spell it."""
        return f"{self.service}:{self.operation}"

    @property
    def takes_away(self) -> bool:
        """Whether it can only end something: where AWS does not find it, that has happened."""
        ends = self.operation.startswith(_TAKES_AWAY)
        return ends or self.parameters.get("Status") == "Inactive"

    def command(self) -> str:
        """The same call as one line for the AWS command line in bash or zsh.

        Whatever stands in a parameter stays on that line and forms no link in a mail: see _quoted.
        """
        named = (*self.parameters.items(), ("Region", self.region))
        options = (_option(_kebab(name), value) for name, value in named)
        return " ".join(("aws", self.service, _kebab(self.operation), *options))


@dataclass(frozen=True, slots=True)
class Irreversible:
    """Why a change has no revert."""

    reason: str


Revert = tuple[Call, ...] | Irreversible
"""The calls that undo a change (none where it is already gone), or why there are none."""


def _option(name: str, value: object) -> str:
    """An option with its value; joined where the value would be taken for another option."""
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    text = value if isinstance(value, str) else json.dumps(value)
    return f"--{name}{'=' if text.startswith('-') else ' '}{_quoted(text)}"


def _quoted(value: str) -> str:
    """The value in ANSI-C quoting, in which dots, ://, line breaks and non-ASCII are escaped."""
    if _BARE.fullmatch(value):
        return value
    escaped = "".join(_ESCAPES.get(char) or _escaped(char) for char in value)
    return "$'" + escaped.replace("://", "\\x3a//") + "'"


def _escaped(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))


def _kebab(name: str) -> str:
    return _WORD.sub("-", name).lower()
