from typing import Any

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.state import ONLY, Part, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.giving import gives_back
from tests.service.world import ADMIN, ALICE, ALL, READER, attach, change, state, stop, user

DENY = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'
MIXED = DENY.replace("[", "[" + ALL[ALL.index("[") + 1 : ALL.rindex("]")] + ",")
WAITS = "and what gives power waits for a person"


def edited(part: Part, key: str, value: str | None) -> Change:
    return change("X", ALICE, Edit(part, key, value))


OWN = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/AWSDenyAll")
QUARANTINE = Subject(Kind.POLICY, "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3")
DETACHED = edited(Part.ATTACHED, READER.name, None)
DETACHED_OWN = edited(Part.ATTACHED, OWN.name, None)
RELEASED = edited(Part.ATTACHED, QUARANTINE.name, None)
HELD = {"attached": {OWN.name: "AWSDenyAll", QUARANTINE.name: "AWSCompromisedKeyQuarantineV3"}}
DELETED = edited(Part.INLINE, "work", None)
UNBOUND = edited(Part.BOUNDARY, ONLY, None)
BOUND = edited(Part.BOUNDARY, ONLY, ADMIN.name)


@pytest.mark.parametrize(
    ("made", "before", "policy"),
    [
        pytest.param(attach(), {}, ALL, id="an attached policy is taken away"),
        pytest.param(
            edited(Part.INLINE, "work", ALL), {"inline": {"work": MIXED}}, ALL, id="overwritten"
        ),
        pytest.param(edited(Part.GROUPS, "g", "g"), {}, ALL, id="a member is removed"),
        pytest.param(DETACHED_OWN, HELD, DENY, id="a policy that only denies restricts"),
        pytest.param(RELEASED, HELD, DENY, id="and one of AWS's that is there for it"),
        pytest.param(DELETED, {"inline": {"work": DENY}}, ALL, id="so does an inline one"),
        pytest.param(DELETED, {}, ALL, id="what was not there is not given back"),
        pytest.param(UNBOUND, {"boundary": {ONLY: "b"}}, ALL, id="a boundary restricts"),
        pytest.param(BOUND, {"boundary": {ONLY: "b"}}, ALL, id="and so does the former one"),
        pytest.param(stop(), {}, ALL, id="a trail gives nothing"),
    ],
)
def test_what_takes_away_does_not_wait(made: Change, before: Any, policy: str) -> None:
    assert gives_back(made, _states(before, policy)) is None


@pytest.mark.parametrize(
    ("made", "before", "policy", "what"),
    [
        pytest.param(
            DETACHED, {}, ALL, f"attach managed policy {READER.name} again", id="a policy"
        ),
        pytest.param(
            DETACHED_OWN, HELD, MIXED, "attach managed policy", id="a policy that denies, too"
        ),
        pytest.param(
            DETACHED, {}, DENY, "attach managed policy", id="another of AWS's, whatever it says now"
        ),
        pytest.param(RELEASED, HELD, MIXED, "attach managed policy", id="what AWS has changed"),
        pytest.param(DETACHED, {}, None, "attach managed policy", id="a policy nobody could read"),
        pytest.param(DETACHED, {}, "{", "attach managed policy", id="what is no policy"),
        pytest.param(
            DELETED,
            {"inline": {"work": ALL}},
            ALL,
            "write inline policy work again",
            id="an inline policy",
        ),
        pytest.param(
            edited(Part.GROUPS, "g", None),
            {"groups": {"g": "g"}},
            ALL,
            "make it a member of group g again",
            id="a membership",
        ),
        pytest.param(
            BOUND, {}, ALL, "delete its permissions boundary", id="a boundary where none was"
        ),
        pytest.param(
            edited(Part.NAME, ONLY, "alicia"),
            {"name": {ONLY: "alice"}},
            ALL,
            "give it its former name or path back",
            id="a name",
        ),
    ],
)
def test_what_gives_waits_for_a_person(
    made: Change, before: Any, policy: str | None, what: str
) -> None:
    reason = gives_back(made, _states(before, policy))
    assert reason is not None
    assert reason.startswith(f"undoing it would {what}")
    assert reason.endswith(WAITS)


def test_whoever_is_not_known_is_given_nothing() -> None:
    assert gives_back(DETACHED, States({})) is None


def _states(parts: Any, policy: str | None) -> States:
    document = {"v1": policy} if policy else {}
    held = {each: state(each, document=document) for each in (READER, OWN, QUARANTINE)}
    return States({ALICE: user(**parts), **held})
