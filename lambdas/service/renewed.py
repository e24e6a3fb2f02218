"""Renewed: what a role holds for a session that begins now, whatever older ones are denied."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lambdas.model.state import Part, State, States
from lambdas.policy.document import DocumentError, Effect, parse
from lambdas.policy.reading import Condition

_OPERATOR, _KEY = "DateLessThan", "aws:tokenissuetime"


def all_renewed(states: States, now: datetime) -> States:
    """The states as they are for whoever assumes a role anew: its older sessions are aside."""
    return replace(states, known={each: renewed(s, now) for each, s in states.known.items()})


def renewed(state: State, now: datetime) -> State:
    """The state without inline policies that do nothing but deny sessions from before now.

    Whoever assumes the role again is denied nothing by them.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
    """
    for name in [*_revocations(state, now)]:
        state = state.edited(Part.INLINE, name, None)
    return state


def _revocations(state: State, now: datetime) -> Iterator[str]:
    for name, text in state.parts.get(Part.INLINE, {}).items():
        try:
            statements = parse(text).statements
        except DocumentError:
            continue
        denies = all(each.effect is Effect.DENY for each in statements)
        if denies and all(_is_of_the_past(each.condition, now) for each in statements):
            yield name


def _is_of_the_past(condition: Condition, now: datetime) -> bool:
    """Whether it holds for sessions from before a moment that has passed, and asks nothing else."""
    asked = [(how, key, values) for how, keys in condition.items() for key, values in keys.items()]
    if len(asked) != 1:
        return False
    [(how, key, values)] = asked
    return (how, key.lower()) == (_OPERATOR, _KEY) and all(_is_past(each, now) for each in values)


def _is_past(moment: object, now: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(moment)) <= now
    except (ValueError, TypeError):
        return False
