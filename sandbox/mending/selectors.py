"""Selectors: a new trail's default, and one kind in place of the other.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetInsightSelectors.html
"""

from typing import Any

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.core.exceptions import JsonRESTError

from sandbox.mending.patch import Patch
from sandbox.mending.trails import DEFAULT_SELECTORS, at_home

Selectors = list[dict[str, Any]]


class _NoInsightsError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, trail: Trail) -> None:
        super().__init__(
            "InsightNotEnabledException",
            f"Trail {trail.arn} does not have Insights enabled. Edit the trail settings to "
            "enable Insights, and then try the operation again.",
        )


def _put(
    state: CloudTrailBackend,
    trail_name: str,
    event_selectors: Selectors,
    advanced_event_selectors: Selectors,
) -> tuple[str, Selectors, Selectors]:
    """Each kind takes the other's place; what the request leaves out has its default."""
    trail = at_home(state, trail_name)
    trail.event_selectors = [DEFAULT_SELECTORS[0] | given for given in event_selectors or []]
    trail.advanced_event_selectors = advanced_event_selectors or []
    return trail.arn, trail.event_selectors, trail.advanced_event_selectors


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
    trail = at_home(state, trail_name)
    trail.insight_selectors = insight_selectors
    return trail.arn, insight_selectors


PATCHES = (
    Patch(CloudTrailBackend, "get_insight_selectors", _insights),
    Patch(CloudTrailBackend, "put_event_selectors", _put),
    Patch(CloudTrailBackend, "put_insight_selectors", _put_insights),
    Patch(Trail, "get_event_selectors", _get),
)
"""Selectors as CloudTrail keeps them."""
