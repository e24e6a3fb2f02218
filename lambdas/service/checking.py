"""Checking: what the checks of Snapback's own health are given, and what each of them answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from lambdas.model.check import Check, Health
from lambdas.model.deployed import (
    SeenCanary,
    SeenFeed,
    SeenFunction,
    SeenQueue,
    SeenSubscription,
    SeenWatch,
)
from lambdas.model.gathered import Gathered
from lambdas.model.incident import Incident
from lambdas.model.severity import Severity
from lambdas.model.state import State, States, Unknown
from lambdas.service.ports import Clock
from lambdas.settings import Settings

DEPLOY = "snapback deploy --revert-drift"
"""What brings back a part that is gone: a deployment without it sees no change to make.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
"""


class Sensor(Protocol):
    """The parts of Snapback as they are now; whatever a read raises leaves its check unknown."""

    def trails(self) -> States:
        """All trails that log in the home region; what was not read is among the problems."""

    def watches(self) -> tuple[SeenWatch, ...]:
        """The EventBridge rules of the deployed stacks, in every region."""

    def deployed(self) -> datetime | None:
        """When a deployment was last at the home stack; None if it is past whatever is seen.

        The further regions come after it.
        """

    def functions(self) -> tuple[SeenFunction, ...]:
        """Their functions."""

    def feeds(self) -> tuple[SeenFeed, ...]:
        """Their event source mappings."""

    def topics(self) -> tuple[str, ...]:
        """The ARNs of their topics."""

    def subscriptions(self) -> tuple[SeenSubscription, ...]:
        """The e-mail subscriptions of these topics."""

    def dead_letters(self) -> tuple[SeenQueue, ...]:
        """Their dead-letter queues, in every region."""

    def canary(self) -> SeenCanary | None:
        """The canary's policy; None where it is gone."""


class Told(Protocol):
    """What is remembered of states, and of what people are still to be told."""

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state that is true for a moment before the given one."""

    def pending(self) -> frozenset[str]:
        """The unique ids of the subjects of which an undo is pending."""

    def owed(self) -> Iterable[Incident]:
        """The incidents about which a mail is still owed."""

    def waiting(self) -> Mapping[str, datetime]:
        """The ids of the incidents that wait for the digest, with the times of their changes."""

    def heard(self) -> datetime | None:
        """When the newest canary flew that came back as an event; None before the first."""

    def gathered(self) -> Iterable[Gathered]:
        """The incidents that wait to be told together with others about their actor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """The ports and settings that checking needs."""

    sensor: Sensor
    records: Told
    clock: Clock
    settings: Settings


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: well if it names no mend."""

    says: str
    mend: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    unknown: bool = False
    """Whether it could not be found out."""

    @property
    def state(self) -> Health:
        """The answer in one word."""
        if self.unknown:
            return Health.UNKNOWN
        return Health.FAULT if self.mend else Health.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A check: its name, why it matters, and what finds the answer.

    ``patience`` is how long a fault may last before people are told: of what an event normally
    tells first, or a deployment does for a moment.
    """

    name: str
    why: str
    find: Callable[[Checking], Found]
    patience: timedelta = timedelta(0)
    severity: Severity = Severity.HIGH


def ask(question: Question, of: Checking) -> Check:
    """The answer to a question; unknown, with the reason, where finding it fails."""
    try:
        found = question.find(of)
    except Exception as error:  # noqa: BLE001 - whatever it trips over, the answer is not known
        says = f"it could not be found out: {type(error).__name__}: {error}"
        found = Found(says, ("snapback doctor",), unknown=True)
    return Check(
        name=question.name,
        state=found.state,
        says=found.says,
        why=question.why,
        mend=found.mend,
        parts=found.parts,
    )
