"""Where moto 5.2.5 differs from AWS in what matters here, each fault mended by a patch of its own.

This is the one place that changes moto's classes: all of ``PATCHES`` while a Front runs, none of
them before or after.
"""

from sandbox.mending import (
    account,
    answers,
    boundaries,
    callers,
    deleting,
    device_tags,
    devices,
    groups,
    instance_profiles,
    passwords,
    policies,
    renames,
    selectors,
    sources,
    subjects,
    trail_tags,
    trails,
    usage,
    whose,
)
from sandbox.mending.patch import Patch, applied

PATCHES: tuple[Patch, ...] = (
    *account.PATCHES,
    *answers.PATCHES,
    *boundaries.PATCHES,
    *callers.PATCHES,
    *deleting.PATCHES,
    *device_tags.PATCHES,
    *devices.PATCHES,
    *groups.PATCHES,
    *instance_profiles.PATCHES,
    *passwords.PATCHES,
    *policies.PATCHES,
    *renames.PATCHES,
    *selectors.PATCHES,
    *sources.PATCHES,
    *subjects.PATCHES,
    *trail_tags.PATCHES,
    *trails.PATCHES,
    *usage.PATCHES,
    *whose.PATCHES,
)
"""Every fault that is mended."""

__all__ = ["PATCHES", "Patch", "applied"]
