"""A trail's selectors: which events it records, and which it looks at for insights."""

import json
from collections.abc import Mapping

from lambdas.calls.holders import Parameters
from lambdas.calls.selectors import canonical
from lambdas.calls.trail import calling, named, permitted, watching
from lambdas.calls.watched import (
    OtherTargetError,
    Target,
    UnreadableParametersError,
    Where,
    text,
)
from lambdas.model.change import Change, Edit
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import ONLY, Part, State

_KINDS = {"EventSelectors": "eventSelectors", "AdvancedEventSelectors": "advancedEventSelectors"}
"""Kind of selectors -> the parameter that sets them; each takes the place of the other.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
"""
_NONE_BEFORE = "it had no event selectors before, and a trail cannot be left without"


def selected(change: Change, arn: str, selectors: Mapping[str, str]) -> Call:
    """The call that sets a trail's event selectors, from their canonical texts."""
    lists = {kind: json.loads(held) for kind, held in selectors.items()}
    return calling(change, arn, "PutEventSelectors", {"TrailName": arn, **lists})


def insights(change: Change, arn: str, selectors: str | None) -> Call:
    """The call that sets a trail's insight selectors; none switch insights off."""
    given = {"TrailName": arn, "InsightSelectors": json.loads(selectors or "[]")}
    return calling(change, arn, "PutInsightSelectors", given)


def _put(parameters: Parameters, where: Where) -> Target:
    lists = {kind: _list(parameters, name) for kind, name in _KINDS.items()}
    if not any(lists.values()):
        raise UnreadableParametersError("requestParameters hold no event selectors")
    edits = (Edit(Part.SELECTORS, kind, held) for kind, held in lists.items())
    return named(text(parameters, "trailName"), where), tuple(edits)


def _put_insights(parameters: Parameters, where: Where) -> Target:
    """An event data store has insights, too; it is no trail.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html
    """
    store = parameters.get("eventDataStore")
    if store and not parameters.get("trailName"):
        raise OtherTargetError(f"requestParameters name event data store {store!r} and no trail")
    if parameters.get("insightSelectors") is None:
        raise UnreadableParametersError("requestParameters.insightSelectors is None, not a list")
    edit = Edit(Part.INSIGHTS, ONLY, _list(parameters, "insightSelectors"))
    return named(text(parameters, "trailName"), where), (edit,)


def _list(parameters: Parameters, name: str) -> str | None:
    """A list of selectors in canonical spelling; None where there are none."""
    given = parameters.get(name)
    if not isinstance(given, list | None):
        raise UnreadableParametersError(f"requestParameters.{name} is {given!r}, not a list")
    return canonical(given) if given else None


def _former(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """The former selectors, of whichever kind; newer ones are left alone."""
    if not former or not change.shown_by(live):
        return ()
    held = {edit.key: value for edit, value in former.items() if value is not None}
    return (selected(change, live.arn, held),) if held else Irreversible(_NONE_BEFORE)


def _former_insights(change: Change, live: State, _: Edit, former: str | None) -> tuple[Call, ...]:
    return (insights(change, live.arn, former),)


CALLS = (
    watching(
        name="PutEventSelectors",
        parse=_put,
        together=_former,
        permissions=(permitted("PutEventSelectors"),),
    ),
    watching(
        name="PutInsightSelectors",
        parse=_put_insights,
        restore=_former_insights,
        permissions=(permitted("PutInsightSelectors"),),
    ),
)
