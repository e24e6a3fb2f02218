"""What we watch: the CATALOG of calls, from which everything else is derived."""

from lambdas.calls import (
    boundary,
    credentials,
    inline_policy,
    managed_policy,
    membership,
    policy_version,
    principals,
    server_certificate,
    store,
    store_access,
    store_settings,
    switched,
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
    switched,
    credentials,
    server_certificate,
    principals,
    trail,
    trail_deleted,
    trail_settings,
    trail_selectors,
    store,
    store_settings,
    store_access,
)

CATALOG: dict[tuple[str, str], WatchedCall] = {
    call.key: call for family in FAMILIES for call in family.CALLS
}
"""(event source, event name) -> the watched call."""
