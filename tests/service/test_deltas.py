from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.delta import Delta
from lambdas.model.family import Family
from lambdas.model.incident import Incident
from lambdas.model.state import States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.policy.power import Power
from lambdas.service.deltas import MOST_COMPARED, MOST_LINES, delta_lines, deltas
from lambdas.service.evaluate import evaluate
from lambdas.service.mails import alert_mail
from tests.policy.account import ALICE, state, states, text
from tests.rules.cases import UNKNOWN, case_of
from tests.service.world import READ, World, attach, put, stop

SEND = [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]
SENDS = "write access in sqs (new service): sqs:SendMessage on *"


def users(count: int, *documents: Any) -> States:
    """Users of whom each holds the same inline policies."""
    inline = {str(number): text(document) for number, document in enumerate(documents)}
    empty: dict[str, dict[str, str]] = {"attached": {}, "groups": {}, "boundary": {}}
    return states(
        *(state(Subject(Kind.USER, f"u{n:02}"), inline=inline, **empty) for n in range(count))
    )


def compared(before: States | Unknown, after: States) -> tuple[Delta, ...]:
    return deltas(case_of(before, after, *after.known))


def test_nobody_is_compared_where_nobody_is_affected() -> None:
    assert compared(users(0), users(0)) == ()


def test_nobody_is_compared_where_only_tags_changed() -> None:
    case = case_of(users(1), users(1), *users(1).known)
    tagging = replace(case.change, family=Family.TAGS)
    assert deltas(replace(case, change=tagging)) == ()


def test_those_who_gain_the_same_are_told_together() -> None:
    [found] = compared(users(3), users(3, SEND))
    assert [user.name for user in found.principals] == ["u00", "u01", "u02"]
    assert (found.gave, found.took, found.known) == ((SENDS,), (), True)


def test_those_who_gain_differently_are_told_apart() -> None:
    one, other = Subject(Kind.USER, "u00"), Subject(Kind.USER, "u01")
    after = users(2, SEND).having(users(1).known[one])
    assert [(each.principals, each.gave) for each in compared(users(2), after)] == [
        ((one,), ()),
        ((other,), (SENDS,)),
    ]


def test_what_was_before_may_not_be_known() -> None:
    [found] = compared(UNKNOWN, users(1, SEND))
    assert (found.known, found.took) == (False, ())


def test_only_the_first_are_compared() -> None:
    [found] = compared(users(30), users(30, SEND))
    assert len(found.principals) == MOST_COMPARED


def test_one_is_compared_where_there_is_no_time_for_more() -> None:
    case = case_of(users(3), users(3, SEND), *users(3).known)
    [found] = deltas(case, in_time=lambda: False)
    assert [user.name for user in found.principals] == ["u00"]


def test_what_a_comparison_trips_over_is_told() -> None:
    def trips(_: Power | None, __: Power) -> Delta:
        raise RecursionError("too deep")

    [found] = deltas(case_of(users(1), users(1), *users(1).known), trips)
    assert found.gave == ("this could not be worked out: RecursionError: too deep",)
    assert found.took == found.gave


@pytest.fixture
def incident() -> Incident:
    world = World()
    found = evaluate(world.happens(attach()), world.evaluation())
    assert found is not None
    return found


def lines(incident: Incident, *found: Delta, affected: Sequence[Subject] = ()) -> list[str]:
    return [*delta_lines(replace(incident, deltas=found, affected=tuple(affected)))]


def told(gave: Sequence[str] = (), took: Sequence[str] = (), *, known: bool = True) -> Delta:
    return Delta(principals=(ALICE,), gave=tuple(gave), took=tuple(took), known=known)


def test_a_mail_about_no_principal_says_nothing_of_it(incident: Incident) -> None:
    assert lines(incident) == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            told(),
            [
                "WHAT IT GAVE AND TOOK",
                "  No permission: what the policies allow is as before.",
            ],
            id="nothing",
        ),
        pytest.param(
            told(["this"], ["that"]),
            [
                "WHAT IT GAVE",
                "  user alice:",
                "    - this",
                "",
                "WHAT IT TOOK",
                "  user alice:",
                "    - that",
            ],
            id="what it gave and took",
        ),
        pytest.param(
            told(["this"], known=False),
            [
                "WHAT IT GAVE",
                "  user alice (not known what it could do before: this is all that it can do now):",
                "    - this",
                "",
                "WHAT IT TOOK",
                "  user alice: not known",
            ],
            id="what it may have had before",
        ),
        pytest.param(
            told(known=False),
            [
                "WHAT IT GAVE",
                "  user alice: nothing",
                "",
                "WHAT IT TOOK",
                "  user alice: not known",
            ],
            id="nothing at all, whatever it had before",
        ),
    ],
)
def test_a_mail_says(incident: Incident, found: Delta, expected: list[str]) -> None:
    assert lines(incident, found) == [*expected, ""]


def test_a_mail_counts_those_who_were_not_compared(incident: Incident) -> None:
    reached = [Subject(Kind.USER, f"u{number}") for number in range(25)]
    found = lines(incident, told(["this"]), affected=reached)
    assert found.count("  and 24 more principals, who were not compared") == 2


def test_a_mail_holds_no_more_lines_than_a_person_reads(incident: Incident) -> None:
    many = [told([f"this {number}"]) for number in range(MOST_LINES)]
    found = lines(incident, *many)
    assert found.index("") == MOST_LINES + 2
    assert f"  and {MOST_LINES} more lines, in the incident's record" in found


def test_the_alert_says_what_the_change_gave(incident: Incident) -> None:
    [found] = incident.deltas
    assert found.gave == (
        "administrator of the account",
        "everything on *, some of which it had before",
    )
    assert "\nWHAT IT GAVE\n  user alice:\n    - administrator of the" in alert_mail(incident).body


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(put(READ), id="what nobody is told of"),
        pytest.param(stop(), id="what concerns no principal"),
    ],
)
def test_nothing_is_compared_for(made: Any) -> None:
    world = World()
    found = evaluate(world.happens(made), world.evaluation())
    assert found is not None
    assert found.deltas == ()
