"""Finding a trail: by its name or its ARN, in its home region or from another one.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
"""

from collections.abc import Iterable

from moto.cloudtrail.exceptions import TrailNotFoundException
from moto.cloudtrail.models import CloudTrailBackend, Trail, cloudtrail_backends
from moto.core.exceptions import JsonRESTError


class _HomeRegionError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, trail: Trail) -> None:
        super().__init__(
            "InvalidHomeRegionException",
            f"The trail {trail.trail_name} must be changed from its home region, "
            f"{trail.region_name}.",
        )


def everywhere(state: CloudTrailBackend) -> Iterable[Trail]:
    """The account's trails of all regions."""
    for other in list(cloudtrail_backends[state.account_id].values()):
        yield from list(other.trails.values())


def at_home(state: CloudTrailBackend, name: str) -> Trail:
    """The trail, if it may be changed from this region.

    Raises:
        InvalidHomeRegionException: it is another region's.
        TrailNotFoundException: there is none of this name or ARN.
    """
    if name in state.trails:
        here: Trail = state.trails[name]
        return here
    for trail in everywhere(state):
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


def held(state: CloudTrailBackend, name: str) -> Trail:
    """A trail to look at; one of another region (a shadow trail) only by its ARN.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
    """
    if name in state.trails:
        here: Trail = state.trails[name]
        return here
    for trail in everywhere(state):
        if trail.arn == name:
            return trail
    raise _unknown(state, name)
