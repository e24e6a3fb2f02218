"""A watched call succeeded, and its event hides what it did.

CloudTrail leaves out parameters of more than 100 KB, and spaces in a document suffice for that: a
known trick to change something unseen.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity

_TRICK = (
    "its parameters, which the event does not show: padding them until CloudTrail leaves them out "
    "is a known trick"
)


def unreadable_parameters(case: Case) -> Iterator[Finding]:
    """A call of the catalogue of which the event does not say what it changed."""
    change = case.change
    if change.hidden:
        yield Finding(
            rule="unreadable-parameters",
            says=f"{change.actor.name} called {change.call}, and the event hides what it did",
            severity=Severity.HIGH,
            certainty=Certainty.POSSIBLE,
            because=(_TRICK,),
        )
