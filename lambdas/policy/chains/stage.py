"""Stages of a search: the people whom to become leads up, filed by how that is done."""

from collections import defaultdict
from collections.abc import Iterable

from lambdas.model.subject import Kind
from lambdas.policy.chains.index import Candidate, Index
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.trusts import Entry
from lambdas.policy.escalation.places import SERVICE_LINKED
from lambdas.policy.match import matches


class Stage:
    """The people whom to become is worth it, filed by how that is done."""

    def __init__(self, people: Iterable[Person]) -> None:
        """File them."""
        filed: dict[str, list[Candidate]] = defaultdict(list)
        self.named: list[tuple[str, Person, Entry]] = []
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
            filed[service].append((role, entry))
        self.named.extend((arn, role, entry) for arn, entry in role.trust.arns.items())

    def of(self, name: str | None) -> Index:
        """The people filed under a name."""
        return self._filed.get(name or "", _NOBODY)


_NOBODY = Index()
