"""What the checks of doctor are given: who asks, the deployed stack, and what it remembers."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cli.doctor.stack import Stack
from lambdas.aws.decisions import TableDecisions
from lambdas.aws.records import TableRecords

if TYPE_CHECKING:
    from boto3.session import Session


@dataclass(frozen=True, slots=True)
class Missing:
    """A stack that the settings ask for and that is not there, or cannot be read."""

    name: str
    """With its region."""
    says: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A deployed Snapback, and the credentials of who looks at it."""

    session: "Session"
    caller: str
    """ARN of whoever asks."""
    stack: Stack
    """The home stack."""
    further: tuple[Stack, ...] = ()
    """Those of further regions, the trail's, and an organisation's in its central account."""
    missing: tuple[Missing, ...] = ()
    records: TableRecords
    decisions: TableDecisions
    now: datetime

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """All stacks, the home stack first."""
        return (self.stack, *self.further)

    def client(self, service: str, stack: Stack) -> Any:
        """A client for where a stack is."""
        return self.session.client(service, region_name=stack.place.region)  # type: ignore[call-overload]  # the overloads want literal names
