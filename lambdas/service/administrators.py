"""Administrators: whether an undo leaves somebody who can still mend the account, root aside."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from lambdas.model.state import Part, State, States
from lambdas.model.subject import PRINCIPALS, Kind, Subject
from lambdas.policy.document import DocumentError, Effect, parse
from lambdas.policy.evaluate import Answer
from lambdas.policy.power import compose
from lambdas.policy.statement import Statement
from lambdas.rules.standing import rank
from lambdas.service.hurry import within
from lambdas.service.ports import Account, Clock
from lambdas.service.renewed import all_renewed

TO_FIND = timedelta(seconds=12)
"""For the search through the account's pages, which mostly ends in the first of them."""
_ENTRIES = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")


def none_left(
    live: States, planned: States, affected: Iterable[Subject], account: Account, clock: Clock
) -> str | None:
    """Why nobody but root might be administrator after an undo; None where somebody is, or was not.

    An undo that takes administrator from nobody leaves as many as there were. Who is not found in
    time, or cannot be read, is not there.
    """
    now = clock.now()
    live, planned = all_renewed(live, now), all_renewed(planned, now)
    deprived = [each for each in affected if _is_one(each, live) and not _is_one(each, planned)]
    if not deprived:
        return None
    says = f"nobody but the root user would be administrator without {deprived[0]}"
    in_time = within(TO_FIND, clock)
    try:
        for one in _others(planned, account, now):
            if _can_act(one, account):
                return None
            if not in_time():
                return f"{says}, as far as there was time to look"
    except Exception as error:  # noqa: BLE001 - whatever the read trips over, nobody was found
        return f"{says}, as far as was read: {type(error).__name__}: {error}"
    return says


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


def _can_act(one: State | None, account: Account) -> bool:
    """Whether somebody can be this administrator: assume the role, or sign in as the user."""
    if one is None:
        return False
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
