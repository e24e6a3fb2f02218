"""The form of chains: one principal becomes another, and so on, up to administrator."""

from dataclasses import dataclass

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.subject import Subject


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
