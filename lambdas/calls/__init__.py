"""What we watch: the CATALOG of calls, from which everything else is derived."""

from lambdas.calls import (
    account,
    boundary,
    credentials,
    delegated_admin,
    delegation,
    federation,
    inline_policy,
    instance_profile,
    managed_policy,
    membership,
    oidc_provider,
    password_policy,
    policy_version,
    principals,
    roles,
    saml_provider,
    server_certificate,
    store,
    store_access,
    store_settings,
    switched,
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
    switched,
    credentials,
    server_certificate,
    principals,
    roles,
    instance_profile,
    trail,
    trail_deleted,
    trail_settings,
    trail_selectors,
    oidc_provider,
    saml_provider,
    federation,
    password_policy,
    account,
    delegated_admin,
    delegation,
    tags,
    store,
    store_settings,
    store_access,
)

CATALOG: dict[tuple[str, str], WatchedCall] = {
    call.key: call for family in FAMILIES for call in family.CALLS
}
"""(event source, event name) -> the watched call."""
