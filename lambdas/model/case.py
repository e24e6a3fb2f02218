"""Cases: what a rule sees."""

from dataclasses import dataclass, field
from typing import Any

from lambdas.model.change import Change
from lambdas.model.state import States, Unknown
from lambdas.model.subject import Subject
from lambdas.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A change with the states before and after it, and the principals whose power it can move.

    Where ``before`` is Unknown a rule judges the state after by itself.
    """

    change: Change
    before: States | Unknown
    after: States
    affected: tuple[Subject, ...]
    settings: Settings
    kept: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What rules worked out from this very case, so that it is done once: no copy of it has it."""
