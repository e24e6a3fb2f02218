"""Looking again: whether what an undo brought about still holds a while later.

An attacker has seconds in which to undo an undo. Whoever makes the same change again is judged by
an incident of its own; a look acts only where none says so.
"""

from dataclasses import dataclass, replace

from lambdas.model.incident import LOOKS, Ending, Incident, Outcome
from lambdas.model.revert import Call
from lambdas.service.claims import claimed
from lambdas.service.decided import accepted_by
from lambdas.service.newer import newer
from lambdas.service.ports import Reverts
from lambdas.service.taking_back import undone
from lambdas.service.undo import LOOKED_AT, recorded, told
from lambdas.service.undoing import Undoing


class NothingUndoneError(LookupError):
    """The queue asks to look at what was never undone: forged."""


def look(incident_id: str, number: int, of: Undoing) -> Incident | None:
    """Look for the nth time at what was undone; None where there is nothing to look at any more.

    Raises:
        UnknownIncidentError: no such incident.
        NothingUndoneError: it was not undone, or there is no such look.
    """
    with claimed(f"look#{incident_id}#{number}", of.records, of.clock) as attempt:
        if attempt is None:
            return None
        incident = recorded(incident_id, of)
        former = incident.outcome
        if former is None or not 0 < number <= len(LOOKS):
            raise NothingUndoneError(f"incident {incident_id!r} has no look {number}")
        incident = told(incident, former, of)
        if former.ending not in LOOKED_AT or newer(incident, of.records):
            return None
        if accepted_by(incident, of.decisions) is not None:
            return None
        return _looked(incident, former, number, of)


def _looked(incident: Incident, former: Outcome, number: int, of: Undoing) -> Incident:
    """What still holds is confirmed; whatever else comes of the look is told."""
    witness = _Witness(of.reverts)
    found = undone(replace(incident, outcome=None), replace(of, reverts=witness))
    if found.ending is Ending.OVERTAKEN or _is_agreed(incident, witness, of):
        return incident
    if found.ending in LOOKED_AT and not witness.made:
        now = recorded(incident.id, of)
        if now.outcome != former:
            return now
        confirmed = incident.ended(replace(former, looked=max(former.looked, number)))
        of.records.save(confirmed)
        return confirmed
    says = f"{LOOKS[number - 1]} s after the undo the change was in force again: {found.says}"
    again = replace(found, says=says, looked=former.looked, again=former.again + 1)
    again = replace(again, contained=former.contained)
    of.records.save(incident.ended(again))
    return told(incident, again, of)


def _is_agreed(incident: Incident, witness: "_Witness", of: Undoing) -> bool:
    """Whether a person agreed while it was looked, so that nothing was done that is to be told."""
    return not witness.made and accepted_by(incident, of.decisions) is not None


@dataclass(slots=True)
class _Witness:
    """The port that changes the account, and how many calls it made."""

    reverts: Reverts
    made: int = 0

    def make(self, call: Call) -> None:
        """Make one call; see the port."""
        self.reverts.make(call)
        self.made += 1
