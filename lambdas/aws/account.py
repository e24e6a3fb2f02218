"""The live account: subjects read with all that they draw on, and the whole account in pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from threading import Lock
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.aws import (
    certificates,
    clients,
    crowd,
    details,
    holders,
    own_parts,
    reach,
    stores,
    switches,
    whole,
)
from lambdas.aws.building import DEADLINE, Building
from lambdas.aws.crowd import Crowd, gathered
from lambdas.aws.devices import devices
from lambdas.aws.instance_profiles import instance_profiles
from lambdas.aws.lookup import Lookup
from lambdas.aws.providers import providers
from lambdas.aws.reach import Reach
from lambdas.aws.reads import Problems, Read, reason, start
from lambdas.aws.subjects import changed_reads, reads
from lambdas.model.own import Own
from lambdas.model.problem import Problem
from lambdas.model.state import States
from lambdas.model.subject import PRINCIPALS, Kind, Subject

_PORTION = 100
"""Subjects that are read each by itself at once: what a reading takes is limited."""
_LISTS = {
    Kind.USER: ("list_users", "Users", "User"),
    Kind.GROUP: ("list_groups", "Groups", "Group"),
    Kind.SERVER_CERTIFICATE: (
        "list_server_certificates",
        "ServerCertificateMetadataList",
        "ServerCertificate",
    ),
}
"""Kind of what can be renamed -> the list of all, how it calls them, and how their names begin.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html
"""


class LiveReading:
    """Reads under way, and the states that they build; ``changed`` is read with more than others.

    What has not ended after so many seconds is given up: an alert must not wait for it.
    """

    def __init__(
        self, subjects: Iterable[Subject], changed: Subject | None, seconds: float | None = None
    ) -> None:
        self._as_of = datetime.now(UTC)
        self._seconds = DEADLINE if seconds is None else seconds
        self._problems = Problems()
        self._buildings: dict[Subject, Building] = {}
        self._lock = Lock()
        self._lookup = Lookup(clients.iam(), self._problems, self._begin, changed)
        self._reach = Reach(self._lookup)
        first = tuple(read for subject in subjects for read in self._begin(subject))
        self._done = start(self._of_changed(first))
        self._done.add_done_callback(self._close)

    def unique_id(self, subject: Subject) -> str | None:
        """The subject's unique id as soon as it is known; None where it never will be."""
        return self._buildings[subject].unique_id()

    def states(self) -> States:
        """All states, once everything is read."""
        try:
            self._done.result(self._left(self._seconds))
        except TimeoutError:
            if self._reach.crowd:
                self._reach.crowd.give_up()
            says = f"what was read in {self._seconds:.0f} s is not all: AWS does not answer"
            return States({}, (*self._problems.all(), Problem(says)))
        buildings = self._buildings.values()
        states = (building.state() for building in buildings)
        known = {state.subject: state for state in states if state is not None}
        absent = frozenset(building.subject for building in buildings if building.absent)
        read = States(known, self._reach.problems(absent), absent, self._reach.all())
        whole = self._with(self._reach.crowd, read) if self._reach.crowd else read
        return replace(whole, problems=(*self._problems.all(), *whole.problems))

    def _with(self, many: Crowd, read: States) -> States:
        """What was read, with the states of a crowd and of all that it draws on."""
        world = {**many.known(self._left(crowd.DEADLINE)), **read.known}
        found, missing = gathered(read.reached, world)
        unread = [subject for subject in missing if subject.kind in PRINCIPALS]
        lenders = [subject for subject in missing if subject.kind not in PRINCIPALS]
        rest = self._rest((*lenders, *unread[: reach.MOST]))
        whole = States(found).joined(read).joined(rest)
        left = [each for each in unread if whole.of(each) is None and each not in whole.absent]
        if not left:
            return whole
        says = f"{len(left)} of the {len(read.reached)} reached were not read, nor judged"
        return replace(whole, problems=(*whole.problems, Problem(says)))

    def _rest(self, wanted: tuple[Subject, ...]) -> States:
        """The states of what the pages do not hold, in the time that is left for it."""
        seconds = self._left(crowd.DEADLINE)
        if not wanted or not seconds:
            return States({})
        return LiveReading(wanted, None, seconds).states()

    def _left(self, seconds: float) -> float:
        return max(0.0, seconds - (datetime.now(UTC) - self._as_of).total_seconds())

    def _of_changed(self, first: Iterable[Read]) -> Iterable[Read]:
        """All first reads, with those of the changed subject that are made of no other.

        What leads to the most further reads comes first.
        """
        changed = self._lookup.changed
        if changed is None:
            return first
        further = changed_reads(self._lookup, self._buildings[changed])
        return (*self._reach.reads(changed), *first, *further)

    def _close(self, _: object) -> None:
        """Let nobody wait for an id that a read which died unexpectedly can no longer give."""
        with self._lock:
            for building in self._buildings.values():
                building.close()

    def _begin(self, subject: Subject, known: Mapping[str, Any] | None = None) -> Iterable[Read]:
        """The first reads of a subject that is not being read yet, whose profile may be known."""
        with self._lock:
            if subject in self._buildings:
                return ()
            building = self._buildings[subject] = Building(subject, self._as_of)
        if known:
            holders.is_group(building, known)
        return reads(self._lookup, building)


class LiveAccount:
    """The account that the function's credentials belong to; ``own`` knows Snapback's parts.

    ``regions`` are read beside the function's own where all of it is.
    """

    def __init__(self, own: Own | None = None, *, regions: Iterable[str] = ()) -> None:
        self._own = own or Own()
        self._regions = tuple(regions)

    def reading(self, subjects: Iterable[Subject], *, reach: Subject | None = None) -> LiveReading:
        """Start to read the subjects' states and those of everything that they draw on."""
        return LiveReading(subjects, reach)

    def name_of(self, kind: Kind, unique_id: str) -> str | None:
        """The name that the user, group or server certificate with this id has now."""
        operation, items, word = _LISTS[kind]
        paginator: Any = clients.iam().get_paginator(operation)  # type: ignore[call-overload]  # the overloads want literal names
        listed = (each for page in paginator.paginate() for each in page[items])
        return next(
            (each[f"{word}Name"] for each in listed if each[f"{word}Id"] == unique_id), None
        )

    def everything(self) -> Iterable[States]:
        """The states of the whole account, page by page.

        Its id is that of its users and roles, of which there is one: whoever calls.
        """
        iam, cloudtrail = clients.iam(), clients.cloudtrail(clients.region())
        owners = set[Subject]()
        for page in chain(switches.users(iam), whole.others(iam)):
            yield page
            owners.update(details.owners(page))
        yield self.reading(owners).states()
        yield from self._listed(partial(details.trails, cloudtrail))
        for list_all in (providers, instance_profiles, devices, certificates.certificates):
            yield from self._listed(partial(list_all, iam))
        yield from self._listed(partial(stores.stores, cloudtrail))
        yield from self._listed(partial(own_parts.watches, self._own, clients.region()))
        yield from self._listed(partial(own_parts.functions, self._own))
        for region in self._regions:
            yield from self._of_region(region)

    def identities(self) -> Iterable[States]:
        """Those of users, groups, roles and policies alone."""
        return details.pages(clients.iam())

    def _of_region(self, region: str) -> Iterator[States]:
        """The states of what is at home in another region, of which this one knows nothing."""
        cloudtrail = clients.cloudtrail(region)
        for list_all in (
            partial(details.trails_at_home, cloudtrail),
            partial(stores.stores, cloudtrail),
            partial(own_parts.watches, self._own, region),
        ):
            yield from self._listed(list_all, f"a list of {region}")

    def _listed(
        self, list_all: Callable[[], tuple[Subject, ...]], what: str = "a list"
    ) -> Iterator[States]:
        """The states of all that a list names; without the list, why it could not be read."""
        try:
            subjects = list_all()
        except (ClientError, BotoCoreError) as error:
            yield States({}, (Problem(f"{what} could not be read: {reason(error)}"),))
            return
        for at in range(0, len(subjects), _PORTION):
            yield self.reading(subjects[at : at + _PORTION]).states()
