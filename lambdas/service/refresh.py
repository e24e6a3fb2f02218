"""Refreshing: the histories brought up to what a sweep reads, and what no event told of found.

What is read joins the history at once: whoever changes the subject next is judged by it. Whether an
event explains it is asked by a later sweep, for it may be on the way. Only what a call can have
done whose event hides what it did is told at once: no other event may ever come.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lambdas.model.change import Edit, Lifecycle
from lambdas.model.incident import Incident
from lambdas.model.state import Part, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.model.suspicion import Suspicion
from lambdas.service.differences import Difference, unexplained
from lambdas.service.hidden import doers, seen_by
from lambdas.service.sweeping import Sweeping
from lambdas.service.unannounced import incident
from lambdas.service.unannounced_mail import tell

GRACE = timedelta(minutes=15)
"""How long an event may take; decision 14 says why."""
_NEXT = timedelta(microseconds=1)


def refresh(whole: States, of: Sweeping) -> int:
    """Note what is there, and report what no event explains; how many incidents that makes.

    The first sweep takes everything as it is. A subject of which an undo is pending is left out:
    it may hold what is about to be undone.

    Raises:
        AlertNotSentError: an alert could not be handed over; it is owed.
    """
    sighted, pending = of.records.sighted(), of.records.pending()
    present = {s.unique_id: s for s in whole.known.values() if s.unique_id not in pending}
    former = of.records.differing(present.values())
    found = [Difference(_state(former[each]), present[each]) for each in former]
    new = [each for each in found if not _is_taken_as_it_is(each, sighted)]
    gone = [] if whole.problems else [*_gone(whole, sighted.keys() - pending, of)]
    of.records.suspect({each.unique_id: _suspicion(each, of) for each in (*new, *gone)})
    of.records.remember([present[each] for each in former])
    _sight(whole, {i: state.as_of for i, state in present.items() if i not in former}, of)
    hidden = tuple(of.records.hidden())
    told = _report(whole, present, hidden, of)
    if not whole.problems and not pending:
        of.records.reveal(seen_by(whole, hidden))
    return told


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


def _report(
    whole: States, present: Mapping[str, State], hidden: tuple[Incident, ...], of: Sweeping
) -> int:
    """Tell of the suspects for whose events it is too late, and forget those that are explained."""
    suspects, now = of.records.suspects(), of.clock.now()
    open_: dict[str, _Open] = {}
    for unique_id, suspicion in suspects.items():
        difference = _suspected(unique_id, suspicion, whole, present, of)
        edits = unexplained(difference, _about(difference, of)) if difference else None
        if difference and edits is not None:
            by = doers(difference, edits, suspicion.since, hidden)
            open_[unique_id] = _Open(difference, edits, by, suspicion.since)
    due = {each: found for each, found in open_.items() if found.is_due(now)}
    tell([incident(e.difference, e.edits, whole, of, by=e.by) for e in due.values()], of)
    of.records.clear(suspects.keys() - (open_.keys() - due.keys()))
    return len(due)


def _suspected(
    unique_id: str,
    suspicion: Suspicion,
    whole: States,
    present: Mapping[str, State],
    of: Sweeping,
) -> Difference | None:
    """What the suspect was before and is now; None where it was and is nothing."""
    former = None
    if suspicion.former is not None:
        former = _state(of.records.before(unique_id, suspicion.former + _NEXT))
    live = present.get(unique_id)
    if former is None and live is None:
        return None
    return Difference(_regrouped(former, whole, of) if former else None, live)


def _suspicion(each: Difference, of: Sweeping) -> Suspicion:
    return Suspicion(of.clock.now(), each.former.as_of if each.former else None)


def _state(found: State | Unknown) -> State | None:
    return found if isinstance(found, State) else None


def _regrouped(former: State, whole: States, of: Sweeping) -> State:
    """The state with its groups as they are called now: their members get no event for that."""
    for name in former.parts.get(Part.GROUPS, {}):
        group = Subject(Kind.GROUP, name)
        if group not in whole.known and (known := of.records.id_of(group)) is not None:
            called = (s.name for s, state in whole.known.items() if state.unique_id == known)
            for now in called:
                former = former.edited(Part.GROUPS, name, None).edited(Part.GROUPS, now, now)
    return former


def _is_taken_as_it_is(each: Difference, sighted: Mapping[str, object]) -> bool:
    """Whether this is the first that is seen of its kind, or one more of AWS's policies is used."""
    if _kind(each.state.subject.kind) not in sighted:
        return True
    return each.lifecycle is Lifecycle.CREATED and each.is_aws_owned


def _gone(whole: States, sighted: Iterable[str], of: Sweeping) -> Iterator[Difference]:
    """Those whom the last sweep met and who are not there any more.

    Policies that AWS owns are listed only while somebody draws on them.
    """
    there = {state.unique_id for state in whole.known.values()} | {_kind(each) for each in Kind}
    for unique_id in sorted({*sighted} - there):
        former = of.records.before(unique_id, of.clock.now())
        if isinstance(former, State) and not (gone := Difference(former, None)).is_aws_owned:
            yield gone


def _about(each: Difference, of: Sweeping) -> Iterator[Incident]:
    for subject in {state.subject for state in (each.former, each.live) if state}:
        yield from of.records.about(subject)


def _sight(whole: States, unchanged: Mapping[str, datetime], of: Sweeping) -> None:
    """Note whom the sweep met, and of whom it saw that nothing has changed."""
    seen: dict[str, datetime | None] = dict.fromkeys(map(_kind, Kind))
    seen |= {state.unique_id: None for state in whole.known.values()}
    of.records.sight({**seen, **unchanged})


def _kind(kind: Kind) -> str:
    """What is noted of a kind that a sweep reads: nothing is missed of what was never read."""
    return f"kind {kind}"
