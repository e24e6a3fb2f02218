"""Decisions: whether a principal's power allows an action, with the statements that say so.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from lambdas.policy.applying import (
    CONCRETE,
    GENERAL,
    SOME,
    Applying,
    Fit,
    Found,
    Question,
    applying,
    known_pattern,
)
from lambdas.policy.document import Effect, Statement
from lambdas.policy.match import covers, meets_arns
from lambdas.policy.source import Power
from lambdas.policy.wording import condition_words, marked, statement_words

_PARTS = 16
"""Parts of a pattern that are asked about one by one."""
_TOLD = 4
"""Statements, or conditions, that a decision names at most."""


class Answer(IntEnum):
    """What is known before a request is made; the greater, the more is allowed."""

    DENIED = 0
    CONDITIONAL = 1
    ALLOWED = 2

    def __str__(self) -> str:
        return ("denied", "allowed if", "allowed")[self]


class Decision(NamedTuple):
    """An answer with its reasons.

    ``because`` names the statements that decided, with their sources; it is empty where nothing
    allows the action. ``given`` holds the conditions, in words; all of them must hold.
    """

    answer: Answer
    because: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


_NOWHERE_ALLOWED = Decision(Answer.DENIED)
_ANSWERS = {Fit.IF: Answer.CONDITIONAL, Fit.YES: Answer.ALLOWED}


def decide(power: Power, action: str, resource: str) -> Decision:
    """Whether the action is allowed on one resource, given by its ARN (or ``*``)."""
    return _decided(power, action, resource, CONCRETE)


def decide_general(power: Power, action: str, pattern: str) -> Decision:
    """Whether the action is allowed on the pattern's resources but for those singled out."""
    return _decided(power, action, pattern, GENERAL)


def decide_some(power: Power, action: str, pattern: str) -> Decision:
    """Whether the action is allowed on at least one resource of the pattern: users, roles, ...

    Where the boundary and several statements cut the pattern up, the answer may be too high and
    is never too low.
    """
    best = _NOWHERE_ALLOWED
    for region in regions(power, action, pattern):
        found = _decided(power, action, region, SOME)
        if found.answer is Answer.ALLOWED:
            return found
        if found.answer > best.answer or best is _NOWHERE_ALLOWED:
            best = found
    return best


def is_denied(power: Power, action: str, pattern: str) -> bool:
    """Whether a Deny statement without condition forbids the action on all that is like this."""
    found = _decided(power, action, pattern, SOME)
    return found.answer is Answer.DENIED and bool(found.because)


def regions(power: Power, action: str, pattern: str) -> tuple[str, ...]:
    """The parts of the pattern, as patterns, that Allow statements open to the action.

    Many parts become one that takes them all in, so that no document can make judging slow.
    """
    opened = (
        region
        for source in power.identity
        for statement in source.document.naming(action.lower())
        if statement.effect is Effect.ALLOW
        for region in _opened(statement, power, pattern)
    )
    parts = tuple(dict.fromkeys(opened))
    if len(parts) <= _PARTS:
        return parts
    joint = f"{_shared_start(min(parts), max(parts))}*"
    return (pattern if covers(joint, pattern) else joint,)


def _shared_start(least: str, greatest: str) -> str:
    """What all texts begin with that lie between these two in order."""
    pairs = enumerate(zip(least, greatest, strict=False))
    return least[: next((at for at, (a, b) in pairs if a != b), len(least))]


def _opened(statement: Statement, power: Power, pattern: str) -> Iterator[str]:
    if statement.resources is None:
        yield pattern
    for given in statement.resources or ():
        region, _ = known_pattern(given, statement, power)
        if meets_arns(region, pattern):
            yield pattern if covers(region, pattern) else region


def _decided(power: Power, action: str, resource: str, question: Question) -> Decision:
    """An explicit Deny first; then every layer must allow; then what conditional Denies leave."""
    name = action.lower()
    identity = applying(power.identity, power, name, resource, question)
    limits = (*(((power.boundary,),) if power.boundary else ()), *power.scps)
    layers = [identity]
    layers.extend(applying(limit, power, name, resource, question) for limit in limits)
    if denies := _denies(layers, Fit.YES):
        return Decision(Answer.DENIED, _sources(denies))
    lowest = min(map(_allowed_by, layers))
    if lowest is Answer.DENIED:
        return _NOWHERE_ALLOWED
    unless = _denies(layers, Fit.IF)
    if lowest is Answer.ALLOWED and not unless:
        return Decision(Answer.ALLOWED, _sources(identity.allows[Fit.YES]))
    return _conditional(layers, unless)


def _denies(layers: list[Applying], fit: Fit) -> Found:
    return [deny for layer in layers if layer.denies for deny in layer.denies.get(fit, ())]


def _best(layer: Applying) -> Fit:
    return max(layer.allows)


def _allowed_by(layer: Applying) -> Answer:
    """What the Allow statements of one layer say by themselves."""
    return _ANSWERS[_best(layer)] if layer.allows else Answer.DENIED


def _conditional(layers: list[Applying], denies: Found) -> Decision:
    """Each layer that allows only under conditions must have one of them met, and no Deny any."""
    asking = [layer for layer in layers if _allowed_by(layer) is Answer.CONDITIONAL]
    allows = [allow for layer in asking or layers[:1] for allow in layer.allows[_best(layer)]]
    given = (_either(layer.allows[Fit.IF], "if") for layer in asking)
    unless = (_either([deny], "unless") for deny in denies)
    return Decision(
        Answer.CONDITIONAL,
        _sources([*allows, *denies]),
        tuple(dict.fromkeys([*given, *_marked([*unless])])),
    )


def _sources(found: Found) -> tuple[str, ...]:
    return tuple(_at_most([f"{source.says}, {statement_words(s)}" for source, s in found]))


def _either(found: Found, word: str) -> str:
    conditions = dict.fromkeys(f"{word} {condition_words(statement)}" for _, statement in found)
    return ", or ".join(_marked([*conditions]))


def _at_most(texts: list[str]) -> list[str]:
    more = len(texts) - _TOLD
    return [*texts[:_TOLD], f"and {more} more"] if more > 0 else texts


def _marked(texts: list[str]) -> list[str]:
    """At most some conditions, told apart from others that begin alike."""
    shown = _at_most(texts)
    return [*shown[:-1], marked(shown[-1], repr(texts))] if len(texts) > _TOLD else shown
