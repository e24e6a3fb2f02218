"""What is attacked: one attack for each watched call; a call without one fails a test."""

from cli.drill.attack import Attack
from cli.drill.attacks import credentials, holders, policies, principals, trails

ATTACKS: dict[str, Attack] = {
    attack.call: attack
    for module in (holders, policies, principals, credentials, trails)
    for attack in module.ATTACKS
}
"""Call as IAM policies spell it -> the attack; calls are drilled in the catalogue's order."""
