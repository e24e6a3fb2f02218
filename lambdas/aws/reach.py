"""Reach: the principals to whom a group or a policy lends power, found and read live."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Lock

from lambdas.aws.crowd import Crowd
from lambdas.aws.lookup import Lookup, existing
from lambdas.aws.reads import Read
from lambdas.model.problem import Problem
from lambdas.model.subject import Kind, Subject

MOST = 100
"""Principals that are read each by itself: each needs some four reads, and the alert waits."""
_PAGE = 1000
"""Items asked for at once, the most that there may be."""
_KINDS = {
    Kind.GROUP: (Kind.USER, Kind.GROUP, Kind.POLICY),
    Kind.POLICY: (Kind.USER, Kind.GROUP, Kind.ROLE, Kind.POLICY),
}
"""Kind of what was changed -> those whom it can reach, and all that they draw on."""


class Reach:
    """Everyone whom the changed subject reaches."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._found: dict[Subject, None] = {}
        self._gone: set[Subject] = set()
        self._lock = Lock()
        self.crowd: Crowd | None = None
        """Where more than MOST were found: the account's pages, which hold their states."""

    def reads(self, subject: Subject) -> Iterable[Read]:
        """The reads that find whom a subject reaches; none for what reaches nobody else."""
        makers: Mapping[Kind, tuple[str, Callable[[Subject], Iterable[Read]]]] = {
            Kind.GROUP: ("members", self._members),
            Kind.POLICY: ("holders", self._holders),
        }
        if subject.kind not in makers:
            return ()
        what, read = makers[subject.kind]
        guarded = self._lookup.problems.guarded
        return (guarded(f"the {what} of {subject}", partial(read, subject)),)

    def all(self) -> tuple[Subject, ...]:
        """Everyone who was found, in a fixed order."""
        with self._lock:
            return tuple(sorted(self._found))

    def problems(self, absent: frozenset[Subject]) -> tuple[Problem, ...]:
        """Groups and policies that could not be asked, because they are said not to exist.

        Only of one that was changed itself, and that no other read has seen, is that an answer:
        whoever changed it has deleted it.
        """
        deleted = {subject for subject in absent if subject == self._lookup.changed}
        with self._lock:
            gone = sorted(self._gone - deleted)
        return tuple(
            Problem(f"{subject} is not to be found: whom it reaches is not known")
            for subject in gone
        )

    def _members(self, group: Subject) -> Iterable[Read]:
        """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html."""
        paginator = self._lookup.iam.get_paginator("get_group")
        pages = paginator.paginate(GroupName=group.name, PaginationConfig={"PageSize": _PAGE})
        return self._reached(
            Subject(Kind.USER, user["UserName"])
            for page in existing(pages, partial(self._lost, group))
            for user in page["Users"]
        )

    def _holders(self, policy: Subject) -> Iterable[Read]:
        """Without a filter, those whom the policy bounds are among them.

        https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
        """
        principals: list[Subject] = []
        groups: list[Subject] = []
        paginator = self._lookup.iam.get_paginator("list_entities_for_policy")
        pages = paginator.paginate(PolicyArn=policy.name, PaginationConfig={"PageSize": _PAGE})
        for page in existing(pages, partial(self._lost, policy)):
            principals += [Subject(Kind.USER, user["UserName"]) for user in page["PolicyUsers"]]
            principals += [Subject(Kind.ROLE, role["RoleName"]) for role in page["PolicyRoles"]]
            groups += [Subject(Kind.GROUP, group["GroupName"]) for group in page["PolicyGroups"]]
        through = (read for group in groups for read in self.reads(group))
        return (*through, *self._reached(principals))

    def _lost(self, subject: Subject) -> None:
        with self._lock:
            self._gone.add(subject)

    def _reached(self, principals: Iterable[Subject]) -> Iterable[Read]:
        found = tuple(principals)
        with self._lock:
            new = [principal for principal in found if principal not in self._found]
            self._found.update(dict.fromkeys(new))
            if len(self._found) > MOST:
                self.crowd = self.crowd or self._crowded()
                return ()
        return tuple(read for principal in new for read in self._lookup.more(principal))

    def _crowded(self) -> Crowd:
        changed = self._lookup.changed
        kinds = _KINDS[changed.kind] if changed else ()
        return Crowd(self._lookup.iam, self._lookup.problems, kinds)
