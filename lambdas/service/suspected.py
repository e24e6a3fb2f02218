"""Suspected: what sweeps found changed, told once no event is waited for that could explain it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lambdas.model.change import Edit
from lambdas.model.incident import Incident
from lambdas.model.state import Part, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.model.suspicion import Suspicion
from lambdas.service.differences import Difference, unexplained
from lambdas.service.hidden import doers
from lambdas.service.sweeping import Sweeping
from lambdas.service.unannounced import incident
from lambdas.service.unannounced_mail import tell

GRACE = timedelta(minutes=15)
"""How long an event may take; decision 14 says why."""
_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a sweep sees, and the calls of which no sweep has yet looked for what they did."""

    whole: States
    present: Mapping[str, State]
    """By unique id, who is there and has no undo pending."""
    fresh: Mapping[str, Difference]
    """By unique id, what the sweep before this one did not see."""
    hidden: tuple[Incident, ...]
    sure: bool
    """Whether who is not there is gone."""
    pending: frozenset[str]
    """The unique ids of those of whom an undo is pending, and nothing can be said yet."""

    def is_open(self, unique_id: str) -> bool:
        """Whether it is for a later sweep to say what became of a suspect."""
        return unique_id in self.pending or not (self.sure or unique_id in self.present)


@dataclass(frozen=True, slots=True)
class _Open:
    """What no event explains, and the calls whose events hide what they did that can be it."""

    difference: Difference
    edits: tuple[Edit, ...]
    by: tuple[Incident, ...]
    since: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether people are to be told of it, and no event is waited for any more."""
        return self.difference.is_aws_owned or bool(self.by) or now - self.since >= GRACE


def report(seen: Seen, of: Sweeping) -> int:
    """Tell of the suspects for whose events it is too late, and forget those that are explained.

    How many incidents that makes.

    Raises:
        AlertNotSentError: an alert could not be handed over; it is owed.
    """
    suspects, now = of.records.suspects(), of.clock.now()
    suspects = {i: each for i, each in suspects.items() if not seen.is_open(i)}
    open_: dict[str, _Open] = {}
    for unique_id, suspicion in suspects.items():
        difference = _suspected(unique_id, suspicion, seen, of)
        if difference and (found := _opened(difference, suspicion.since, seen, of)):
            open_[unique_id] = found
    due = {each: found for each, found in open_.items() if found.is_due(now)}
    fresh = {i: each for i, each in seen.fresh.items() if seen.hidden and i not in due}
    told = [*due.values(), *_hiding(fresh.values(), seen, of)]
    tell([incident(e.difference, e.edits, seen.whole, of, by=e.by) for e in told], of)
    of.records.clear(suspects.keys() - (open_.keys() - due.keys()))
    return len(told)


def _opened(difference: Difference, since: datetime, seen: Seen, of: Sweeping) -> _Open | None:
    """What is not explained of a difference that was met then; None where all of it is."""
    edits = unexplained(difference, _about(difference, of))
    if edits is None:
        return None
    return _Open(difference, edits, doers(difference, edits, since, seen.hidden), since)


def _hiding(fresh: Iterable[Difference], seen: Seen, of: Sweeping) -> Iterator[_Open]:
    """What a hidden call can have done to those of whom something older is suspected."""
    for each in fresh:
        former = _regrouped(each.former, seen.whole, of) if each.former else None
        found = _opened(Difference(former, each.live), of.clock.now(), seen, of)
        if found and found.by:
            yield found


def _suspected(unique_id: str, suspicion: Suspicion, seen: Seen, of: Sweeping) -> Difference | None:
    """What the suspect was before and is now; None where it was and is nothing."""
    former = None
    if suspicion.former is not None:
        former = known(of.records.before(unique_id, suspicion.former + _NEXT))
    live = seen.present.get(unique_id)
    if former is None and live is None:
        return None
    return Difference(_regrouped(former, seen.whole, of) if former else None, live)


def known(found: State | Unknown) -> State | None:
    """The state, if it is known."""
    return found if isinstance(found, State) else None


def _regrouped(former: State, whole: States, of: Sweeping) -> State:
    """The state with its groups as they are called now: their members get no event for that."""
    for name in former.parts.get(Part.GROUPS, {}):
        group = Subject(Kind.GROUP, name)
        if group not in whole.known and (its_id := of.records.id_of(group)) is not None:
            called = (s.name for s, state in whole.known.items() if state.unique_id == its_id)
            for now in called:
                former = former.edited(Part.GROUPS, name, None).edited(Part.GROUPS, now, now)
    return former


def _about(each: Difference, of: Sweeping) -> Iterator[Incident]:
    for subject in {state.subject for state in (each.former, each.live) if state}:
        yield from of.records.about(subject)
