"""One line for `snapback evaluate`: a request, and all policies that have a say in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cli.json_lines import LineError, line_object
from lambdas.policy.document import Document, DocumentError, document, parse
from lambdas.policy.power import Source
from lambdas.policy.reaching import Levels, Policies
from lambdas.policy.reading import shown
from lambdas.policy.request import Request, RequestError

_POLICIES = frozenset(["identity", "boundary", "scps", "rcps", "resource_policy", "session_policy"])
_KEYS = _POLICIES | {"id", "request"}
_REQUEST = frozenset(["action", "resource", "principal", "resource_account", "context"])
_ALL = '"Effect": "Allow", "Action": "*", "Resource": "*"'
_SCP, _RCP = (
    Source("what could not be read", parse(f'{{"Statement": {{{each}}}}}'))
    for each in (_ALL, f'{_ALL}, "Principal": "*"')
)
"""Stand where a policy of an organization cannot be read: what is not known restricts nothing."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a line gives; ``errors`` say what of it could not be read and was left out."""

    id: object
    request: Request
    policies: Policies
    errors: tuple[str, ...]


def given(text: str) -> Given:
    """The line, read.

    A document that is none is an error of the ruling; the others are judged all the same.

    Raises:
        LineError: the line itself is not what is expected.
    """
    line = line_object(text)
    reading = _Reading(line)
    asked = reading.request()
    policies = reading.policies()
    return Given(line.get("id"), asked, policies, tuple(reading.errors))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A line while it is read."""

    line: dict[str, Any]
    errors: list[str] = field(default_factory=list)

    def request(self) -> Request:
        self._note_unknown(self.line, _KEYS)
        asked = self.line.get("request")
        if not isinstance(asked, dict):
            raise LineError(f"request is {shown(asked)}, not an object")
        self._note_unknown(asked, _REQUEST)
        context = asked.get("context")
        if context is not None and not isinstance(context, dict):
            raise LineError(f"context is {shown(context)}, not an object")
        try:
            return Request(
                _text(asked, "action") or "",
                _text(asked, "resource") or "*",
                _text(asked, "principal"),
                resource_account=_text(asked, "resource_account"),
                context=context,
            )
        except RequestError as error:
            raise LineError(str(error)) from None

    def policies(self) -> Policies:
        return Policies(
            identity=tuple(self._sources(_listed(self.line, "identity"), "identity policy {}")),
            boundary=self._one("boundary", "permissions boundary"),
            scps=self._levels("scps", "service control policy", _SCP),
            rcps=self._levels("rcps", "resource control policy", _RCP),
            session=self._one("session_policy", "session policy"),
            resource=self._one("resource_policy", "resource policy"),
        )

    def _note_unknown(self, given: dict[str, Any], known: frozenset[str]) -> None:
        self.errors.extend(
            f"{shown(k)} is not known and was left out" for k in given if k not in known
        )

    def _one(self, key: str, says: str) -> Source | None:
        given = self.line.get(key)
        return None if given is None else next(self._sources([given], says), None)

    def _levels(self, key: str, says: str, unread: Source) -> Levels:
        levels = []
        for level, given in enumerate(_listed(self.line, key), 1):
            if not isinstance(given, list):
                raise LineError(f"level {level} of {key} is {shown(given)}, not a list")
            found = tuple(self._sources(given, f"{says} {{}} of level {level}"))
            levels.append(found if len(found) == len(given) else (*found, unread))
        return tuple(levels)

    def _sources(self, documents: Sequence[object], says: str) -> Iterator[Source]:
        for number, each in enumerate(documents, 1):
            name = says.format(number)
            try:
                yield Source(name, _document(each))
            except DocumentError as error:
                self.errors.append(f"{name} is no valid policy document: {error}")


def _document(given: object) -> Document:
    return parse(given) if isinstance(given, str) else document(given)


def _listed(line: dict[str, Any], key: str) -> list[object]:
    given = line.get(key)
    if given is not None and not isinstance(given, list):
        raise LineError(f"{key} is {shown(given)}, not a list")
    return given or []


def _text(asked: dict[str, Any], key: str) -> str | None:
    given = asked.get(key)
    if given is not None and not isinstance(given, str):
        raise LineError(f"{key} is {shown(given)}, not a text")
    return given
