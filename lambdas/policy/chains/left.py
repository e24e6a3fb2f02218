"""Those who are left: whom a search for chains has not reached yet."""

from collections.abc import Sequence

from lambdas.policy.chains.people import Person


class Left:
    """Those whom a search has not reached."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Nobody is reached yet."""
        self._left = {person.subject: person for person in people}
        self._by_arn = {each: person for person in people for each in person.known_by}

    @property
    def people(self) -> Sequence[Person]:
        """All who are left."""
        return [*self._left.values()]

    def has(self, person: Person) -> bool:
        """Whether somebody is left."""
        return person.subject in self._left

    def named(self, arn: str) -> Person | None:
        """Who is left and known by an ARN."""
        person = self._by_arn.get(arn)
        return person if person and self.has(person) else None

    def take(self, person: Person) -> bool:
        """Reach somebody; whether it was left."""
        return self._left.pop(person.subject, None) is not None
