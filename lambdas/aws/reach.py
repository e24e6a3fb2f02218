"""Reach: the principals to whom a group or a policy lends power, found and read live."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from lambdas.aws.identities import existing
from lambdas.aws.reads import Problems, Read
from lambdas.model.problem import Problem
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

MOST = 100
"""Principals whose states are read: each needs some four reads, and the alert waits for them."""


class Reach:
    """Everyone whom one subject reaches; ``more`` starts to read a principal's state."""

    def __init__(
        self, iam: "IAMClient", problems: Problems, more: Callable[[Subject], Iterable[Read]]
    ) -> None:
        self._iam = iam
        self._problems = problems
        self._more = more
        self._found: dict[Subject, None] = {}
        self._lock = Lock()

    def reads(self, subject: Subject) -> Iterable[Read]:
        """The reads that find whom a subject reaches; none for what reaches nobody else."""
        makers: Mapping[Kind, tuple[str, Callable[[Subject], Iterable[Read]]]] = {
            Kind.GROUP: ("members", self._members),
            Kind.POLICY: ("holders", self._holders),
        }
        if subject.kind not in makers:
            return ()
        what, read = makers[subject.kind]
        return (self._problems.guarded(f"the {what} of {subject}", partial(read, subject)),)

    def all(self) -> tuple[Subject, ...]:
        """Everyone who was found, in a fixed order."""
        with self._lock:
            return tuple(sorted(self._found))

    def problems(self) -> tuple[Problem, ...]:
        """That not everyone was read, if so."""
        unread = len(self.all()) - MOST
        if unread <= 0:
            return ()
        return (Problem(f"{unread} of the {len(self.all())} reached were not read, nor judged"),)

    def _members(self, group: Subject) -> Iterable[Read]:
        """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html."""
        pages = self._iam.get_paginator("get_group").paginate(GroupName=group.name)
        return self._reached(
            Subject(Kind.USER, user["UserName"])
            for page in existing(pages)
            for user in page["Users"]
        )

    def _holders(self, policy: Subject) -> Iterable[Read]:
        """Without a filter, those whom the policy bounds are among them.

        https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
        """
        principals: list[Subject] = []
        groups: list[Subject] = []
        paginator = self._iam.get_paginator("list_entities_for_policy")
        for page in existing(paginator.paginate(PolicyArn=policy.name)):
            principals += [Subject(Kind.USER, user["UserName"]) for user in page["PolicyUsers"]]
            principals += [Subject(Kind.ROLE, role["RoleName"]) for role in page["PolicyRoles"]]
            groups += [Subject(Kind.GROUP, group["GroupName"]) for group in page["PolicyGroups"]]
        through = (read for group in groups for read in self.reads(group))
        return (*through, *self._reached(principals))

    def _reached(self, principals: Iterable[Subject]) -> Iterable[Read]:
        found = tuple(principals)
        with self._lock:
            room = max(0, MOST - len(self._found))
            new = [principal for principal in found if principal not in self._found]
            self._found.update(dict.fromkeys(new))
        return tuple(read for principal in new[:room] for read in self._more(principal))
