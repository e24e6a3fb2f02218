"""CloudTrail records of the calls that change IAM or CloudTrail."""

from sandbox.records.happening import Happening
from sandbox.records.record import changes, record

__all__ = ["Happening", "changes", "record"]
