"""Hidden: calls whose events hide what they did, and what a sweep finds that they can have done.

Whoever pads a document until CloudTrail omits the parameters leaves an event that says who called
what, and not on whom. So the whole account is read again at once, and what differs from all that is
known, in what such a call writes, is told without waiting for another event to explain it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lambdas.calls import CATALOG
from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.incident import Incident
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States
from lambdas.service.claims import try_once
from lambdas.service.differences import Difference
from lambdas.service.past import CONSISTENT
from lambdas.service.ports import Clock, Records, Sweeps

MINUTE = timedelta(minutes=1)
"""In each of them at most one sweep is asked for, however many events hide something."""

_SEVERAL = Actor(kind="that is one of several whose events hide what they did")
_WRITES = {
    "PutUserPolicy": (Part.INLINE,),
    "PutRolePolicy": (Part.INLINE,),
    "PutGroupPolicy": (Part.INLINE,),
    "UpdateAssumeRolePolicy": (Part.TRUST,),
    "CreatePolicyVersion": (Part.DEFAULT, Part.VERSIONS),
}
"""Call that takes a document -> the parts in which it sets something, in the order of its edits."""


def look_again(incident: Incident, records: Records, sweeps: Sweeps, clock: Clock) -> None:
    """Have the whole account read once IAM shows what the call did, by a sweep a minute at most.

    The first event of a minute asks for a sweep at once, the second one for a sweep as soon as the
    minute is over; those that follow are seen by that one.
    """
    records.hide(incident.id)
    clock.sleep(max(0.0, (incident.change.at + CONSISTENT - clock.now()).total_seconds()))
    now = clock.now()
    this = datetime.fromtimestamp(now.timestamp() // 60 * 60, UTC)
    for begin in (this, this + MINUTE):
        after = max(0, -int((now - begin).total_seconds() // 1))
        with try_once(f"sweep#{begin:%Y-%m-%dT%H:%M}", records) as is_mine:
            if is_mine:
                sweeps.request(after=after)
                return


def doers(
    difference: Difference, edits: Sequence[Edit], found: datetime, hidden: Iterable[Incident]
) -> tuple[Incident, ...]:
    """The calls that can have done what differs, the newest last.

    ``found`` is when a sweep met it first; ``edits`` is what no other event explains.
    """
    since = difference.since
    return tuple(
        sorted(
            (
                each
                for each in hidden
                if each.change.at <= found
                and (since is None or since < each.change.at + CONSISTENT)
                and _is_of(each.change, difference, edits)
            ),
            key=lambda each: (each.change.at, each.id),
        )
    )


def _is_of(change: Change, difference: Difference, edits: Sequence[Edit]) -> bool:
    """Whether something of what differs is of the kind that a call brings about."""
    if CATALOG[change.source, change.name].kind is not difference.state.subject.kind:
        return False
    if difference.is_aws_owned or change.lifecycle is not difference.lifecycle:
        return False
    return change.name not in _WRITES or any(_wrote(change, edit) for edit in edits)


def _wrote(change: Change, edit: Edit) -> bool:
    return edit.part in _WRITES.get(change.name, ()) and edit.value is not None


def revealed(
    difference: Difference, edits: Sequence[Edit], by: Sequence[Incident]
) -> Change | None:
    """The change as that of a hidden call, if all of it can be: None where it cannot be said.

    It counts from the moment of the last call that can have made it, and is the actor's where
    there is only one.
    """
    if not by:
        return None
    change = by[-1].change
    made = difference.lifecycle is Lifecycle.CREATED
    if not made and not all(_wrote(change, edit) for edit in edits):
        return None
    order = _WRITES.get(change.name, tuple(Part))
    return replace(
        change,
        event_id=f"hidden {by[-1].id} {difference.unique_id} {edits}",
        actor=change.actor if len({each.change.actor.arn for each in by}) == 1 else _SEVERAL,
        fingerprint="",
        subject=difference.state.subject,
        edits=tuple(sorted(edits, key=lambda edit: order.index(edit.part))),
        problems=(Problem(says(by), Severity.LOW),),
    )


def says(by: Sequence[Incident]) -> str:
    """Which calls can have done something that a sweep has found."""
    last = by[-1]
    more = f", and so do {len(by) - 1} more" if by[1:] else ""
    return (
        f"a sweep found it: {last.change.actor.name} called {last.change.call} at"
        f" {last.change.at:%Y-%m-%d %H:%M:%S} UTC and the event hides what that did, which"
        f" can be this (incident {last.id}{more})"
    )


def seen_by(whole: States, hidden: Iterable[Incident]) -> tuple[str, ...]:
    """The ids of those whose doings a sweep was bound to see: it began when IAM showed them."""
    began = min((state.as_of for state in whole.known.values()), default=None)
    return tuple(
        each.id for each in hidden if began is not None and each.change.at + CONSISTENT <= began
    )
