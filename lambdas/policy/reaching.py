"""Which statements of which policies apply to a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Iterable, Iterator
from typing import Final

from lambdas.policy.condition import UndecidedError, hold
from lambdas.policy.document import Effect, Statement
from lambdas.policy.principals import Named, named
from lambdas.policy.request import Request
from lambdas.policy.source import Source
from lambdas.policy.wording import statement_words

Found = tuple[Source, Statement]
Levels = tuple[tuple[Source, ...], ...]


class Policies:
    """Everything that has a say in a request; None is a policy that is not there.

    ``forbid`` says whether any of them denies anything at all, ``limit`` whether an organization
    has a say: most need not be asked.
    """

    def __init__(
        self,
        *,
        identity: tuple[Source, ...] = (),
        boundary: Source | None = None,
        scps: Levels = (),
        rcps: Levels = (),
        session: Source | None = None,
        resource: Source | None = None,
    ) -> None:
        """``scps`` and ``rcps`` are by level: the root, each organizational unit, the account.

        A level without any policy allows nothing, as AWS has it.
        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
        """
        self.identity: Final = identity
        self.boundary: Final = boundary
        self.scps: Final = scps
        self.rcps: Final = rcps
        self.session: Final = session
        self.resource: Final = resource
        levels = (*scps, *rcps, self.own, filter(None, (resource,)))
        self.forbid: Final = any(each.document.forbids for level in levels for each in level)
        self.limit: Final = bool(scps or rcps)

    @property
    def own(self) -> tuple[Source, ...]:
        """Those of the caller itself."""
        return (*self.identity, *filter(None, (self.boundary, self.session)))


Case = tuple[Request, Policies, list[Found], list[str]]
"""A request and its policies; while they are judged, what allows it and errors are gathered."""


def words(found: Found) -> str:
    """Such as: identity policy 1, statement "Admin" (Allow * on *)."""
    source, statement = found
    return f"{source.says}, {statement_words(statement)}"


def allowing(sources: Iterable[Source], request: Request, errors: list[str]) -> Found | None:
    """The first statement that allows the request, of policies that bind whom they belong to.

    These are identity-based policies, boundaries, session policies and service control policies.
    What could not be judged of them counts only where nothing allows the request.
    """
    undecided: list[str] = []
    for source in sources:
        for statement in source.document.allows.naming(request.action, request.service):
            if not statement.own:
                undecided += _of_others(source, statement, request)
            elif _applies(source, statement, request, undecided):
                return source, statement
    errors += undecided
    return None


def denying(sources: Iterable[Source], request: Request, errors: list[str]) -> list[Found]:
    """All statements that deny the request, of policies that bind whom they belong to."""
    found = []
    for source in sources:
        for statement in source.document.denies.naming(request.action, request.service):
            if not statement.own:
                errors += _of_others(source, statement, request)
            elif _applies(source, statement, request, errors):
                found.append((source, statement))
    return found


def _of_others(source: Source, statement: Statement, request: Request) -> tuple[str, ...]:
    """What is wrong with a statement that binds nobody here, whatever its condition is."""
    if not _reaches(statement, request):
        return ()
    return (f"{words((source, statement))}: this policy names no principals",)


def of_resource(
    sources: Iterable[Source],
    effect: Effect,
    request: Request,
    policies: Policies,
    errors: list[str],
) -> Iterator[tuple[Found, Named]]:
    """The statements that apply, of policies that name principals, and by what they name it."""
    for source in sources:
        document = source.document
        index = document.allows if effect is Effect.ALLOW else document.denies
        for statement in index.naming(request.action, request.service):
            if _applies(source, statement, request, errors):
                try:
                    by = named(statement, request.caller, bounded=policies.boundary is not None)
                except UndecidedError as error:
                    errors.append(f"{words((source, statement))}: {error}")
                else:
                    if by:
                        yield (source, statement), by


def _reaches(statement: Statement, request: Request) -> bool:
    return statement.anywhere or statement.reaches(request.resource, request.context)


def _applies(source: Source, statement: Statement, request: Request, errors: list[str]) -> bool:
    if not _reaches(statement, request):
        return False
    if not statement.asked:
        return True
    try:
        return hold(statement.asked, request.context)
    except UndecidedError as error:
        errors.append(f"{words((source, statement))}: {error}")
        return False
