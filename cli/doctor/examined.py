"""What the checks of doctor are given: who asks, the deployed stack, and what it remembers."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cli.doctor.stack import Stack
from lambdas.aws.decisions import TableDecisions
from lambdas.aws.records import TableRecords

if TYPE_CHECKING:
    from boto3.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A deployed Snapback, and the credentials of who looks at it."""

    session: "Session"
    caller: str
    """ARN of whoever asks."""
    stack: Stack
    records: TableRecords
    decisions: TableDecisions
    now: datetime
