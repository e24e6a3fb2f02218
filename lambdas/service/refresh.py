"""Refreshing: the histories brought up to what a sweep reads, and what no event told of found.

What is read joins the history at once: whoever changes the subject next is judged by it. Whether an
event explains it is asked by a later sweep, for it may be on the way. Only what a call can have
done whose event hides what it did is told at once: no other event may ever come.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from lambdas.model.change import Lifecycle
from lambdas.model.severity import Severity
from lambdas.model.state import State, States
from lambdas.model.subject import Kind
from lambdas.model.suspicion import Suspicion
from lambdas.service.differences import Difference
from lambdas.service.hidden import seen_by
from lambdas.service.suspected import Seen, known, report
from lambdas.service.sweeping import Sweeping


def refresh(whole: States, of: Sweeping, *, ended: bool = True) -> int:
    """Note what is there, and report what no event explains; how many incidents that makes.

    The first sweep takes everything as it is; one that did not read the account to its end
    (``ended``) leaves the rest of it to the next. A subject of which an undo is pending is left
    out: it may hold what is about to be undone.

    Raises:
        AlertNotSentError: an alert could not be handed over; it is owed.
    """
    sighted, pending = of.records.sighted(), of.records.pending()
    present = {s.unique_id: s for s in whole.known.values() if s.unique_id not in pending}
    former = of.records.differing(present.values())
    found = [Difference(known(former[each]), present[each]) for each in former]
    new = [each for each in found if not _is_taken_as_it_is(each, sighted)]
    sure = ended and _met_all(whole)
    gone = [*_gone(whole, sighted.keys() - pending, of)] if sure else []
    fresh = {each.unique_id: each for each in (*new, *gone)}
    of.records.suspect({each: _suspicion(found, of) for each, found in fresh.items()})
    of.records.remember([present[each] for each in former])
    kept = {each: sighted[each] for each in sighted if not sure or each in pending}
    unchanged = {i: state.as_of for i, state in present.items() if i not in former}
    _sight(whole, kept | _kinds(ended=ended), unchanged, of)
    hidden = tuple(of.records.hidden())
    seen = Seen(
        whole=whole, present=present, fresh=fresh, hidden=hidden, sure=sure, pending=pending
    )
    told = report(seen, of)
    if sure and not pending:
        of.records.reveal(seen_by(whole, hidden))
    return told


def is_first(of: Sweeping) -> bool:
    """Whether no sweep has read the account to its end yet."""
    sighted = of.records.sighted()
    return not any(_kind(each) in sighted for each in Kind)


def _suspicion(each: Difference, of: Sweeping) -> Suspicion:
    return Suspicion(of.clock.now(), each.former.as_of if each.former else None)


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


def _sight(
    whole: States,
    kept: Mapping[str, datetime | None],
    unchanged: Mapping[str, datetime],
    of: Sweeping,
) -> None:
    """Note whom the sweep met, and of whom it saw that nothing has changed.

    Those whom it cannot have met are kept: whether they are gone is for the next one to say.
    """
    met = dict.fromkeys(state.unique_id for state in whole.known.values())
    of.records.sight({**kept, **met, **unchanged})


def _met_all(whole: States) -> bool:
    """Whether nobody was left out: what less grave problems are about are parts of a state."""
    return not any(problem.severity >= Severity.HIGH for problem in whole.problems)


def _kinds(*, ended: bool) -> dict[str, datetime | None]:
    return dict.fromkeys(map(_kind, Kind)) if ended else {}


def _kind(kind: Kind) -> str:
    """What is noted of a kind that a sweep reads: nothing is missed of what was never read."""
    return f"kind {kind}"
