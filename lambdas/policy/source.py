"""Sources: documents with where they come from, and all those that a principal draws on.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lambdas.model.arn import Arn
from lambdas.model.subject import Subject
from lambdas.policy.document import Document

if TYPE_CHECKING:
    from lambdas.model.problem import Problem


class Source(NamedTuple):
    """A document and where it comes from, in words such as: inline policy "a" of user alice."""

    says: str
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Power:
    """What a principal may do, as far as its own policies and its boundary say.

    ``arn`` is None where the principal does not exist or was not read. ``groups`` are the ARNs of
    its groups, ``policies`` those of the customer managed policies it draws on or is bounded by.
    ``boundary_arn`` stands also where the boundary could not be read; then ``boundary`` is None
    and nothing is taken to be restricted, because power must never be underestimated.
    """

    subject: Subject
    arn: str | None = None
    identity: tuple[Source, ...] = ()
    boundary: Source | None = None
    boundary_arn: str | None = None
    groups: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    scps: tuple[tuple[Source, ...], ...] = ()
    """Service control policies, level by level: each level must allow what the principal does.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """
    problems: "tuple[Problem, ...]" = ()
    variables: dict[str, str] = field(default_factory=dict)
    """Policy variables known without a request: name in lower case -> value."""

    @property
    def account(self) -> str:
        """The account as ARNs spell it; ``*`` where the principal's ARN is not known."""
        arn = Arn.parse(self.arn or "")
        return arn.account if arn else "*"

    @property
    def partition(self) -> str:
        """The partition as ARNs spell it; ``*`` where the principal's ARN is not known."""
        arn = Arn.parse(self.arn or "")
        return arn.partition if arn else "*"
