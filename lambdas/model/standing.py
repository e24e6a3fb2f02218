"""Standings: who of an account is administrator of it, or can become it, and how."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lambdas.model.subject import Subject


class Rank(StrEnum):
    """What somebody is or can become, the gravest first; each completes a sentence."""

    IS = "is administrator"
    IS_IF = "is administrator under a condition"
    CAN = "can become administrator"
    CAN_IF = "can become administrator under a condition"
    MAY = "may be able to become administrator"
    UNKNOWN = "could not be judged in full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One principal that is administrator, can become it, or of whom that is not known.

    ``says`` is how, in words; ``because`` names the statements, ``given`` the conditions under
    which it holds. ``since`` is when a sweep first found it to be so (UTC).
    """

    subject: Subject
    unique_id: str
    arn: str
    rank: Rank
    says: str
    since: datetime
    because: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
