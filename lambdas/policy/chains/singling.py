"""Whether a document may mean one principal in particular, and so not all alike."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lambdas.policy.document import Document
from lambdas.policy.match import matches

_KEPT = 4096
_OF_IAM = re.compile(r"arn:[^:]*:(?:iam|sts|[^:]*[*?][^:]*):.*|[^:]*[*?].*|[^:]*")
"""What may stand for a principal: its ARN, a pattern that takes it in, or its name."""
_EVERYBODY = re.compile(r"(?:[^/]*:)?(?:(?:user|role|group|policy)/)?\*")
"""Those among them that stand for all alike."""


def singles_out(document: Document, arn: str) -> bool:
    """Whether a document may speak of this very principal, or of whoever calls."""
    names = _names(document)
    if names is None:
        return True
    name = arn.rpartition("/")[2]
    return any(each.rpartition("/")[2] == name or matches(each, arn) for each in names)


@lru_cache(maxsize=_KEPT)
def _names(document: Document) -> tuple[str, ...] | None:
    """The texts that may name a principal; None where a variable may stand for one."""
    texts = tuple(dict.fromkeys(_texts(document)))
    if any("${" in text for text in texts):
        return None
    return tuple(t for t in texts if _OF_IAM.fullmatch(t) and not _EVERYBODY.fullmatch(t))


def _texts(document: Document) -> Iterator[str]:
    """Resources, and what conditions ask for."""
    for statement in document.statements:
        yield from statement.resources or ()
        yield from statement.not_resources or ()
        for keys in statement.condition.values():
            for values in keys.values():
                yield from map(str, values)
