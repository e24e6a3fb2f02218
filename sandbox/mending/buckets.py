"""Buckets' policies: moto ignores their conditions, so that a Deny of what is not TLS denies all.

Who may is asked at the door, of those who are checked.
"""

from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from sandbox.mending.patch import Patch


def _neutral(bucket: FakeBucket, action: str, resource: str) -> Any:  # noqa: ARG001  # as moto asks
    return PermissionResult.NEUTRAL


PATCHES = (Patch(FakeBucket, "get_permission", _neutral),)
