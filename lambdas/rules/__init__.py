"""What we mind: RULES in the order in which a mail prints them."""

from lambdas.rules.changed_federation import changed_federation
from lambdas.rules.decided_by_tag import decided_by_tag
from lambdas.rules.delegated_access import delegated_access
from lambdas.rules.gained_administrator import gained_administrator
from lambdas.rules.gained_escalation import gained_escalation
from lambdas.rules.instance_role import instance_role
from lambdas.rules.longer_sessions import longer_sessions
from lambdas.rules.lost_boundary import lost_boundary
from lambdas.rules.lost_condition import lost_condition
from lambdas.rules.lost_deny import lost_deny
from lambdas.rules.lost_second_factor import lost_second_factor
from lambdas.rules.new_credential import new_credential
from lambdas.rules.rule import Rule
from lambdas.rules.service_linked_role import service_linked_role
from lambdas.rules.signed_in import signed_in
from lambdas.rules.store_opened import store_opened
from lambdas.rules.store_weakened import store_weakened
from lambdas.rules.tampered import tampered
from lambdas.rules.trail_narrowed import trail_narrowed
from lambdas.rules.trail_stopped import trail_stopped
from lambdas.rules.trusts_outsider import trusts_outsider
from lambdas.rules.unreadable_parameters import unreadable_parameters
from lambdas.rules.weakened_account import weakened_account

RULES: tuple[Rule, ...] = (
    tampered,
    gained_administrator,
    gained_escalation,
    trusts_outsider,
    changed_federation,
    delegated_access,
    new_credential,
    signed_in,
    instance_role,
    lost_boundary,
    lost_deny,
    lost_condition,
    lost_second_factor,
    weakened_account,
    decided_by_tag,
    longer_sessions,
    service_linked_role,
    trail_stopped,
    trail_narrowed,
    store_weakened,
    store_opened,
    unreadable_parameters,
)
"""Every rule, once."""
