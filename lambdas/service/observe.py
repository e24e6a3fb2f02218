"""Observing: the states before and after a change, whatever the reads may lag behind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from lambdas.calls import CATALOG
from lambdas.model.arn import Arn, partition_of
from lambdas.model.change import Change, Lifecycle
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import SWITCHED, Part, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.service.following import followed
from lambdas.service.past import before
from lambdas.service.ports import Account, Clock, Reading, Records

PAUSES = (0.2, 0.4, 0.8, 1.6)
"""Seconds between reads while the account does not show the effect: IAM takes about 3 s.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html
"""


PATIENCE = timedelta(seconds=6)
"""After this long no further read is begun: where AWS is slow, people must be told all the same."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The states before and after a change; ``live`` is what was last read of its subject.

    ``change`` is the change with everybody as they are called now.
    """

    change: Change
    before: States | Unknown
    after: States
    live: State | None


def start(change: Change, account: Account) -> Reading | None:
    """Start to read what a change touches; None where it does not say that, or nothing shows it."""
    entry = CATALOG.get((change.source, change.name))
    if change.subject is None or (entry is not None and entry.stateless):
        return None
    return _read(change, change.subject, account)


def _read(change: Change, subject: Subject, account: Account) -> Reading:
    return account.reading((subject, *_named(change)), reach=subject)


def observe(
    change: Change, reading: Reading, account: Account, records: Records, clock: Clock
) -> Observed:
    """The states before and after a change whose subject is known."""
    former = _former(change, reading, records, clock)
    now, again = _found(change, reading, account, records)
    if now != change:
        change, reading, former = now, again, before(now, again, records)
    subject = _subject(change)
    settled = partial(_is_settled, change, former)
    states = read_until(change, reading, account, clock, settled=settled)
    live = states.of(subject)
    if isinstance(former, State) and live is not None:
        former = replace(former, arn=live.arn)  # a rename changes it
    world = states.without(subject) if former is None else _world(former, states, account)
    return Observed(change, world, _after(change, former, states), live)


def _former(
    change: Change, reading: Reading, records: Records, clock: Clock
) -> State | Unknown | None:
    """The state before, waited for where there is none: what made the subject may be handled now.

    Whoever makes a user gives it a policy within the same second.
    """
    former = before(change, reading, records)
    for pause in PAUSES if change.readable else ():
        if not isinstance(former, Unknown) or reading.unique_id(_subject(change)) is None:
            break
        clock.sleep(pause)
        former = before(change, reading, records)
    return former


def _is_settled(change: Change, former: State | Unknown | None, states: States) -> bool:
    """Whether the states show the change, or something that came after it: no read lags so far.

    A read that lags shows what was there before.
    """
    live = states.of(_subject(change))
    if change.shown_in(states) or live is None or not isinstance(former, State):
        return change.shown_in(states)
    kept = (former.value(edit.part, edit.key) for edit in change.edits)
    seen = ((live.value(edit.part, edit.key), edit.value) for edit in change.edits)
    return any(now not in (was, made) for was, (now, made) in zip(kept, seen, strict=True))


def _found(
    change: Change, reading: Reading, account: Account, records: Records
) -> tuple[Change, Reading]:
    """The change with everybody as they are called now, if that is where its effect is."""
    states = reading.states()
    now = followed(change, states, account, records.id_of)
    if now == change:
        return change, reading
    again = _read(now, _subject(now), account)
    is_sure = now.subject == change.subject or change.subject in states.absent
    return (now, again) if is_sure or now.shown_in(again.states()) else (change, reading)


def read_until(
    change: Change,
    reading: Reading,
    account: Account,
    clock: Clock,
    *,
    settled: Callable[[States], bool],
) -> States:
    """The states once they are as awaited, or those at a deadline."""
    began, states = clock.now(), reading.states()
    for pause in PAUSES if _can_show(change) else ():
        if settled(states) or clock.now() - began > PATIENCE:
            break
        clock.sleep(pause)
        states = _read(change, _subject(change), account).states()
    return states


def _can_show(change: Change) -> bool:
    """Whether a read can show what a change did."""
    return bool(change.edits or change.lifecycle) and change.readable


def _after(change: Change, former: State | Unknown | None, states: States) -> States:
    """What was read, with the event's own parameters laid over it."""
    if change.shown_in(states):
        return states
    subject = _subject(change)
    live = states.of(subject)
    known = former if isinstance(former, State) else None
    base = live or known or _empty(change, subject)
    missing = "is not to be found" if live is None else "does not show it yet, or no longer"
    problem = Problem(
        f"{subject} {missing}: what the call did is taken from its event", Severity.LOW
    )
    laid_over = change.applied_in(states, base)
    if not change.readable:
        return laid_over
    return replace(laid_over, problems=(*laid_over.problems, problem))


def _world(former: State | Unknown, states: States, account: Account) -> States | Unknown:
    """The account as it was: only the subject differs, the rest is not this change's doing."""
    if isinstance(former, Unknown):
        return former
    missing = [subject for subject in former.draws_on() if states.of(subject) is None]
    world = states.joined(account.reading(missing).states()) if missing else states
    return world.having(former)


def _named(change: Change) -> Iterator[Subject]:
    """The policies, groups and roles that a change names: a read may not lead to them."""
    for edit in change.edits:
        if edit.part is Part.ATTACHED:
            yield Subject(Kind.POLICY, edit.key)
        elif edit.part is Part.GROUPS:
            yield Subject(Kind.GROUP, edit.key)
        elif edit.part is Part.ROLE and edit.value is not None:
            yield Subject(Kind.ROLE, edit.value)
        elif edit.part is Part.BOUNDARY and edit.value is not None:
            yield Subject(Kind.POLICY, edit.value)


def _subject(change: Change) -> Subject:
    if change.subject is None:
        raise ValueError(f"{change.call} {change.event_id} names no subject to observe")
    return change.subject


def born(change: Change, live: State) -> State:
    """What a subject held as soon as its call had made it: of a service-linked role, all it has."""
    if live.service_linked:
        return live
    made = change.applied_to(_empty(change, live.subject))
    return replace(made, unique_id=live.unique_id, arn=live.arn)


def _empty(change: Change, subject: Subject) -> State:
    """A state of which only the name is known; one that was just made holds nothing else."""
    arn = subject.name if Arn.parse(subject.name) else _arn(change, subject)
    made = change.lifecycle is Lifecycle.CREATED
    parts = {part: dict[str, str]() for part in (_MADE.get(subject.kind, ()) if made else ())}
    return State(subject=subject, unique_id="", arn=arn, as_of=change.at, parts=parts)


_PERMISSIONS = (Part.ATTACHED, Part.INLINE)
_MADE = {
    Kind.USER: (
        *_PERMISSIONS,
        Part.GROUPS,
        Part.BOUNDARY,
        *SWITCHED,
        Part.LOGIN_PROFILE,
        Part.MFA_DEVICES,
        Part.TAGS,
    ),
    Kind.ROLE: (*_PERMISSIONS, Part.BOUNDARY, Part.TAGS),
    Kind.GROUP: _PERMISSIONS,
    Kind.INSTANCE_PROFILE: (Part.ROLE, Part.TAGS),
}
"""Kind -> the parts in which one that was just made holds nothing but what its call says."""


def _arn(change: Change, subject: Subject) -> str:
    """The subject's ARN if it stands under no path; the event does not say."""
    partition, kind = partition_of(change.region), subject.kind.replace(" ", "-")
    return str(Arn(partition, "iam", "", change.account, f"{kind}/{subject.name}"))
