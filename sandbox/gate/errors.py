"""What the gate cannot decide: each of these fails the run, none of them reads as allowed."""


class GateError(Exception):
    """The gate cannot decide; the sandbox must learn something first."""


class UnknownActionError(GateError):
    """The gate has no row that says which actions and resources a call needs."""


class UnsupportedPolicyError(GateError):
    """A policy uses something that the gate does not evaluate: an operator, a key, an element."""
