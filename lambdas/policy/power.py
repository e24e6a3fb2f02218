"""Power: all that a principal draws on, composed from the states of the subjects that lend it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterator

from lambdas.model.arn import Arn
from lambdas.model.problem import Problem
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.document import DocumentError, parse
from lambdas.policy.source import Power, Source

__all__ = ["NAMES_PRINCIPALS", "Power", "Source", "compose"]

NAMES_PRINCIPALS = "names principals, as only a resource's policy may: no such Deny counts"
"""What is wrong with a policy of a principal; its name comes before it."""
_AWS = "aws"
"""What stands in the account field of the ARN of a policy that AWS owns."""


def compose(principal: Subject, states: States) -> Power:
    """The principal's power as these states show it.

    Whatever is missing from the states, was not read, or does not parse becomes a problem; the
    rest is judged all the same.
    """
    problems: list[Problem] = []
    holders = tuple(_holders(principal, states, problems))
    arns = tuple(arn for holder in holders for arn in _part(holder, Part.ATTACHED, problems))
    boundary, boundary_arn = _boundary(holders, states, problems)
    drawn_on = (*arns, boundary_arn) if boundary_arn else arns
    state = states.of(principal)
    return Power(
        subject=principal,
        arn=state.arn if state else None,
        identity=tuple(
            source for holder in holders for source in _lent(holder, principal, states, problems)
        ),
        boundary=boundary,
        boundary_arn=boundary_arn,
        groups=tuple(h.arn for h in holders if h.subject.kind is Kind.GROUP),
        policies=tuple(dict.fromkeys(filter(_is_customers, drawn_on))),
        problems=tuple(dict.fromkeys(problems)),
        variables={"aws:username": principal.name} if principal.kind is Kind.USER else {},
    )


def _holders(principal: Subject, states: States, problems: list[Problem]) -> Iterator[State]:
    """The principal's state, and those of its groups."""
    state = states.of(principal)
    if state is None:
        problems.append(Problem(f"{principal} was not found, so its power is not known"))
        return
    yield state
    if principal.kind is not Kind.USER:
        return
    for name in _part(state, Part.GROUPS, problems):
        group = states.of(Subject(Kind.GROUP, name))
        if group is None:
            problems.append(Problem(f"group {name} of {principal} could not be read"))
        else:
            yield group


def _part(holder: State, part: Part, problems: list[Problem]) -> dict[str, str]:
    held = holder.parts.get(part)
    if held is None:
        problems.append(Problem(f"{part} of {holder.subject} was not read"))
    return dict(held or {})


def _lent(
    holder: State, principal: Subject, states: States, problems: list[Problem]
) -> Iterator[Source]:
    """The documents that the principal itself, or one of its groups, lends to it."""
    through = "" if holder.subject == principal else f" through {holder.subject}"
    for arn in _part(holder, Part.ATTACHED, problems):
        yield from _managed(arn, through, states, problems)
    for name, text in _part(holder, Part.INLINE, problems).items():
        yield from _parsed(f'inline policy "{name}" of {holder.subject}', text, problems)


def _managed(arn: str, through: str, states: States, problems: list[Problem]) -> Iterator[Source]:
    state = states.of(Subject(Kind.POLICY, arn))
    held = state.parts.get(Part.DOCUMENT, {}) if state else {}
    if not held:
        problems.append(Problem(f"managed policy {arn}{through} could not be read"))
    for version, text in held.items():
        yield from _parsed(f"managed policy {arn} ({version}){through}", text, problems)


def _parsed(says: str, text: str, problems: list[Problem]) -> Iterator[Source]:
    try:
        document = parse(text)
    except DocumentError as error:
        problems.append(Problem(f"{says} is no valid policy document: {error}"))
        return
    if any(not statement.own for statement in document.statements):
        problems.append(Problem(f"{says} {NAMES_PRINCIPALS}"))
    yield Source(says, document)


def _boundary(
    holders: tuple[State, ...], states: States, problems: list[Problem]
) -> tuple[Source | None, str | None]:
    """The boundary of the principal itself: groups have none."""
    arn = next((_part(holder, Part.BOUNDARY, problems).get(ONLY) for holder in holders), None)
    if arn is None:
        return None, None
    return next(_managed(arn, " as permissions boundary", states, problems), None), arn


def _is_customers(arn: str) -> bool:
    parsed = Arn.parse(arn)
    return parsed is None or parsed.account != _AWS
