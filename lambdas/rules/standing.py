"""Standings: what a power comes to, judged once for all who draw on the same documents.

A change to a group or policy reaches thousands, and most of them differ in nothing that matters.
"""

from dataclasses import replace
from functools import lru_cache

from lambdas.policy.administrator import administrator, may_be_administrator
from lambdas.policy.chains.alike import Alike
from lambdas.policy.chains.relevant import relevant
from lambdas.policy.document import Document
from lambdas.policy.escalation import Way, ways
from lambdas.policy.escalation.path import Path
from lambdas.policy.escalation.paths import named_paths
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.power import Power
from lambdas.policy.widening import widened

_KEPT = 8192
"""Powers of which it is kept what they come to: those before and after are judged several times."""


def rank(power: Power) -> Decision:
    """Whether the principal is an administrator of its account.

    What only allows takes nothing away: whoever is administrator without such documents is one.
    """
    core = _core(power)
    if core.identity and (found := _rank(Alike.of(core))).answer is Answer.ALLOWED:
        return found
    if not may_be_administrator(source.document for source in power.identity):
        return Decision(Answer.DENIED)
    return _rank(Alike.of(relevant(power)))


def _core(power: Power) -> Power:
    """The power of the documents that may make an administrator, and of those that deny."""
    kept = tuple(source for source in power.identity if _counts(source.document))
    return replace(power, identity=kept)


@lru_cache(maxsize=_KEPT)
def _counts(document: Document) -> bool:
    return document.forbids or may_be_administrator((document,))


@lru_cache(maxsize=_KEPT)
def _rank(alike: Alike) -> Decision:
    return administrator(alike.power)


def openings(power: Power) -> tuple[Way, ...]:
    """The ways up that the power opens, none beside a shorter one."""
    if not named_paths(source.document for source in power.identity):
        return ()
    first, found = _ways(Alike.of(relevant(power)))
    own = power.arn
    if own is None or own == first:
        return found
    return tuple(replace(way, on=own) if way.on == first else way for way in found)


@lru_cache(maxsize=_KEPT)
def _ways(alike: Alike) -> tuple[str | None, tuple[Way, ...]]:
    """The ways, some of them on the principal with this ARN: each has those on itself."""
    return alike.power.arn, ways(alike.power)


def widening(before: Power, after: Power, path: Path) -> Way | None:
    """A way that was open before, over what it did not lead to then; None where that is nothing."""
    known = {source.document for source in before.identity}
    if all(source.document in known for source in after.identity):
        return None
    return _widened(Alike.of(relevant(before)), Alike.of(relevant(after)), path)


@lru_cache(maxsize=_KEPT)
def _widened(before: Alike, after: Alike, path: Path) -> Way | None:
    return widened(before.power, after.power, path)
