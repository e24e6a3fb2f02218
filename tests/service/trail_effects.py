"""What calls on trails do to an account in memory.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from lambdas.calls.selectors import canonical
from lambdas.model.change import Edit
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

DEFAULT = {"EventSelectors": canonical([{}])}
_NO_SETTINGS = frozenset({"Name", "TagsList"})


def created(call: Call, account: str, moment: datetime) -> State:
    """A new trail: it records all management events, and does not log before it is told to."""
    name = f"arn:aws:cloudtrail:{call.region}:{account}:trail/{call.parameters['Name']}"
    trail = State(
        subject=Subject(Kind.TRAIL, name),
        unique_id=name,
        arn=name,
        as_of=moment,
        parts={
            Part.SETTINGS: {},
            Part.SELECTORS: DEFAULT,
            Part.INSIGHTS: {},
            Part.TAGS: _tags(call.parameters.get("TagsList", [])),
            Part.LOGGING: {ONLY: "false"},
        },
    )
    for edit in _settings(call.parameters):
        trail = edit.applied_to(trail)
    return trail


def edits(call: Call) -> Iterator[Edit]:
    """What a call changes of a trail that is there."""
    given = call.parameters
    if call.operation == "UpdateTrail":
        yield from _settings(given)
    elif call.operation == "PutEventSelectors":
        for kind in ("EventSelectors", "AdvancedEventSelectors"):
            yield Edit(Part.SELECTORS, kind, canonical(given[kind]) if kind in given else None)
    elif call.operation == "PutInsightSelectors":
        selectors = given["InsightSelectors"]
        yield Edit(Part.INSIGHTS, ONLY, canonical(selectors) if selectors else None)
    else:
        yield {"StartLogging": Edit(Part.LOGGING, ONLY, "true")}[call.operation]


def _settings(given: Mapping[str, object]) -> Iterator[Edit]:
    for name in given.keys() - _NO_SETTINGS:
        value = given[name]
        word = str(value).lower() if isinstance(value, bool) else str(value)
        yield Edit(Part.SETTINGS, name, word or None)


def _tags(given: object) -> dict[str, str]:
    assert isinstance(given, list)
    return {tag["Key"]: tag.get("Value", "") for tag in given}
