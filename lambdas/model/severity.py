"""Severity: how loud a finding is."""

from enum import IntEnum


class Severity(IntEnum):
    """Critical, high and medium are mailed at once, low goes into a digest, info is recorded."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        return self.name.lower()

    @property
    def mailed(self) -> bool:
        """Whether a verdict of this severity is mailed at once."""
        return self >= Severity.MEDIUM
