"""Changes that the watch clock finds to have been made, though no event told of them.

They take the way of every change: judged, told, undone and looked at again. Only those are made
changes of whose family the settings want undone: of the others the fault's own mail says enough.
"""

from collections.abc import Callable, Mapping

from lambdas.calls.watched import CLOUDTRAIL
from lambdas.model.actor import Actor
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.check import Check
from lambdas.model.family import Family
from lambdas.model.fault import Fault
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.watching import Watching

NOBODY = Actor(kind="that is not known, because no event came")
_NO_EVENT = Problem("no event told of it: the watch clock found it", Severity.LOW)


def undone_changes(check: Check, fault: Fault, of: Watching) -> tuple[Change, ...]:
    """The changes that made a fault and are undone; none where it is of another kind."""
    make = _MAKERS.get(check.name)
    found = (make(part, fault, of) for part in check.parts) if make else ()
    return tuple(each for each in found if each is not None)


def _stopped(part: str, fault: Fault, of: Watching) -> Change | None:
    """The call that must have stopped a trail; None for a part that is none."""
    arn = Arn.parse(part)
    if arn is None or not of.checking.settings.reverts(Family.TRAIL):
        return None
    return Change(
        event_id=f"watch StopLogging {part} {fault.since.isoformat()}",
        source=CLOUDTRAIL,
        name="StopLogging",
        at=fault.since.replace(microsecond=0),
        account=of.account,
        region=arn.region,
        actor=NOBODY,
        fingerprint="",
        family=Family.TRAIL,
        subject=Subject(Kind.TRAIL, part),
        edits=(Edit(Part.LOGGING, ONLY, "false"),),
        problems=(_NO_EVENT,),
    )


_MAKERS: Mapping[str, Callable[[str, Fault, Watching], Change | None]] = {"trails": _stopped}
"""Check -> what makes of one of its faulty parts the change that did it."""
