"""Measures: what the functions count and time, under the names that CloudWatch has them by.

None has a dimension beside the service: each further one would be a metric of its own, to be paid.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from collections.abc import Mapping
from enum import StrEnum

from lambdas.model.incident import Ending
from lambdas.model.severity import Severity


class Measure(StrEnum):
    """A metric of the namespace Snapback; those in `TIMES` are milliseconds, the others counts."""

    RECEIVED = "Received"
    """Events that reached the evaluating function."""
    IGNORED = "Ignored"
    """Those that tell of no change: failed calls, reads, sign-ins."""
    DUPLICATES = "Duplicates"
    JUDGED = "Judged"
    """Changes that became incidents."""
    CRITICAL = "VerdictCritical"
    HIGH = "VerdictHigh"
    MEDIUM = "VerdictMedium"
    LOW = "VerdictLow"
    INFO = "VerdictInfo"
    EVENT_TO_ARRIVAL = "EventToArrival"
    """From the call until the evaluating function has its event: CloudTrail's and EventBridge's."""
    EVENT_TO_ALERT = "EventToAlert"
    """From the call until SNS has the alert."""
    EVENT_TO_UNDO = "EventToUndo"
    """From the call until its undo is read back; time to accept the change is part of it."""
    UNDOS_ASKED = "UndosAsked"
    """Messages of the undo queue, later looks and retries included."""
    RESTORED = "UndoRestored"
    CONTAINED = "UndoContained"
    ALREADY_GONE = "UndoAlreadyGone"
    OVERTAKEN = "UndoOvertaken"
    ALERTED_ONLY = "UndoAlertedOnly"
    FAILED = "UndoFailed"
    MADE_AGAIN = "UndoMadeAgain"
    SWEEPS = "Sweeps"
    SUBJECTS_SWEPT = "SubjectsSwept"
    UNANNOUNCED = "Unannounced"
    """Changes that a sweep found and no event told of."""
    OWED_SENT = "OwedAlertsSent"
    """Mails that a sweep sent because they could not be sent when they were due."""
    TOLD_TOGETHER = "ToldTogether"
    """Changes of trusted actors that one mail told of together."""
    DECISIONS = "Decisions"
    """What people asked on the command line."""
    HEARTBEAT = "Heartbeat"
    """Runs of the watch clock that came to their end: an alarm is raised where they are missing."""
    UNREPORTED = "Unreported"
    """Good minutes that could not be reported outside the account."""
    CANARIES = "Canaries"
    """Canaries that came back as events: an alarm is raised where none does for a day."""
    FAULTS = "Faults"
    """Checks of the watch clock that were not well."""


TIMES = frozenset({Measure.EVENT_TO_ARRIVAL, Measure.EVENT_TO_ALERT, Measure.EVENT_TO_UNDO})
VERDICTS: Mapping[Severity, Measure] = {
    Severity.CRITICAL: Measure.CRITICAL,
    Severity.HIGH: Measure.HIGH,
    Severity.MEDIUM: Measure.MEDIUM,
    Severity.LOW: Measure.LOW,
    Severity.INFO: Measure.INFO,
}
ENDINGS: Mapping[Ending, Measure] = {
    Ending.RESTORED: Measure.RESTORED,
    Ending.CONTAINED: Measure.CONTAINED,
    Ending.ALREADY_GONE: Measure.ALREADY_GONE,
    Ending.OVERTAKEN: Measure.OVERTAKEN,
    Ending.ALERTED: Measure.ALERTED_ONLY,
    Ending.FAILED: Measure.FAILED,
    Ending.MADE_AGAIN: Measure.MADE_AGAIN,
}
TAKEN_BACK = frozenset({Ending.RESTORED, Ending.CONTAINED})
"""Ends of an undo that has ended what the change did: only these have a time worth measuring."""
