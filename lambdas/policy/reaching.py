"""Which statements of which policies apply to a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lambdas.policy.condition import UndecidedError, hold
from lambdas.policy.document import Effect, Statement
from lambdas.policy.power import Source
from lambdas.policy.principals import Named, named
from lambdas.policy.request import Request
from lambdas.policy.wording import statement_words

Found = tuple[Source, Statement]
Levels = tuple[tuple[Source, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policies:
    """Everything that has a say in a request; None is a policy that is not there.

    ``scps`` and ``rcps`` are by level: the root, each organizational unit, the account. A level
    without any policy allows nothing, as AWS has it.
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """

    identity: tuple[Source, ...] = ()
    boundary: Source | None = None
    scps: Levels = ()
    rcps: Levels = ()
    session: Source | None = None
    resource: Source | None = None
    forbidding: tuple[Source, ...] = field(init=False)
    """Those of the caller's own that deny anything at all."""
    organized: bool = field(init=False)
    """Whether policies of an organization have a say."""

    def __post_init__(self) -> None:
        own = (*self.identity, *filter(None, (self.boundary, self.session)))
        forbidding = tuple(source for source in own if source.document.forbids)
        object.__setattr__(self, "forbidding", forbidding)
        object.__setattr__(self, "organized", bool(self.scps or self.rcps))


def words(found: Found) -> str:
    """Such as: identity policy 1, statement "Admin" (Allow * on *)."""
    source, statement = found
    return f"{source.says}, {statement_words(statement)}"


def of_identity(
    sources: Iterable[Source], effect: Effect, request: Request, errors: list[str]
) -> Iterator[Found]:
    """The statements that apply, of policies that bind whom they are attached to.

    These are identity-based policies, boundaries, session policies and service control policies.
    """
    for source in sources:
        for statement in _naming(source, effect, request):
            if _applies(source, statement, request, errors):
                if statement.principal is None and statement.not_principal is None:
                    yield source, statement
                else:
                    errors.append(f"{words((source, statement))}: this policy names no principals")


def of_resource(
    sources: Iterable[Source],
    effect: Effect,
    request: Request,
    policies: Policies,
    errors: list[str],
) -> Iterator[tuple[Found, Named]]:
    """The statements that apply, of policies that name principals, and by what they name it."""
    for source in sources:
        for statement in _naming(source, effect, request):
            if _applies(source, statement, request, errors):
                try:
                    by = named(statement, request.caller, bounded=policies.boundary is not None)
                except UndecidedError as error:
                    errors.append(f"{words((source, statement))}: {error}")
                else:
                    if by:
                        yield (source, statement), by


def _naming(source: Source, effect: Effect, request: Request) -> Sequence[Statement]:
    document = source.document
    index = document.allows if effect is Effect.ALLOW else document.denies
    return index.naming(request.action, request.service)


def _applies(source: Source, statement: Statement, request: Request, errors: list[str]) -> bool:
    if not statement.reaches(request.resource, request.context):
        return False
    if not statement.asked:
        return True
    try:
        return hold(statement.asked, request.context)
    except UndecidedError as error:
        errors.append(f"{words((source, statement))}: {error}")
        return False
