"""Ways up, as data: sets of actions with which a principal gives itself more power.

Gathered from the public lists of pathfinding.cloud, Prowler, Cloudsplaining, Pacu and PMapper,
whose names for a way are its id here where they have one.
"""

from dataclasses import dataclass
from enum import StrEnum

from lambdas.model.finding import Certainty
from lambdas.model.severity import Severity


class Target(StrEnum):
    """What the actions of a way must be allowed on, seen from the caller."""

    ITSELF = "the caller's own user"
    ITS_GROUP = "a group of the caller"
    ITS_POLICY = "a policy that the caller draws on or is bounded by"
    A_GROUP = "a group that the caller is not in yet"
    A_ROLE = "the caller's own role, or one that it can assume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One set of actions that leads to more power.

    ``says`` completes a sentence that begins with the caller. ``beyond`` are actions that are
    needed too where the role is not the caller itself. ``unbinds`` marks a way that only lifts a
    boundary, ``at_most`` how sure it can be, ``severity`` how loud it is when certain.
    """

    id: str
    actions: tuple[str, ...]
    target: Target
    says: str
    beyond: tuple[str, ...] = ()
    unbinds: bool = False
    at_most: Certainty = Certainty.CERTAIN
    severity: Severity = Severity.HIGH

    @property
    def all_actions(self) -> tuple[str, ...]:
        """Everything that the way can need."""
        return (*self.actions, *self.beyond)


PATHS = (
    Path(
        id="iam-001",
        actions=("iam:CreatePolicyVersion",),
        target=Target.ITS_POLICY,
        says="can rewrite a managed policy that it draws on",
    ),
    Path(
        id="setdefaultpolicyversion",
        actions=("iam:SetDefaultPolicyVersion",),
        target=Target.ITS_POLICY,
        says="can switch a managed policy that it draws on to another of its versions",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="iam-007",
        actions=("iam:PutUserPolicy",),
        target=Target.ITSELF,
        says="can write its own inline policies",
    ),
    Path(
        id="iam-008",
        actions=("iam:AttachUserPolicy",),
        target=Target.ITSELF,
        says="can attach any policy to itself",
    ),
    Path(
        id="iam-010",
        actions=("iam:AttachGroupPolicy",),
        target=Target.ITS_GROUP,
        says="can attach any policy to a group that it is in",
    ),
    Path(
        id="iam-011",
        actions=("iam:PutGroupPolicy",),
        target=Target.ITS_GROUP,
        says="can write the inline policies of a group that it is in",
    ),
    Path(
        id="iam-013",
        actions=("iam:AddUserToGroup",),
        target=Target.A_GROUP,
        says="can add itself to other groups",
        at_most=Certainty.POSSIBLE,
    ),
    Path(
        id="iam-005",
        actions=("iam:PutRolePolicy",),
        target=Target.A_ROLE,
        says="can write the inline policies of its own role or of one that it can assume",
    ),
    Path(
        id="iam-009",
        actions=("iam:AttachRolePolicy",),
        target=Target.A_ROLE,
        says="can attach any policy to its own role or to one that it can assume",
    ),
    Path(
        id="createrole+putrolepolicy",
        actions=("iam:CreateRole", "iam:PutRolePolicy"),
        target=Target.A_ROLE,
        says="can make a role that it can assume and write the role's inline policies",
    ),
    Path(
        id="attachrolepolicy+createrole",
        actions=("iam:AttachRolePolicy", "iam:CreateRole"),
        target=Target.A_ROLE,
        says="can make a role that it can assume and attach any policy to it",
    ),
    Path(
        id="putuserpermissionsboundary",
        actions=("iam:PutUserPermissionsBoundary",),
        target=Target.ITSELF,
        says="can exchange its own permissions boundary",
        unbinds=True,
    ),
    Path(
        id="deleteuserpermissionsboundary",
        actions=("iam:DeleteUserPermissionsBoundary",),
        target=Target.ITSELF,
        says="can delete its own permissions boundary",
        unbinds=True,
    ),
    Path(
        id="putrolepermissionsboundary+assumerole",
        actions=("iam:PutRolePermissionsBoundary",),
        beyond=("sts:AssumeRole",),
        target=Target.A_ROLE,
        says="can exchange the permissions boundary of its own role or of one that it can assume",
        unbinds=True,
    ),
    Path(
        id="taguser",
        actions=("iam:TagUser",),
        target=Target.ITSELF,
        says="can tag itself, which is more power where conditions trust tags",
        at_most=Certainty.POSSIBLE,
        severity=Severity.LOW,
    ),
    Path(
        id="tagrole",
        actions=("iam:TagRole",),
        target=Target.A_ROLE,
        says="can tag its own role or one that it can assume, which is more power where "
        "conditions trust tags",
        at_most=Certainty.POSSIBLE,
        severity=Severity.LOW,
    ),
)
"""The ways in which a principal acts on itself or on what lends it power."""
