"""Tagged: how the calls that tag each kind of subject name it and its tags."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import (
    IAM,
    OtherTargetError,
    Scope,
    Target,
    UnreadableParametersError,
    Where,
    text,
)
from lambdas.model.arn import Arn
from lambdas.model.change import Edit
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject


def _tag(key: str, value: str) -> dict[str, str]:
    return {"Key": key, "Value": value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """How a kind of subject is tagged.

    ``named`` is the parameter that says which one it is, ``given`` that with the tags, ``taken``
    that with what is to be taken away: tags again where it is the same, else their keys.
    ``fold`` gives what two spellings of a key have in common where they mean the same tag, and
    ``spelled`` a tag as the SDK takes it.
    """

    kind: Kind
    set: str
    taken_away: str
    named: str
    resources: tuple[str, ...]
    source: str = IAM
    scope: Scope = Scope.IAM_HOME
    given: str = "Tags"
    taken: str = "TagKeys"
    fold: Callable[[str], str] = str
    spelled: Callable[[str, str], dict[str, str]] = _tag

    @property
    def service(self) -> str:
        """The service as IAM policies and SDKs call it."""
        return self.source.partition(".")[0]


def lowered(name: str) -> str:
    """A parameter's name as CloudTrail spells it."""
    return name[:1].lower() + name[1:]


def tags(parameters: Parameters, name: str) -> dict[str, str]:
    """The tags that a parameter gives; one without a value has an empty one.

    Raises:
        UnreadableParametersError: it gives no list of tags.
    """
    found: dict[str, str] = {}
    for each in _listed(parameters, name):
        if not isinstance(each, Mapping):
            raise UnreadableParametersError(f"requestParameters.{name} holds {each!r}, not a tag")
        found[text(each, "key")] = str(each.get("value") or "")
    return found


def _listed(parameters: Parameters, name: str) -> Iterable[object]:
    given = parameters.get(name)
    if not isinstance(given, list):
        raise UnreadableParametersError(f"requestParameters.{name} is {given!r}, not a list")
    return given


def tags_set(of: Tagged, parameters: Parameters, _: Where) -> Target:
    """The tags that a call set."""
    given = tags(parameters, lowered(of.given))
    return _subject(of, parameters), tuple(Edit(Part.TAGS, *each) for each in given.items())


def tags_taken(of: Tagged, parameters: Parameters, _: Where) -> Target:
    """The tags that a call took away."""
    keys = _keys(of, parameters)
    return _subject(of, parameters), tuple(Edit(Part.TAGS, key, None) for key in keys)


def _keys(of: Tagged, parameters: Parameters) -> Iterable[str]:
    if of.taken == of.given:
        return tags(parameters, lowered(of.taken))
    keys = _listed(parameters, lowered(of.taken))
    return [text({of.taken: key}, of.taken) for key in keys]


def _subject(of: Tagged, parameters: Parameters) -> Subject:
    name = text(parameters, lowered(of.named))
    if of.kind is Kind.TRAIL and not _is_trail(name):
        raise OtherTargetError(f"{name} is no trail")
    return Subject(of.kind, name)


def _is_trail(name: str) -> bool:
    """CloudTrail's other things are tagged by the same calls."""
    arn = Arn.parse(name)
    return arn is not None and arn.resource.startswith("trail/")
