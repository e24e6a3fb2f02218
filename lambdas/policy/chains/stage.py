"""Stages of a search: the people whom to become leads up, filed by how that is done."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lambdas.model.subject import Kind
from lambdas.policy.chains.entry import Entry
from lambdas.policy.chains.index import Candidate, Index
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.whom import session_of
from lambdas.policy.escalation.places import SERVICE_LINKED
from lambdas.policy.escalation.spelling import plain
from lambdas.policy.match import matches

OPEN_ROLES = "open roles"
Alike = Sequence[tuple[Person, Entry]]
"""Roles that let in the same people under the same conditions, each by its own entry."""


class Stage:
    """The people whom to become is worth it, filed by how that is done."""

    def __init__(self, people: Iterable[Person]) -> None:
        """File them."""
        filed: dict[str, list[Candidate]] = defaultdict(list)
        self.named: list[tuple[str, Person, Entry]] = []
        self._anybody: dict[object, list[tuple[Person, Entry]]] = defaultdict(list)
        self._choosing: dict[object, list[tuple[Person, Entry]]] = defaultdict(list)
        for person in people:
            filed[f"{person.subject.kind}s"].append((person, None))
            if person.subject.kind is Kind.ROLE and not matches(SERVICE_LINKED, person.arn):
                self._file_role(person, filed)
        filed["roles"] = [
            each for each in filed["roles"] if not matches(SERVICE_LINKED, each[0].arn)
        ]
        self._filed = {name: Index(found) for name, found in filed.items()}

    def _file_role(self, role: Person, filed: dict[str, list[Candidate]]) -> None:
        for entry in role.trust.account:
            if entry.alike:
                filed[OPEN_ROLES].append((role, entry))
            else:
                self._choosing[_whom(entry)].append((role, entry))
        for service, entry in role.trust.services.items():
            filed[plain(service)].append((role, entry))
        self.named.extend(
            (session_of(arn), role, entry)
            for arn, entries in role.trust.arns.items()
            for entry in entries
        )
        for entry in role.trust.anybody:
            self._anybody[_whom(entry)].append((role, entry))

    def open_to_anybody(self, sureness: int) -> list[Alike]:
        """Roles that let in anybody, at most this sure; those alike together.

        So nobody must be asked about each of them.
        """
        return [roles for roles in self._anybody.values() if roles[0][1].sureness >= sureness]

    def choosing(self, sureness: int) -> list[Alike]:
        """Roles that let in not everybody alike whose own policies allow it, in the same way."""
        return [roles for roles in self._choosing.values() if roles[0][1].sureness >= sureness]

    def of(self, name: str | None) -> Index:
        """The people filed under a name."""
        return self._filed.get(name or "", _NOBODY)


class Opened(Stage):
    """Roles that let in one principal, as they let in it."""

    def __init__(self, roles: Alike, entry: Entry) -> None:
        """File them: ``entry`` is what the first one's comes to for the principal."""
        super().__init__(())
        told = ((role, entry.by(each)) for role, each in roles)
        self._filed = {OPEN_ROLES: Index(told)}


def _whom(entry: Entry) -> object:
    return entry.certainty, entry.given, entry.asked if entry.asks else "", entry.but, entry.denies


_NOBODY = Index()
