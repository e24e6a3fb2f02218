"""Entries: how sure a role's trust policy lets somebody in, by which statement, and when.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from dataclasses import dataclass, replace

from lambdas.model.arn import Arn
from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy.caller import caller
from lambdas.policy.condition import Asked, UndecidedError
from lambdas.policy.document import Statement
from lambdas.policy.principals import Named, named
from lambdas.policy.variables import Context
from lambdas.policy.whose import holds, known_of
from lambdas.policy.wording import condition_words

OPEN = "unless a Deny takes it in, of which AWS does not say whether it does"
"""Such as a NotPrincipal that names only part of what somebody is known by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How sure somebody is let in, by which statement, and under which conditions.

    Not everybody is let in alike where a condition ``asks`` for the ARN of whoever comes, where
    the statement leaves out some ARNs (``but``), and where there are Deny statements that do not
    take in everybody: ``of`` says what it comes to for one. ``asked`` holds the words of what is
    asked for. ``session`` is the one session of a role that is let in, and ``entity`` says whether
    it is a role that is named, whose sessions its boundary limits all the same.
    """

    because: str
    certainty: Certainty = Certainty.CERTAIN
    given: tuple[str, ...] = ()
    asks: tuple[Asked, ...] = ()
    asked: str = ""
    but: frozenset[str] = frozenset()
    denies: tuple[Statement, ...] = ()
    session: str | None = None
    entity: bool = False

    @property
    def sureness(self) -> int:
        """The greater, the more certain; at most this where not all are let in alike."""
        return SURENESS.index(self.certainty)

    @property
    def alike(self) -> bool:
        """Whether it is the same for everybody whom it lets in."""
        return not (self.asks or self.but or self.denies)

    def by(self, other: "Entry") -> "Entry":
        """The same by the statement of another one that lets in the same people."""
        return replace(self, because=other.because)

    def of(self, arn: str, *, bounded: bool) -> "Entry | None":
        """What it is for one principal, who may have a permissions boundary; None if nothing.

        Where AWS leaves open whether a Deny takes somebody in, the entry is possible.
        """
        if self.alike:
            return self
        own = Arn.parse(arn)
        known = known_of(own.account if own else "", arn)
        met = [holds(each, known) for each in self.asks]
        refusals = [
            refusal(each, self.session or arn, known, bounded=bounded) for each in self.denies
        ]
        if False in met or "" in refusals:
            return None
        asked = (self.asked,) if None in met else ()
        given = tuple(dict.fromkeys((*self.given, *asked, *filter(None, refusals))))
        unsure = arn in self.but or OPEN in refusals
        at_most = (
            Certainty.POSSIBLE if unsure else Certainty.CONDITIONAL if given else self.certainty
        )
        certainty = min(self.certainty, at_most, key=SURENESS.index)
        return Entry(self.because, certainty, given, session=self.session, entity=self.entity)


def refusal(deny: Statement, arn: str, known: Context, *, bounded: bool) -> str | None:
    """Unless what a Deny keeps somebody out, in words: empty where it asks for nothing more."""
    held = [holds(each, known) for each in deny.asked]
    if False in held:
        return None
    try:
        by = named(deny, caller(arn), bounded=bounded)
    except UndecidedError:
        return OPEN
    if by is Named.NOT:
        return None
    return f"unless {condition_words(deny)}" if None in held else ""
