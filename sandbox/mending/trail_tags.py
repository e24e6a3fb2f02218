"""Tags of trails and event data stores: only those that there are, and only by their ARN.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html
"""

from typing import Any

from moto.cloudtrail.models import CloudTrailBackend
from moto.core.exceptions import JsonRESTError

from sandbox.mending.patch import Patch
from sandbox.mending.stores import held

_all_tags: Any = CloudTrailBackend.list_tags
_tag: Any = CloudTrailBackend.add_tags


class _NoArnError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, given: str) -> None:
        super().__init__("CloudTrailARNInvalidException", f"{given} is not a valid trail ARN.")


class _NoResourceError(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400

    def __init__(self, arn: str) -> None:
        super().__init__("ResourceNotFoundException", f"Could not find the resource {arn}.")


def _list_tags(state: CloudTrailBackend, resource_id_list: list[str]) -> list[dict[str, Any]]:
    """Only trails of this region have tags to show.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html
    """
    for arn in resource_id_list:
        _tagged(state, arn)
    tags: list[dict[str, Any]] = _all_tags(state, resource_id_list)
    return tags


def _add_tags(state: CloudTrailBackend, resource_id: str, tags_list: list[dict[str, str]]) -> None:
    _tagged(state, resource_id)
    _tag(state, resource_id, tags_list)


def _tagged(state: CloudTrailBackend, arn: str) -> None:
    if not arn.startswith("arn:"):
        raise _NoArnError(arn)
    known = (*(trail.arn for trail in list(state.trails.values())), *held(state))
    if arn not in known:
        raise _NoResourceError(arn)


PATCHES = (
    Patch(CloudTrailBackend, "list_tags", _list_tags),
    Patch(CloudTrailBackend, "add_tags", _add_tags),
)
"""A trail that is not there has no tags."""
