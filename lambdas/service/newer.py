"""Newer: whether a later change has touched the same part of the same subject."""

from lambdas.model.change import Change
from lambdas.model.incident import Incident
from lambdas.service.ports import Records

MOST_READ = 50
"""Incidents that are read: of more changes to one subject, one is taken to be newer."""


def newer(incident: Incident, records: Records) -> bool:
    """Whether another incident is of a change to the same keys, in its second or later.

    Such a change is judged by itself, and what is live now may be its doing.
    """
    if incident.unique_id is None:
        return False
    ids = records.touching(incident.unique_id, incident.change.at)
    others = [each for each in ids if each != incident.id]
    if len(others) > MOST_READ:
        return True
    found = map(records.incident, others)
    return any(other and _meets(incident.change, other.change) for other in found)


def _meets(change: Change, other: Change) -> bool:
    if change.lifecycle is not None:
        return change.lifecycle is other.lifecycle
    keys = {(edit.part, edit.key) for edit in change.edits}
    return any((edit.part, edit.key) in keys for edit in other.edits)
