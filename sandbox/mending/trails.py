"""Trails: made, changed, described and deleted as CloudTrail does it.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from moto.cloudtrail.exceptions import InvalidParameterCombinationException
from moto.cloudtrail.models import CloudTrailBackend, Trail, cloudtrail_backends
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from sandbox.mending.finding import at_home, everywhere, held
from sandbox.mending.patch import Patch

_create_trail: Any = CloudTrailBackend.create_trail
_description: Any = Trail.description

DEFAULT_SELECTORS = [
    {
        "ReadWriteType": "All",
        "IncludeManagementEvents": True,
        "DataResources": [],
        "ExcludeManagementEventSources": [],
    }
]


_MOST = 5
"""Trails in a region."""

_READ_ONLY = ("HasCustomEventSelectors", "HasInsightSelectors", "HomeRegion")


class _ExistsError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, state: CloudTrailBackend, name: str) -> None:
        super().__init__(
            "TrailAlreadyExistsException",
            f"Trail {name} already exists for customer: {state.account_id}",
        )


class _TooManyError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, state: CloudTrailBackend) -> None:
        super().__init__(
            "MaximumNumberOfTrailsExceededException",
            f"User: {state.account_id} already has {_MOST} trails in {state.region_name}.",
        )


def _changing(change: Callable[[Trail], None]) -> Callable[[CloudTrailBackend, str], None]:
    def method(state: CloudTrailBackend, name: str) -> None:
        change(at_home(state, name))

    return method


def _removed(trail: Trail) -> None:
    state = cloudtrail_backends[trail.account_id][trail.region_name]
    state.tagging_service.delete_all_tags_for_resource(trail.arn)
    del state.trails[trail.trail_name]


def _create(state: CloudTrailBackend, name: str, *args: Any, **named: Any) -> Trail:
    """A shadow of another region's trail counts, too.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
    """
    if name in state.trails:
        raise _ExistsError(state, name)
    if len(list(state.describe_trails(include_shadow_trails=True))) >= _MOST:
        raise _TooManyError(state)
    trail: Trail = _create_trail(state, name, *args, **named)
    return trail


def _update(state: CloudTrailBackend, name: str, **named: Any) -> Trail:
    """What is left out stays; an empty text takes a setting away."""
    trail = at_home(state, name)
    _check(trail, named)
    before = dict(vars(trail))
    trail.update(**named)
    try:
        trail.check_bucket_exists()
        trail.check_topic_exists()
    except JsonRESTError:
        vars(trail).update(before)
        raise
    return trail


def _check(trail: Trail, named: Mapping[str, Any]) -> None:
    everywhere, everything = (
        held if named.get(name) is None else named[name]
        for name, held in (
            ("is_multi_region_trail", trail.is_multi_region),
            ("include_global_service_events", trail.include_global_service_events),
        )
    )
    if everywhere and not everything:
        raise InvalidParameterCombinationException(
            "Multi-Region trail must include global service events."
        )


def _described(trail: Trail, include_region: bool = False) -> dict[str, Any]:
    shown: dict[str, Any] = _description(trail, include_region=include_region)
    custom = trail.event_selectors not in ([], DEFAULT_SELECTORS)
    shown["HasCustomEventSelectors"] = bool(custom or trail.advanced_event_selectors)
    shown["HasInsightSelectors"] = bool(trail.insight_selectors)
    shown["HomeRegion"] = trail.region_name
    return {key: value for key, value in shown.items() if value is not None and value != ""}


def _describe(response: CloudTrailResponse) -> str:
    """Trails that are named and do not exist are left out; another region's have only ARNs."""
    state = response.cloudtrail_backend
    shadows = response._get_bool_param("includeShadowTrails", True)  # noqa: SLF001  # as moto does
    named = response._get_param("trailNameList")  # noqa: SLF001  # as moto's own handlers do
    trails = everywhere(state) if named else state.describe_trails(shadows)
    chosen = [t for t in trails if not named or t.arn in named or _is_here(state, t, named)]
    return json.dumps({"trailList": [trail.description() for trail in chosen]})


def _is_here(state: CloudTrailBackend, trail: Trail, names: list[str]) -> bool:
    return trail.region_name == state.region_name and trail.trail_name in names


def _result(handler: Callable[[CloudTrailResponse], str]) -> Callable[[CloudTrailResponse], str]:
    """CreateTrail and UpdateTrail answer with the settings, and not with what is made of them."""

    def method(response: CloudTrailResponse) -> str:
        shown = json.loads(handler(response))
        return json.dumps({key: value for key, value in shown.items() if key not in _READ_ONLY})

    return method


PATCHES = (
    Patch(CloudTrailBackend, "create_trail", _create),
    Patch(CloudTrailBackend, "delete_trail", _changing(_removed)),
    Patch(CloudTrailBackend, "get_trail", held),
    Patch(CloudTrailBackend, "get_trail_status", lambda state, name: held(state, name).status),
    Patch(CloudTrailBackend, "start_logging", _changing(Trail.start_logging)),
    Patch(CloudTrailBackend, "stop_logging", _changing(Trail.stop_logging)),
    Patch(CloudTrailBackend, "update_trail", _update),
    Patch(CloudTrailResponse, "create_trail", _result(CloudTrailResponse.create_trail)),
    Patch(CloudTrailResponse, "describe_trails", _describe),
    Patch(CloudTrailResponse, "update_trail", _result(CloudTrailResponse.update_trail)),
    Patch(Trail, "description", _described),
)
"""How a trail is found, and what is said of it."""
