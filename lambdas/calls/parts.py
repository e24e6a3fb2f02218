"""Parts of Snapback, and what it depends on: how calls name them, and the entries of such calls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import Scope, Target, UnreadableParametersError, WatchedCall, Where
from lambdas.model.arn import Arn
from lambdas.model.change import Edit
from lambdas.model.family import Family
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject

_NOT_KEPT = (
    "Snapback does not keep what it was: compare it with the template, or with whoever set it up, "
    "and set it again by hand"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of part, as the calls of one service name it.

    ``resource`` is that of its ARN, in which ``{}`` stands for the name; ``named_by`` are the
    parameters that may hold the name, the ARN or the URL, the first of them that is given counts,
    and of a list the first that is Snapback's. Of what an account has but one, it is empty.
    ``ends`` is what comes after the name in an ARN, where more may come.
    """

    kind: Kind
    source: str
    resource: str
    named_by: tuple[str, ...] = ()
    service: str = ""
    """The ARN's, where it is not the source's."""
    ends: str = ":"

    def located(self, parameters: Parameters, where: Where) -> Subject:
        """The part that a call's parameters name.

        Raises:
            UnreadableParametersError: they name none.
        """
        if not self.named_by:
            return self._subject(where, where.region, where.account, "")
        named = tuple(name for key in self.named_by for name in texts(value(parameters, key)))
        if not named:
            raise UnreadableParametersError(
                f"requestParameters have no {' or '.join(self.named_by)}"
            )
        own = (name for name in named if where.own.has(self._bare(name)))
        name = next(own, named[0])
        arn = Arn.parse(name)
        region, account = (arn.region, arn.account) if arn else (where.region, where.account)
        return self._subject(where, region, account, self._bare(name))

    def _subject(self, where: Where, region: str, account: str, name: str) -> Subject:
        service = self.service or self.source.partition(".")[0]
        resource = self.resource.format(name)
        if self.kind is Kind.BUCKET:
            region = account = ""
        return Subject(self.kind, str(Arn(where.partition, service, region, account, resource)))

    def _bare(self, name: str) -> str:
        """The name that a name, an ARN, a part of an ARN or a URL means."""
        if "://" in name:
            return name.rpartition("/")[2]
        arn = Arn.parse(name)
        text = arn.resource if arn else name
        head = self.resource.partition("{}")[0]
        text = text.rpartition(head)[2] if head else text
        return text.partition(self.ends)[0] if self.ends else text


def texts(given: object) -> tuple[str, ...]:
    """A text, or the texts of a list; nothing where there is neither."""
    found = given if isinstance(given, list) else [given]
    return tuple(each for each in found if isinstance(each, str) and each)


def value(parameters: Mapping[str, object], path: str) -> object:
    """What stands under a path of keys such as ``destinationConfig.onFailure``; None if nothing."""
    found: object = parameters
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def calls(sort: Sort, sets: Mapping[str, tuple[str, ...]]) -> Iterator[WatchedCall]:
    """The entries of a sort's calls; each with the paths of what it sets that people are told."""
    for name, paths in sets.items():
        yield WatchedCall(
            source=sort.source,
            name=name,
            family=Family.SELF,
            scope=Scope.CALLED,
            kind=sort.kind,
            parse=partial(_set, sort, paths),
            irreversible=_NOT_KEPT,
        )


def _set(sort: Sort, paths: tuple[str, ...], parameters: Parameters, where: Where) -> Target:
    edits = (edit for path in paths for edit in _edits(path, value(parameters, path)))
    return sort.located(parameters, where), tuple(edits)


def _edits(path: str, given: object) -> Iterator[Edit]:
    """What was set under the last key of a path, of texts, numbers and switches."""
    if isinstance(given, str | int | float):
        text = str(given).lower() if isinstance(given, bool) else str(given)
        yield Edit(Part.SETTINGS, path, text)
