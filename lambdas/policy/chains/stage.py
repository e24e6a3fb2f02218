"""Stages of a search: the people whom to become leads up, filed by how that is done."""

from collections import defaultdict
from collections.abc import Iterable

from lambdas.model.finding import SURENESS
from lambdas.model.subject import Kind
from lambdas.policy.chains.index import Candidate, Index
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.trusts import Entry, session_of
from lambdas.policy.escalation.places import SERVICE_LINKED
from lambdas.policy.escalation.spelling import plain
from lambdas.policy.match import matches


class Stage:
    """The people whom to become is worth it, filed by how that is done."""

    def __init__(self, people: Iterable[Person]) -> None:
        """File them."""
        filed: dict[str, list[Candidate]] = defaultdict(list)
        self.named: list[tuple[str, Person, Entry]] = []
        self._anybody: dict[object, list[tuple[Person, Entry]]] = defaultdict(list)
        for person in people:
            filed[f"{person.subject.kind}s"].append((person, None))
            if person.subject.kind is Kind.ROLE and not matches(SERVICE_LINKED, person.arn):
                self._file_role(person, filed)
        filed["roles"] = [
            each for each in filed["roles"] if not matches(SERVICE_LINKED, each[0].arn)
        ]
        self._filed = {name: Index(found) for name, found in filed.items()}

    def _file_role(self, role: Person, filed: dict[str, list[Candidate]]) -> None:
        if role.trust.account:
            filed["open roles"].append((role, role.trust.account))
        for service, entry in role.trust.services.items():
            filed[plain(service)].append((role, entry))
        self.named.extend((session_of(arn), role, entry) for arn, entry in role.trust.arns.items())
        for entry in role.trust.anybody:
            self._anybody[entry.given, entry.but].append((role, entry))

    def open_to_anybody(self, sureness: int) -> list[list[tuple[Person, Entry]]]:
        """Roles that let in anybody, at least this sure; those under the same conditions together.

        So nobody must be asked about each of them.
        """
        alike = self._anybody.values()
        return [roles for roles in alike if SURENESS.index(roles[0][1].certainty) >= sureness]

    def of(self, name: str | None) -> Index:
        """The people filed under a name."""
        return self._filed.get(name or "", _NOBODY)


_NOBODY = Index()
