"""What is attacked: one attack for each watched call; a call without one fails a test."""

from cli.drill.attack import Attack
from cli.drill.attacks import (
    account,
    credentials,
    events_alone,
    holders,
    policies,
    principals,
    profiles,
    providers,
    stores,
    tags,
    trails,
    user_credentials,
)

_MODULES = (
    holders,
    policies,
    principals,
    profiles,
    credentials,
    user_credentials,
    tags,
    providers,
    account,
    trails,
    stores,
    events_alone,
)

ATTACKS: dict[str, Attack] = {
    attack.call: attack for module in _MODULES for attack in module.ATTACKS
}
"""Call as IAM policies spell it -> the attack; calls are drilled in the catalogue's order."""
