"""The canary's event, told apart from everything that anybody else can do."""

from datetime import datetime, timedelta

from lambdas.calls.watched import IAM
from lambdas.model.canary import TAG, Canary, flown
from lambdas.model.change import Change
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject

_SKEW = timedelta(minutes=5)
"""By how much the clocks of the function and of CloudTrail may differ."""


def carried(change: Change, canary: Canary | None) -> datetime | None:
    """The moment at which a canary flew, if the change is one; nobody else's change is.

    It is exactly that call, by exactly that role, on exactly that policy, of exactly that tag, with
    the moment of the call.
    """
    if canary is None or (change.source, change.name) != (IAM, "TagPolicy"):
        return None
    if change.actor.arn != canary.by or change.subject != Subject(Kind.POLICY, canary.tagged):
        return None
    if change.problems or len(change.edits) != 1:
        return None
    (edit,) = change.edits
    moment = flown(edit.value) if (edit.part, edit.key) == (Part.TAGS, TAG) else None
    return moment if moment is not None and abs(moment - change.at) <= _SKEW else None
