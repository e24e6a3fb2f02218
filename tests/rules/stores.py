"""Cases of event data stores: a store as a case file describes it, and the call that was made."""

from dataclasses import replace
from typing import Any

from lambdas.calls.selectors import canonical
from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.settings import Settings
from tests.policy.account import state, states
from tests.rules.cases import UNKNOWN, case_of

ARN = "arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/all"
STORE = Subject(Kind.EVENT_DATA_STORE, ARN)


def store(parts: dict[str, Any]) -> State:
    """A store, with its lists in canonical spelling."""
    return state(STORE, ARN, **{part: _held(part, given) for part, given in parts.items()})


def _held(part: str, given: Any) -> dict[str, str]:
    if part == Part.SELECTORS:
        return {"AdvancedEventSelectors": canonical(given)}
    return {
        key: canonical(value) if isinstance(value, list) else value for key, value in given.items()
    }


def described(case: dict[str, Any]) -> Case:
    """The case of a call that set all that the parts under ``edits`` hold after it."""
    former: States | Any = UNKNOWN if case["before"] is None else states(store(case["before"]))
    now = store(case["after"])
    edits = tuple(
        Edit(Part(part), key, value)
        for part in case.get("edits", ())
        for key, value in now.parts[Part(part)].items()
    )
    found = case_of(former, states(now), subject=STORE)
    found = replace(found, settings=Settings(trusted_accounts=("111122223333",)))
    return replace(found, change=replace(found.change, edits=edits))
