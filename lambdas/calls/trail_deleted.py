"""Trails deleted: the calls that make a trail again as it was.

It is another trail with the same name: its chain of digest files begins anew, and what happened
while there was none is not in its log files.
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
"""

from collections.abc import Iterator, Mapping

from lambdas.calls.holders import Parameters
from lambdas.calls.selectors import canonical
from lambdas.calls.trail import PASSED, calling, named, permitted, started, tag, watching
from lambdas.calls.trail_selectors import insights, selected
from lambdas.calls.trail_settings import spelled
from lambdas.calls.watched import Target, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Lifecycle
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import ONLY, Part, State

_WHOLE = frozenset({Part.SETTINGS, Part.SELECTORS, Part.INSIGHTS, Part.TAGS, Part.LOGGING})
_DEFAULT = {"EventSelectors": canonical([{}])}
"""The selectors of a new trail: all management events.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
"""
_AWS_TAGS = "aws:"
"""How the keys of tags begin that only AWS sets, as CloudFormation does.

https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
"""
_ORGANIZATIONS = "an organisation's trail can only be made again in its management account"


def _deleted(parameters: Parameters, where: Where) -> Target:
    """The trail with all that it held: there is no state left that an edit could be laid over."""
    return named(text(parameters, "name"), where), ()


def _rebuilt(change: Change, before: State | None, live: State | None) -> Revert:
    """What is missing until the trail is as it was; nothing where it is so already."""
    if before is None or not before.parts.keys() >= _WHOLE:
        return Irreversible("what the trail was before was not read in full")
    if _is_organizations(change, before):
        return Irreversible(_ORGANIZATIONS)
    if live is not None and not live.parts.keys() >= _WHOLE:
        return Irreversible("what the trail is now was not read in full")
    if live is not None and _essence(live) != _essence(before):
        return Irreversible("a trail of the same name is there, with other settings")
    return tuple(_missing(change, before, live))


def _is_organizations(change: Change, before: State) -> bool:
    arn = Arn.parse(before.arn)
    foreign = arn is None or arn.account != change.account
    return foreign or before.value(Part.SETTINGS, "IsOrganizationTrail") == "true"


def _essence(trail: State) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What a trail is made with: its settings, and its tags but for those that AWS sets."""
    return trail.parts[Part.SETTINGS], _tags(trail)


def _tags(trail: State) -> dict[str, str]:
    held = trail.parts[Part.TAGS]
    return {key: value for key, value in held.items() if not key.startswith(_AWS_TAGS)}


def _missing(change: Change, before: State, live: State | None) -> Iterator[Call]:
    """The trail, what it is to record, and at last that it logs."""
    now: Mapping[Part, Mapping[str, str]] = live.parts if live else {Part.SELECTORS: _DEFAULT}
    if live is None:
        yield _created(change, before)
    selectors = before.parts[Part.SELECTORS]
    if selectors and selectors != now[Part.SELECTORS]:
        yield selected(change, before.arn, selectors)
    if before.parts[Part.INSIGHTS] != now.get(Part.INSIGHTS, {}):
        yield insights(change, before.arn, before.value(Part.INSIGHTS))
    if before.value(Part.LOGGING) == "true" and now.get(Part.LOGGING, {}).get(ONLY) != "true":
        yield started(change, before.arn)


def _created(change: Change, before: State) -> Call:
    name = before.arn.rpartition("/")[2]
    tags = [tag(key, value) for key, value in sorted(_tags(before).items())]
    given = {"Name": name, **spelled(before.parts[Part.SETTINGS])}
    return calling(change, before.arn, "CreateTrail", given | ({"TagsList": tags} if tags else {}))


CALLS = (
    watching(
        name="DeleteTrail",
        parse=_deleted,
        lifecycle=Lifecycle.DELETED,
        rebuild=_rebuilt,
        permissions=(
            *map(permitted, ("CreateTrail", "AddTags", "PutEventSelectors")),
            *map(permitted, ("PutInsightSelectors", "StartLogging")),
            PASSED,
        ),
    ),
)
