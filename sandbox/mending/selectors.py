"""Selectors: a new trail's default, and one kind in place of the other.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetInsightSelectors.html
"""

import json
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from sandbox.mending.finding import at_home
from sandbox.mending.patch import Patch
from sandbox.mending.trails import DEFAULT_SELECTORS

Selectors = list[dict[str, Any]]

_put_handler: Any = CloudTrailResponse.put_event_selectors
_get_handler: Any = CloudTrailResponse.get_event_selectors

_MOST = 5
_READ_WRITE = ("All", "ReadOnly", "WriteOnly")
_INSIGHTS = ("ApiCallRateInsight", "ApiErrorRateInsight")


class _NoInsightsError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, trail: Trail) -> None:
        super().__init__(
            "InsightNotEnabledException",
            f"Trail {trail.arn} does not have Insights enabled. Edit the trail settings to "
            "enable Insights, and then try the operation again.",
        )


class _InvalidSelectorsError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"Invalid{kind}SelectorsException", message)


def _put(
    state: CloudTrailBackend,
    trail_name: str,
    event_selectors: Selectors | None,
    advanced_event_selectors: Selectors | None,
) -> tuple[str, Selectors, Selectors]:
    """Each kind takes the other's place; what the request leaves out has its default."""
    trail = at_home(state, trail_name)
    basic, advanced = event_selectors or [], advanced_event_selectors or []
    _check(basic, advanced)
    trail.event_selectors = [DEFAULT_SELECTORS[0] | given for given in basic]
    trail.advanced_event_selectors = advanced
    return trail.arn, trail.event_selectors, trail.advanced_event_selectors


def _check(basic: Selectors, advanced: Selectors) -> None:
    if bool(basic) is bool(advanced):
        raise _InvalidSelectorsError(
            "Event", "Give either event selectors or advanced event selectors, and not both."
        )
    if len(basic) > _MOST:
        raise _InvalidSelectorsError("Event", f"A trail has up to {_MOST} event selectors.")
    for given in basic:
        if given.get("ReadWriteType", "All") not in _READ_WRITE:
            raise _InvalidSelectorsError("Event", f"No ReadWriteType: {given['ReadWriteType']}")


def _put_answer(response: CloudTrailResponse) -> str:
    """The answer has the kind that was put, and not an empty list of the other."""
    return _without_empty(_put_handler(response))


def _get_answer(response: CloudTrailResponse) -> str:
    return _without_empty(_get_handler(response))


def _without_empty(answer: str) -> str:
    return json.dumps({key: value for key, value in json.loads(answer).items() if value})


def _get(trail: Trail) -> tuple[Selectors, Selectors]:
    if trail.event_selectors or trail.advanced_event_selectors:
        return trail.event_selectors, trail.advanced_event_selectors
    return DEFAULT_SELECTORS, []


def _insights(state: CloudTrailBackend, trail_name: str) -> tuple[str, list[dict[str, str]]]:
    trail = state.get_trail(trail_name)
    if not trail.insight_selectors:
        raise _NoInsightsError(trail)
    return trail.arn, trail.insight_selectors


def _put_insights(
    state: CloudTrailBackend, trail_name: str, insight_selectors: list[dict[str, str]]
) -> tuple[str, list[dict[str, str]]]:
    """The list takes the former one's place; an empty list turns Insights off."""
    trail = at_home(state, trail_name)
    for given in insight_selectors:
        if given.get("InsightType") not in _INSIGHTS:
            raise _InvalidSelectorsError("Insight", f"No InsightType: {given}")
    trail.insight_selectors = insight_selectors
    return trail.arn, insight_selectors


PATCHES = (
    Patch(CloudTrailBackend, "get_insight_selectors", _insights),
    Patch(CloudTrailBackend, "put_event_selectors", _put),
    Patch(CloudTrailBackend, "put_insight_selectors", _put_insights),
    Patch(CloudTrailResponse, "get_event_selectors", _get_answer),
    Patch(CloudTrailResponse, "put_event_selectors", _put_answer),
    Patch(Trail, "get_event_selectors", _get),
)
"""Selectors as CloudTrail keeps them."""
