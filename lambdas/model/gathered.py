"""Gathered incidents: those of a trusted actor that wait to be told together."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An incident that waits since ``at`` for the mail about the changes of its actor.

    In its place stands what the changes are parts of, where these are a deployment of Snapback.
    """

    incident: str
    actor: str
    at: datetime
