"""Decided: what people have said already about what was found, or about undoing at all."""

from collections.abc import Iterable
from dataclasses import replace

from lambdas.model.change import Change, Lifecycle
from lambdas.model.decision import Acceptance, Pause, finding_key
from lambdas.model.finding import Finding
from lambdas.model.incident import Alert, Incident
from lambdas.model.state import State
from lambdas.model.verdict import Verdict
from lambdas.service.own_calls import MISUSED
from lambdas.service.ports import Decided


def agreed(verdict: Verdict, unique_id: str | None, decisions: Decided) -> Verdict:
    """The verdict with those findings marked that a person agreed to for this subject."""
    if unique_id is None or not verdict.severity.mailed:
        return verdict
    accepted = decisions.accepted(unique_id)
    found = tuple(_marked(finding, accepted) for finding in verdict.findings)
    return replace(verdict, findings=found)


def _marked(finding: Finding, accepted: Iterable[Acceptance]) -> Finding:
    key = finding_key(finding)
    holding = next((each for each in accepted if key in each.findings), None)
    if holding is None:
        return finding
    return replace(finding, accepted=f"{holding.by} on {holding.at:%Y-%m-%d %H:%M:%S} UTC")


def settled(incident: Incident, decisions: Decided) -> Incident:
    """The incident as it is to be handled after what people have decided already.

    Nobody can decide that Snapback's own role is used for anything but its undos.
    """
    if incident.alert is not Alert.OWED and not incident.undoes:
        return incident
    if any(finding.rule == MISUSED for finding in incident.verdict.findings):
        return incident
    change = incident.change
    about = decisions.promised(change.fingerprint, change.actor.name, change.at)
    if about is not None:
        held = f"{change.actor.name} makes it for incident {about}"
        return replace(incident, held=held, alert=Alert.NONE, planned_by=about)
    if (by := expected(change, decisions)) is not None:
        held = f"{by} announced it"
        return replace(incident, held=held, alert=Alert.NONE, announced=True)
    pause = decisions.paused() if incident.undoes else None
    return incident if pause is None else replace(incident, held=says_paused(pause))


def stands_in_the_way(incident: Incident, decisions: Decided) -> str | None:
    """Why an undo that was asked for is not to be made now; None where nothing has changed."""
    if (pause := decisions.paused()) is not None:
        return says_paused(pause)
    by = accepted_by(incident, decisions)
    return None if by is None else f"what it found was accepted by {by}"


def accepted_by(incident: Incident, decisions: Decided) -> str | None:
    """Who agreed to what an incident found, and when; None where it still calls for something."""
    was, now = incident.verdict, agreed(incident.verdict, incident.unique_id, decisions)
    if now.severity.mailed or not was.severity.mailed:
        return None
    return next(each.accepted for each in now.findings if each.accepted is not None)


def hold_or_forget(live: State | None, decisions: Decided) -> None:
    """Note which acceptances the subject's state shows, and forget those that it shows no more.

    What was agreed to and then taken away is not agreed to once more.
    """
    for acceptance in decisions.accepted(live.unique_id) if live else ():
        shown = live is not None and acceptance.shown_by(live)
        if shown and not acceptance.held:
            decisions.accept(replace(acceptance, held=True))
        elif acceptance.held and not shown:
            decisions.forget(acceptance)


def forget_deleted(incident: Incident, decisions: Decided) -> None:
    """Forget all that was agreed to about what a change deleted.

    What is made again may have the same id, where that is its ARN, and is asked about anew.
    """
    if incident.change.lifecycle is not Lifecycle.DELETED or incident.unique_id is None:
        return
    for acceptance in decisions.accepted(incident.unique_id):
        decisions.forget(acceptance)


def expected(change: Change, decisions: Decided) -> str | None:
    """Who announced this change; None where nobody did."""
    found = (each.by for each in decisions.expected() if each.covers(change))
    return next(found, None)


def says_paused(pause: Pause) -> str:
    """Why nothing is undone while a person has paused it."""
    return f"undoing is paused until {pause.until:%Y-%m-%d %H:%M:%S} UTC, by {pause.by}"
