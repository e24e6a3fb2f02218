"""What we watch: the CATALOG of calls, from which everything else is derived."""

from lambdas.calls import (
    boundary,
    credentials,
    inline_policy,
    instance_profile,
    managed_policy,
    membership,
    policy_version,
    principals,
    roles,
    tags,
    trail,
    trail_deleted,
    trail_selectors,
    trail_settings,
    trust,
)
from lambdas.calls.watched import WatchedCall

FAMILIES = (
    managed_policy,
    inline_policy,
    policy_version,
    trust,
    boundary,
    membership,
    credentials,
    principals,
    roles,
    instance_profile,
    trail,
    trail_deleted,
    trail_settings,
    trail_selectors,
    tags,
)

CATALOG: dict[tuple[str, str], WatchedCall] = {
    call.key: call for family in FAMILIES for call in family.CALLS
}
"""(event source, event name) -> the watched call."""
