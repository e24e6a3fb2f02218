"""Administrators: whether an undo leaves somebody who can still mend the account, root aside.

Undos run side by side, and each must not count on whom another takes it from: an undo notes from
whom it takes before it looks for others, by a write that nobody else came before, and counts on
nobody whom an earlier note names. Of two that meet, the first goes on and the second sees it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from lambdas.model.state import Part, State, States
from lambdas.model.subject import PRINCIPALS, Kind, Subject
from lambdas.model.turn import Turn
from lambdas.policy.document import DocumentError, Effect, parse
from lambdas.policy.evaluate import Answer
from lambdas.policy.power import compose
from lambdas.policy.statement import Statement
from lambdas.rules.standing import rank
from lambdas.service.hurry import within
from lambdas.service.ports import Account, Records
from lambdas.service.renewed import all_renewed
from lambdas.service.undoing import Undoing

TO_FIND = timedelta(seconds=12)
"""For the search through the account's pages, which mostly ends in the first of them."""
NOTED = timedelta(minutes=15)
"""For so long a note counts: no function runs longer, and reads that lag do by seconds."""
MOST_NAMED = 100
"""Names in one note; of an undo that takes from more, nobody counts for others meanwhile."""
_EVERYBODY = "everybody"
_ENTRIES = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")


def none_left(
    incident_id: str, live: States, planned: States, affected: Iterable[Subject], of: Undoing
) -> str | None:
    """Why nobody but root might be administrator after an undo; None where somebody is, or was not.

    An undo that takes administrator from nobody leaves as many as there were. Who is not found in
    time, or cannot be read, is not there.
    """
    now = of.clock.now()
    live, planned = all_renewed(live, now), all_renewed(planned, now)
    deprived = [
        one
        for one in map(live.of, affected)
        if one and _is_one(one.subject, live) and not _is_one(one.subject, planned)
    ]
    if not deprived:
        return None
    says = f"nobody but the root user would be administrator without {deprived[0].subject}"
    try:
        names = [one.unique_id for one in deprived]
        names = names if len(names) <= MOST_NAMED else [_EVERYBODY]
        gone = _noted(incident_id, names, of)
        reason = _looked(planned, gone, of)
        if reason is not None:
            _forget(incident_id, names, of.records)
    except Exception as error:  # noqa: BLE001 - whatever it trips over, nobody was found
        return f"{says}, as far as was read: {type(error).__name__}: {error}"
    return None if reason is None else f"{says}{reason}"


def _noted(incident_id: str, names: Iterable[str], of: Undoing) -> frozenset[str]:
    """Note from whom an undo takes; the unique ids of those from whom others do."""
    while True:
        found, now = of.records.turns(), of.clock.now()
        noted = [turn for turn in found.deprived if turn.at > now - NOTED]
        kept = _without(noted, incident_id, names)
        own = (Turn(incident_id, name, now) for name in names)
        if of.records.take(replace(found, deprived=(*kept, *own))):
            return frozenset(turn.scope for turn in kept if turn.incident != incident_id)


def _forget(incident_id: str, names: Iterable[str], records: Records) -> None:
    """Take back the note of an undo that is not made."""
    while True:
        found = records.turns()
        kept = _without(found.deprived, incident_id, names)
        if records.take(replace(found, deprived=kept)):
            return


def _without(noted: Iterable[Turn], incident_id: str, names: Iterable[str]) -> tuple[Turn, ...]:
    own = {(incident_id, name) for name in names}
    return tuple(turn for turn in noted if (turn.incident, turn.scope) not in own)


def _looked(planned: States, gone: Collection[str], of: Undoing) -> str | None:
    """What is to be said of a search that found nobody; None where it found somebody."""
    if _EVERYBODY in gone:
        return ", while another undo takes that from more than can be told apart"
    in_time = within(TO_FIND, of.clock)
    for one in _others(planned, of.account, of.clock.now()):
        if one is not None and one.unique_id not in gone and _can_act(one, of.account):
            return None
        if not in_time():
            return ", as far as there was time to look"
    return ""


def _others(planned: States, account: Account, now: datetime) -> Iterator[State | None]:
    """Every administrator, as soon as the pages hold all that it draws on; None after each page."""
    world, open_cases = planned, dict.fromkeys(_principals(planned))
    for page in account.identities():
        world = all_renewed(page, now).joined(world)
        open_cases |= dict.fromkeys(_principals(page))
        for principal in (*open_cases,):
            if not compose(principal, world).problems:
                del open_cases[principal]
                if _is_one(principal, world):
                    yield world.of(principal)
        yield None


def _principals(states: States) -> Iterator[Subject]:
    return (subject for subject in states.known if subject.kind in PRINCIPALS)


def _is_one(principal: Subject, states: States) -> bool:
    return rank(compose(principal, states)).answer is Answer.ALLOWED


def _can_act(one: State, account: Account) -> bool:
    """Whether somebody can be this administrator: assume the role, or sign in as the user."""
    if one.subject.kind is Kind.ROLE:
        return _lets_somebody_in(one.value(Part.TRUST) or "")
    live = account.reading((one.subject,), reach=one.subject).states().of(one.subject)
    keys = live.parts.get(Part.ACCESS_KEYS, {}).values() if live else ()
    return "Active" in keys or bool(live and live.parts.get(Part.LOGIN_PROFILE))


def _lets_somebody_in(trust: str) -> bool:
    """Whether it names anybody but services, who assume a role for what they run as it."""
    try:
        return any(map(_names_somebody, parse(trust).statements))
    except DocumentError:
        return False


def _names_somebody(statement: Statement) -> bool:
    allows = statement.effect is Effect.ALLOW and any(map(statement.names, _ENTRIES))
    principal = statement.principal
    return allows and (isinstance(principal, str) or bool({*(principal or ())} - {"Service"}))
