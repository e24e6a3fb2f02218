"""Statements and conditions in words that a mail can print."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from lambdas.policy.document import Statement
from lambdas.policy.patterns import Actions
from lambdas.policy.reading import Principal

_LISTED = 3
"""Patterns of one element, or conditions, that are spelled out."""
_LONGEST = 120
"""Characters of one pattern or value that are shown."""
_KEPT = 4096
"""Statements whose words are kept: a statement decides many questions."""


@lru_cache(maxsize=_KEPT)
def statement_words(statement: Statement) -> str:
    """Such as: statement "Admin" (Allow * on *), or: statement 1 (Allow s3:* on * to AWS *)."""
    name = f'"{_cut(statement.sid)}"' if statement.sid else str(statement.index + 1)
    words = [statement.effect, _element(_given(statement.actions), _given(statement.not_actions))]
    if statement.resources is not None or statement.not_resources is not None:
        words.append(f"on {_element(statement.resources, statement.not_resources)}")
    if statement.not_principal is not None:
        words.append(f"to all but {_principals(statement.not_principal)}")
    elif statement.principal is not None:
        words.append(f"to {_principals(statement.principal)}")
    return f"statement {name} ({' '.join(words)})"


@lru_cache(maxsize=_KEPT)
def condition_words(statement: Statement) -> str:
    """Such as: Bool aws:MultiFactorAuthPresent true and StringEquals aws:RequestedRegion a or b."""
    parts = [
        f"{operator} {key} {_listed([str(value) for value in values], ' or ')}"
        for operator, keys in statement.condition.items()
        for key, values in keys.items()
    ]
    if not parts:
        return "a policy variable in its resource has the right value"
    return marked(_listed(parts, " and "), repr(statement.condition))


def trust_words(statement: Statement) -> str:
    """Such as: trust policy, statement 1 (Allow sts:AssumeRole to AWS 999988887777)."""
    return f"trust policy, {statement_words(statement)}"


def _principals(principal: Principal) -> str:
    if isinstance(principal, Mapping):
        return _listed([f"{kind} {each}" for kind, ids in principal.items() for each in ids], ", ")
    return _cut(principal)


def _given(actions: Actions | None) -> Sequence[str] | None:
    return actions.given if actions else None


def _element(wanted: Sequence[str] | None, unwanted: Sequence[str] | None) -> str:
    if unwanted is not None:
        return f"all but {_listed(unwanted, ', ')}"
    return _listed(wanted or (), ", ")


def _listed(texts: Sequence[str], joint: str) -> str:
    shown = joint.join(_cut(text) for text in texts[:_LISTED])
    more = len(texts) - _LISTED
    return f"{shown} and {more} more" if more > 0 else shown


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def marked(words: str, whole: str) -> str:
    """Words that leave something out, told apart from others that leave out something else.

    Conditions are compared by their words: a value that is not spelled out counts all the same.
    """
    if " more" not in words and "..." not in words:
        return words
    return f"{words} ({crc32(whole.encode()):08x})"
