"""Lookups: what all reads of one reading share, and answers about what does not exist."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import ClientError

from lambdas.aws.building import Building
from lambdas.aws.reads import Problems, Read, code
from lambdas.model.subject import Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

ABSENT = "NoSuchEntity"


class More(Protocol):
    """How a read starts the state of one more subject."""

    def __call__(self, subject: Subject, known: Mapping[str, Any] | None = None) -> Iterable[Read]:
        """The first reads of one more subject, whose profile may be known already."""


Reader = Callable[["Lookup", Building], Iterable[Read]]
"""One API read of a subject, or the first reads of its state."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the reads of one reading share; ``changed`` is the subject that was changed itself.

    That ``changed`` does not exist is no problem: whoever changed it may have deleted it.
    """

    iam: "IAMClient"
    problems: Problems
    more: More
    changed: Subject | None

    def guarded(self, building: Building, what: str, read: Reader) -> Read:
        """A read whose failure is a problem: the parts that it would have held stay unread."""
        name = f"the {what} of {building.subject}"
        return self.problems.guarded(name, partial(read, self, building))

    def identifying(self, building: Building, what: str, read: Reader) -> Read:
        """A guarded read that says who the subject is: where it fails, nobody waits for that."""
        name = f"the {what} of {building.subject}"
        return self.problems.guarded(name, partial(read, self, building), building.close)


def found(building: Building, get: Callable[[], Any]) -> Any:
    """What was got, or None, with the building told, where the subject does not exist."""
    try:
        return get()
    except ClientError as error:
        if code(error) != ABSENT:
            raise
        building.vanish()
        return None


def existing(pages: Iterable[Any], gone: Callable[[], object]) -> Iterable[Any]:
    """The answers up to the one that says that the subject, or the policy, is gone meanwhile.

    ``gone`` is told, because what was read of it then is no state: another read may say that the
    subject is there.
    """
    try:
        yield from pages
    except ClientError as error:
        if code(error) != ABSENT:
            raise
        gone()
