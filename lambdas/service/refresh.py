"""Refreshing: the histories brought up to what a sweep reads, and what no event told of found.

What a sweep finds changed does not join the history at once: its event may be on the way, and
would then be judged as if it had been like that before. It joins once events explain it, or once
people have been told that none came.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from lambdas.model.change import Edit, Lifecycle
from lambdas.model.incident import Incident
from lambdas.model.state import Part, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.service.differences import Difference, unexplained
from lambdas.service.sweeping import Sweeping
from lambdas.service.unannounced import incident
from lambdas.service.unannounced_mail import tell

GRACE = timedelta(minutes=15)
"""How long an event may take; decision 14 says why."""

Found = Mapping[Difference, tuple[Edit, ...]]
"""Difference -> what of it no event explains."""


def refresh(whole: States, of: Sweeping) -> int:
    """Note what holds, and report what no event explains; how many incidents that makes.

    The first sweep takes everything as it is. A subject of which an undo is pending is left out:
    it may hold what is about to be undone.

    Raises:
        AlertNotSentError: an alert could not be handed over; it is owed.
    """
    sighted, pending = of.records.sighted(), of.records.pending()
    present = {s.unique_id: s for s in whole.known.values() if s.unique_id not in pending}
    former = of.records.differing(present.values())
    found = [_difference(former[each], present[each], whole, of) for each in former]
    new = [each for each in found if _is_taken_as_it_is(each, sighted)]
    gone = [] if whole.problems else [*_gone(whole, sighted.keys() - pending, of)]
    open_ = {
        each: edits
        for each in (*(each for each in found if each not in new), *gone)
        if (edits := unexplained(each, _about(each, of))) is not None
    }
    due = _due(open_, of)
    try:
        tell([incident(each, edits, whole, of) for each, edits in due.items()], of)
    finally:
        settled = [each for each in found if each not in open_ or each in due]
        of.records.remember([each.live for each in settled if each.live])
        of.records.clear(of.records.suspects().keys() - {e.unique_id for e in open_.keys() - due})
        _sight(whole, present, {each.unique_id for each in open_.keys() - due}, former, of)
    return len(due)


def _difference(former: State | Unknown, live: State, whole: States, of: Sweeping) -> Difference:
    return Difference(_regrouped(former, whole, of) if isinstance(former, State) else None, live)


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


def _due(found: Found, of: Sweeping) -> Found:
    """Those for whose events it is too late; the others are noted.

    No event is to come of what AWS does to its own policies.
    """
    now, suspects = of.clock.now(), of.records.suspects()
    of.records.suspect({e.unique_id: now for e in found if e.unique_id not in suspects})
    return {
        each: edits
        for each, edits in found.items()
        if each.is_aws_owned or now - suspects.get(each.unique_id, now) >= GRACE
    }


def _sight(
    whole: States,
    present: Mapping[str, State],
    suspected: set[str],
    differing: Iterable[str],
    of: Sweeping,
) -> None:
    """Note whom the sweep met, and of whom it saw that nothing has changed."""
    seen: dict[str, datetime | None] = dict.fromkeys(map(_kind, Kind))
    seen |= dict.fromkeys(suspected)
    seen |= {state.unique_id: None for state in whole.known.values()}
    of.records.sight(seen | {i: present[i].as_of for i in present.keys() - {*differing}})


def _kind(kind: Kind) -> str:
    """What is noted of a kind that a sweep reads: nothing is missed of what was never read."""
    return f"kind {kind}"
