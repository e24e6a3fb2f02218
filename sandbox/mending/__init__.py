"""Where moto 5.2.5 differs from AWS in what matters here, each fault mended by a patch of its own.

This is the one place that changes moto's classes: all of ``PATCHES`` while a Front runs, none of
them before or after.
"""

from sandbox.mending import (
    account,
    account_settings,
    answers,
    boundaries,
    buckets,
    callers,
    delegated_admins,
    delegations,
    deleting,
    device_tags,
    devices,
    groups,
    iam_tags,
    instance_profiles,
    passwords,
    policies,
    providers,
    quotas,
    renames,
    selectors,
    server_certificates,
    service_credentials,
    sources,
    speed,
    stores,
    subjects,
    subscriptions,
    trail_tags,
    trails,
    usage,
    whose,
)
from sandbox.mending.patch import Patch, applied

PATCHES: tuple[Patch, ...] = (
    *account.PATCHES,
    *account_settings.PATCHES,
    *answers.PATCHES,
    *boundaries.PATCHES,
    *buckets.PATCHES,
    *callers.PATCHES,
    *delegated_admins.PATCHES,
    *delegations.PATCHES,
    *deleting.PATCHES,
    *device_tags.PATCHES,
    *devices.PATCHES,
    *groups.PATCHES,
    *iam_tags.PATCHES,
    *instance_profiles.PATCHES,
    *passwords.PATCHES,
    *policies.PATCHES,
    *providers.PATCHES,
    *quotas.PATCHES,
    *renames.PATCHES,
    *selectors.PATCHES,
    *server_certificates.PATCHES,
    *service_credentials.PATCHES,
    *sources.PATCHES,
    *speed.PATCHES,
    *stores.PATCHES,
    *subjects.PATCHES,
    *subscriptions.PATCHES,
    *trail_tags.PATCHES,
    *trails.PATCHES,
    *usage.PATCHES,
    *whose.PATCHES,
)
"""Every fault that is mended."""

__all__ = ["PATCHES", "Patch", "applied"]
