"""Policy variables: ``${key}`` and ``${key, 'default'}`` in resources and condition values.

Only version 2012-10-17 knows them. ``${*}``, ``${?}`` and ``${$}`` stand for the characters.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lambdas.policy.match import literal

_VARIABLE = r"\$\{([^},{]*)(?:,\s*'([^']*)'\s*)?\}"
_CHARACTERS = frozenset("*?$")

Context = Mapping[str, Sequence[str]]
"""Condition key in lower case -> its values; a key without values is not in it."""


class Variable(NamedTuple):
    """A variable; its name in lower case, because case does not matter in condition keys."""

    name: str
    default: str | None


class Template(NamedTuple):
    """A text of a policy with its variables taken out: texts and variables take turns."""

    pieces: tuple[str | Variable, ...]

    def filled(self, context: Context, *, pattern: bool) -> str | None:
        """The text for one request; None where a variable has no value, which matches nothing.

        A key with several values cannot be used as a variable, so it has none here. In a pattern
        wildcards of a value stand for themselves.
        """
        texts = []
        for piece in self.pieces:
            if isinstance(piece, str):
                texts.append(piece)
            else:
                value = _value(piece, context)
                if value is None:
                    return None
                texts.append(literal(value) if pattern else value)
        return "".join(texts)


def _value(variable: Variable, context: Context) -> str | None:
    if variable.name in _CHARACTERS:
        return variable.name
    values = context.get(variable.name, ())
    return values[0] if len(values) == 1 else variable.default if not values else None


def template(text: str) -> Template | None:
    """The template that a text of a policy is; None where it holds no variable."""
    body, brace, _ = text.rpartition("}")  # behind it no variable ends: do not look for one
    if "${" not in body:
        return None
    pieces: list[str | Variable] = []
    at = 0
    for found in re.finditer(_VARIABLE, body + brace):
        pieces += [text[at : found.start()], Variable(found[1].strip().lower(), found[2])]
        at = found.end()
    pieces.append(text[at:])
    return Template(tuple(filter(None, pieces))) if at else None


def resolved(pattern: str, known: Mapping[str, str]) -> tuple[str, bool]:
    """The pattern for any request, and whether all of its variables were known.

    ``known`` maps names in lower case to values. A variable that is not known becomes ``*``: it
    may stand for anything, and what is found by it is conditional.
    """
    parts = template(pattern)
    if parts is None:
        return pattern, True
    texts = [piece if isinstance(piece, str) else _known(piece, known) for piece in parts.pieces]
    return "".join("*" if text is None else text for text in texts), None not in texts


def _known(variable: Variable, known: Mapping[str, str]) -> str | None:
    value = variable.name if variable.name in _CHARACTERS else known.get(variable.name)
    return None if value is None else literal(value)
