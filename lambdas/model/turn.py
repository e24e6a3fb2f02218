"""Turns: the undos that were let through of late, so that no more than a few are.

With them is noted whom they take administrator from, so that no two take it from the last two.
"""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One incident's undo that was let through, or was the first one too many, or takes from one.

    ``scope`` is the unique id of the subject, or, of one too many in all, the account; of whom an
    undo takes administrator from, that one's unique id.
    """

    incident: str
    scope: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """All of them; ``revision`` is that of what was read, for a write that nobody came before."""

    taken: tuple[Turn, ...] = ()
    refused: tuple[Turn, ...] = ()
    """Of each limit the first that it held back, which tells people."""
    deprived: tuple[Turn, ...] = ()
    """From whom administrator is being taken: who looks for others does not count these."""
    revision: int = 0

    def since(self, moment: datetime) -> "Turns":
        """Those after a moment."""
        return replace(
            self,
            taken=tuple(turn for turn in self.taken if turn.at > moment),
            refused=tuple(turn for turn in self.refused if turn.at > moment),
            deprived=tuple(turn for turn in self.deprived if turn.at > moment),
        )
