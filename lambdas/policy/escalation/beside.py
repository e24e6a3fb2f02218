"""Actions beside a way's target: each must be allowed on what it acts on itself."""

from collections.abc import Iterable, Iterator

from lambdas.policy.escalation.asking import Asking
from lambdas.policy.escalation.resources import ANY, needs
from lambdas.policy.evaluate import Answer, Decision


def beside(asking: Asking, actions: Iterable[str]) -> Iterator[Decision]:
    """What decides about each action; those on the same kind of thing must meet on one.

    Where nothing allows one of them, a denial is among the decisions.
    """
    together: dict[tuple[str, ...], list[str]] = {}
    for action in actions:
        for patterns in needs(action):
            together.setdefault(patterns, []).append(action)
    for patterns, wanted in together.items():
        on_each = (_decided(asking, wanted, asking.own(pattern)) for pattern in patterns)
        yield from max(on_each, key=_answer)


def _decided(asking: Asking, actions: list[str], pattern: str) -> list[Decision]:
    """The decisions on that part of the pattern on which most is allowed."""
    if pattern == ANY:
        return [asking.here(action, ANY) for action in actions]
    first, *further = actions
    if not further:
        return [asking.somewhere(first, pattern)]
    best = [Decision(Answer.DENIED)]
    for part in dict.fromkeys(each for one in actions for each in asking.regions(one, pattern)):
        found = [asking.somewhere(action, part) for action in actions]
        if _answer(found) > _answer(best):
            best = found
        if _answer(best) is Answer.ALLOWED:
            break
    return best


def _answer(decisions: list[Decision]) -> Answer:
    return min(decision.answer for decision in decisions)
