"""The form of one way up, as data: what it needs, on what, and how sure and loud it is."""

from dataclasses import dataclass
from enum import StrEnum

from lambdas.model.finding import Certainty
from lambdas.model.severity import Severity

ASSUME = "sts:AssumeRole"


class Category(StrEnum):
    """What a way up comes to."""

    SELF = "self-escalation"
    """The caller gives itself more."""
    ACCESS = "principal-access"
    """The caller becomes another principal."""
    NEW = "new-passrole"
    """The caller has a service run what it likes, with a role that it passes."""
    EXISTING = "existing-passrole"
    """The caller has something that is there already, and runs with a role, do what it likes."""


class Target(StrEnum):
    """What the actions of a way must be allowed on, seen from the caller."""

    ITSELF = "the caller's own user"
    ITS_GROUP = "a group of the caller"
    ITS_POLICY = "a policy that the caller draws on or is bounded by"
    A_GROUP = "a group that the caller is not in yet"
    A_ROLE = "the caller's own role, or one that it can assume"
    ANOTHER_USER = "a user that is not the caller"
    ANOTHER_ROLE = "a role that is not the caller"
    PASSED_ROLE = "a role that is not the caller, and that a service may have"
    ANY_POLICY = "any customer managed policy"
    OIDC_PROVIDER = "a provider of web identities that roles may trust"
    SAML_PROVIDER = "a provider of SAML identities that roles may trust"
    RESOURCE = "something that runs with a role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One set of actions that leads to more power.

    ``says`` completes a sentence that begins with the caller. ``actions`` must be allowed on the
    target, ``beyond`` too where the role is not the caller itself, ``beside`` each on what they act
    on themselves. ``service`` is the principal of the service whose role is put to use. ``unbinds``
    marks a way that only lifts a boundary, ``raises`` one that gives somebody else power before it
    takes it over. ``at_most`` is how sure it can be, ``severity`` how loud at most, ``named`` how
    loud at most on some users or roles instead of all.
    """

    id: str
    category: Category
    target: Target
    says: str
    actions: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    service: str | None = None
    unbinds: bool = False
    raises: bool = False
    at_most: Certainty = Certainty.CERTAIN
    severity: Severity = Severity.HIGH
    named: Severity = Severity.HIGH

    @property
    def asked(self) -> frozenset[str]:
        """What is needed wherever the way leads."""
        return frozenset((*self.actions, *self.beside))

    @property
    def needed(self) -> frozenset[str]:
        """All that the way can need."""
        return self.asked.union(self.beyond)
