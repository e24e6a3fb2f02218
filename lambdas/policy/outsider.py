"""Outsiders: whom a trust policy lets in from outside the account, how surely and how loud."""

from dataclasses import dataclass

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity

EVERYBODY = "anybody"
OF_AN_ACCOUNT = "account "


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """Somebody whom a trust policy lets in; ``who`` in words, such as: account 999988887777."""

    who: str
    severity: Severity
    certainty: Certainty
    because: str
    given: tuple[str, ...] = ()

    def includes(self, other: "Outsider") -> bool:
        """Whether letting in this one lets in the other, no less surely and under no more."""
        if self.who == EVERYBODY and self.certainty is Certainty.CERTAIN:
            return other.who == EVERYBODY or other.who.startswith(OF_AN_ACCOUNT)
        if self.who != other.who or self.severity < other.severity:
            return False
        own, others = SURENESS.index(self.certainty), SURENESS.index(other.certainty)
        return own > others or (own == others and self.given == other.given)
