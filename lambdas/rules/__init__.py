"""What we mind: RULES in the order in which a mail prints them."""

from lambdas.rules.gained_administrator import gained_administrator
from lambdas.rules.gained_escalation import gained_escalation
from lambdas.rules.rule import Rule
from lambdas.rules.trail_stopped import trail_stopped

RULES: tuple[Rule, ...] = (gained_administrator, gained_escalation, trail_stopped)
"""Every rule, once."""
