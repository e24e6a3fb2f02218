"""The live account: subjects read with all that they draw on, and the whole account in pages."""

from collections.abc import Iterable
from datetime import UTC, datetime
from threading import Lock

from lambdas.aws import clients, details, trails
from lambdas.aws.building import DEADLINE, Building
from lambdas.aws.identities import Identities
from lambdas.aws.reach import Reach
from lambdas.aws.reads import Problems, Read, start
from lambdas.model.state import States
from lambdas.model.subject import Kind, Subject


class LiveReading:
    """Reads under way, and the states that they build."""

    def __init__(self, subjects: Iterable[Subject], reach: Subject | None) -> None:
        self._as_of = datetime.now(UTC)
        self._problems = Problems()
        self._buildings: dict[Subject, Building] = {}
        self._lock = Lock()
        self._identities = Identities(clients.iam(), self._problems, self._begin, reach)
        self._reach = Reach(clients.iam(), self._problems, self._begin)
        first = tuple(read for subject in subjects for read in self._begin(subject))
        self._done = start((*self._reaching(reach), *first))
        self._done.add_done_callback(self._close)

    def unique_id(self, subject: Subject) -> str | None:
        """The subject's unique id as soon as it is known; None where it never will be."""
        return self._buildings[subject].unique_id()

    def states(self) -> States:
        """All states, once everything is read."""
        left = DEADLINE - (datetime.now(UTC) - self._as_of).total_seconds()
        try:
            self._done.result(max(0.0, left))
        except TimeoutError:
            self._problems.add(f"what was read in {DEADLINE:.0f} s is not all: AWS does not answer")
            return States({}, self._problems.all())
        buildings = self._buildings.values()
        states = (building.state() for building in buildings)
        known = {state.subject: state for state in states if state is not None}
        absent = frozenset(building.subject for building in buildings if building.absent)
        problems = (*self._problems.all(), *self._reach.problems())
        return States(known, problems, absent, self._reach.all())

    def _reaching(self, subject: Subject | None) -> Iterable[Read]:
        """What is read of a subject only where it is the one that was changed."""
        if subject is None:
            return ()
        versions: Iterable[Read] = ()
        if subject.kind is Kind.POLICY:
            versions = self._identities.versions(self._buildings[subject])
        return (*self._reach.reads(subject), *versions)

    def _close(self, _: object) -> None:
        """Let nobody wait for an id that a read which died unexpectedly can no longer give."""
        with self._lock:
            for building in self._buildings.values():
                building.close()

    def _begin(self, subject: Subject, known: tuple[str, str] | None = None) -> Iterable[Read]:
        """The first reads of a subject that is not being read yet; ``known`` are its id and ARN."""
        with self._lock:
            if subject in self._buildings:
                return ()
            building = self._buildings[subject] = Building(subject, self._as_of)
        if known:
            building.identify(*known)
        if subject.kind is Kind.TRAIL:
            return trails.reads(building, self._problems)
        return self._identities.reads(building)


class LiveAccount:
    """The account that the function's credentials belong to."""

    def reading(self, subjects: Iterable[Subject], *, reach: Subject | None = None) -> LiveReading:
        """Start to read the subjects' states and those of everything that they draw on."""
        return LiveReading(subjects, reach)

    def name_of(self, unique_id: str) -> str | None:
        """The name that the user with this id has now.

        https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
        """
        pages = clients.iam().get_paginator("list_users").paginate()
        users = (user for page in pages for user in page["Users"])
        return next((user["UserName"] for user in users if user["UserId"] == unique_id), None)

    def everything(self) -> Iterable[States]:
        """The states of all users, groups, roles, policies and trails, page by page."""
        yield from details.pages(clients.iam())
        yield self.reading(details.trails(clients.cloudtrail(clients.region()))).states()
