"""Trails: by name or ARN, in their home region or not, as CloudTrail tells them apart.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from moto.cloudtrail.exceptions import TrailNotFoundException
from moto.cloudtrail.models import CloudTrailBackend, Trail, cloudtrail_backends
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from sandbox.mending.patch import Patch

_create_trail: Any = CloudTrailBackend.create_trail
_update_trail: Any = CloudTrailBackend.update_trail
_description: Any = Trail.description

DEFAULT_SELECTORS = [
    {
        "ReadWriteType": "All",
        "IncludeManagementEvents": True,
        "DataResources": [],
        "ExcludeManagementEventSources": [],
    }
]


class _HomeRegionError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, trail: Trail) -> None:
        super().__init__(
            "InvalidHomeRegionException",
            f"The trail {trail.trail_name} must be changed from its home region, "
            f"{trail.region_name}.",
        )


class _ExistsError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, state: CloudTrailBackend, name: str) -> None:
        super().__init__(
            "TrailAlreadyExistsException",
            f"Trail {name} already exists for customer: {state.account_id}",
        )


def _everywhere(state: CloudTrailBackend) -> Iterable[Trail]:
    for other in list(cloudtrail_backends[state.account_id].values()):
        yield from list(other.trails.values())


def _at_home(state: CloudTrailBackend, name: str) -> Trail:
    """The trail, if it may be changed from this region.

    Raises:
        InvalidHomeRegionException: it is another region's.
        TrailNotFoundException: there is none of this name or ARN.
    """
    if name in state.trails:
        held: Trail = state.trails[name]
        return held
    for trail in _everywhere(state):
        if trail.arn == name or (trail.trail_name == name and trail.is_multi_region):
            if trail.region_name != state.region_name:
                raise _HomeRegionError(trail)
            return trail
    raise _unknown(state, name)


def _unknown(state: CloudTrailBackend, name: str) -> TrailNotFoundException:
    """CloudTrail names the trail by its ARN."""
    arn = f"arn:aws:cloudtrail:{state.region_name}:{state.account_id}:trail/{name}"
    shown = name if name.startswith("arn:") else arn
    return TrailNotFoundException(account_id=state.account_id, name=shown)


def _read(state: CloudTrailBackend, name: str) -> Trail:
    """A trail to look at; one of another region (a shadow trail) only by its ARN.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
    """
    if name in state.trails:
        held: Trail = state.trails[name]
        return held
    for trail in _everywhere(state):
        if trail.arn == name:
            return trail
    raise _unknown(state, name)


def _changing(change: Callable[[Trail], None]) -> Callable[[CloudTrailBackend, str], None]:
    def method(state: CloudTrailBackend, name: str) -> None:
        change(_at_home(state, name))

    return method


def _removed(trail: Trail) -> None:
    del cloudtrail_backends[trail.account_id][trail.region_name].trails[trail.trail_name]


def _create(state: CloudTrailBackend, name: str, *args: Any, **named: Any) -> Trail:
    if name in state.trails:
        raise _ExistsError(state, name)
    trail: Trail = _create_trail(state, name, *args, **named)
    return trail


def _update(state: CloudTrailBackend, name: str, **named: Any) -> Trail:
    trail: Trail = _update_trail(state, name=_at_home(state, name).trail_name, **named)
    return trail


def _described(trail: Trail, include_region: bool = False) -> dict[str, Any]:
    shown: dict[str, Any] = _description(trail, include_region=include_region)
    custom = trail.event_selectors not in ([], DEFAULT_SELECTORS)
    shown["HasCustomEventSelectors"] = bool(custom or trail.advanced_event_selectors)
    shown["HasInsightSelectors"] = bool(trail.insight_selectors)
    shown["HomeRegion"] = trail.region_name
    return {key: value for key, value in shown.items() if value is not None}


def _describe(response: CloudTrailResponse) -> str:
    """Trails that are named and do not exist are left out of the answer."""
    shadows = response._get_bool_param("includeShadowTrails", True)  # noqa: SLF001  # as moto does
    named = response._get_param("trailNameList")  # noqa: SLF001  # as moto's own handlers do
    trails = response.cloudtrail_backend.describe_trails(shadows)
    chosen = [t for t in trails if not named or t.arn in named or t.trail_name in named]
    return json.dumps({"trailList": [trail.description() for trail in chosen]})


PATCHES = (
    Patch(CloudTrailBackend, "create_trail", _create),
    Patch(CloudTrailBackend, "delete_trail", _changing(_removed)),
    Patch(CloudTrailBackend, "get_trail", _read),
    Patch(CloudTrailBackend, "get_trail_status", lambda state, name: _read(state, name).status),
    Patch(CloudTrailBackend, "start_logging", _changing(Trail.start_logging)),
    Patch(CloudTrailBackend, "stop_logging", _changing(Trail.stop_logging)),
    Patch(CloudTrailBackend, "update_trail", _update),
    Patch(CloudTrailResponse, "describe_trails", _describe),
    Patch(Trail, "description", _described),
)
"""How a trail is found, and what is said of it."""

at_home = _at_home
