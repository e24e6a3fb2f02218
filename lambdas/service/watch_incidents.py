"""Incidents of the watch clock: a fault of Snapback itself, recorded as every change is."""

from lambdas.model.change import Change
from lambdas.model.check import Check
from lambdas.model.fault import Fault
from lambdas.model.finding import Finding
from lambdas.model.incident import Alert, Incident, incident_id
from lambdas.model.revert import Irreversible
from lambdas.model.verdict import Verdict
from lambdas.service.checking import Question
from lambdas.service.gravity import FAULT
from lambdas.service.watch_changes import NOBODY
from lambdas.service.watching import Watching

SOURCE = "snapback.watch"
"""Where such a change comes from, in place of an AWS service."""
_HELD = "it is a fault that the watch clock found, and not a call that could be taken back"


def fault_incident(question: Question, check: Check, fault: Fault, of: Watching) -> Incident:
    """The incident of a fault; one fault, one incident, however long it lasts."""
    event_id = f"watch {fault.name} {fault.since.isoformat()}"
    change = Change(
        event_id=event_id,
        source=SOURCE,
        name=fault.name.title().replace(" ", ""),
        at=fault.since.replace(microsecond=0),
        account=of.account,
        region=of.checking.settings.home_region,
        actor=NOBODY,
        fingerprint="",
    )
    finding = Finding(
        rule=FAULT,
        says=check.says,
        severity=question.severity,
        because=(check.why, *(f"it ends with: {each}" for each in check.mend)),
    )
    return Incident(
        id=incident_id(event_id, change.at),
        change=change,
        verdict=Verdict((finding,)),
        affected=(),
        revert=Irreversible(_HELD),
        held=_HELD,
        alert=Alert.OWED,
    )
