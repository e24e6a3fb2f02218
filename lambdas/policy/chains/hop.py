"""The form of chains: one principal becomes another, and so on, up to administrator."""

from collections.abc import Iterable
from dataclasses import dataclass

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.subject import Subject
from lambdas.policy.escalation import Way
from lambdas.policy.evaluate import Answer, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step up, and why; ``to`` is None where it ends in being administrator.

    ``path`` is the id of the way up that is taken, ``says`` completes a sentence that begins with
    whoever takes it.
    """

    to: Subject | None
    path: str
    says: str
    certainty: Certainty
    because: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def sureness(self) -> int:
        """The greater, the more certain."""
        return SURENESS.index(self.certainty)


@dataclass(frozen=True, slots=True)
class Chain:
    """Hops of which each begins where the one before ended; the last ends in an administrator.

    ``certainty`` is that of the least certain hop, or of what the last one becomes being
    administrator.
    """

    hops: tuple[Hop, ...]
    certainty: Certainty


def hop_to(
    to: Subject | None, path: str, says: str, at_most: Certainty, decisions: Iterable[Decision]
) -> Hop:
    """A hop that is as sure as the least sure of the decisions, for all of their reasons."""
    told = tuple(decisions)
    answer = min(decision.answer for decision in told)
    return Hop(
        to=to,
        path=path,
        says=says,
        certainty=min(SURENESS[answer], at_most, key=SURENESS.index),
        because=tuple(dict.fromkeys(reason for each in told for reason in each.because)),
        given=tuple(dict.fromkeys(condition for each in told for condition in each.given)),
    )


def deciding(
    certainty: Certainty, because: tuple[str, ...], given: tuple[str, ...] = ()
) -> Decision:
    """What is as sure as this, as one of several decisions of a hop."""
    return Decision(Answer(SURENESS.index(certainty)), because, given)


def decided(found: Hop | Way) -> Decision:
    """What was found, as one of several decisions of a hop."""
    return deciding(found.certainty, found.because, found.given)
