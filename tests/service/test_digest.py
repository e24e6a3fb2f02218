from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.finding import Finding
from lambdas.model.incident import Incident
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service import digest as module
from lambdas.service.digest import CROWD, LONGEST_WAIT, MOST_NAMED, digest_mail, send_digest
from lambdas.service.evaluate import evaluate
from lambdas.service.mails import LONGEST_BODY, LONGEST_SUBJECT
from lambdas.service.ports import AlertNotSentError
from tests.model.strategies import INCIDENTS
from tests.service.world import AT, PIPELINE, READ, World, change, evaluate_quietly, put

ROLE = Subject(Kind.ROLE, "deploy")
UNKNOWN = Problem("iam:TagRole is not in the catalogue: recorded, not judged", Severity.LOW)
LOST = Finding(rule="lost-deny", says="role deploy lost a Deny", severity=Severity.LOW)
TICK = timedelta(seconds=1)


def tagged(event_id: str = "1", at: datetime = AT, **changed: Any) -> Incident:
    """A call that the catalogue does not know."""
    made = change("TagRole", ROLE, event_id=event_id, at=at, problems=(UNKNOWN,), **changed)
    world = World()
    world.clock.moment = at + timedelta(minutes=1)
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    return incident


def holding(*incidents: Incident) -> World:
    world = World()
    for incident in incidents:
        world.records.save(incident)
    return world


def sent(world: World, after: timedelta = LONGEST_WAIT) -> int:
    world.clock.moment = AT + after
    return send_digest(world.records, world.alerts, world.clock)


def lines(*incidents: Incident, **more: Any) -> list[str]:
    """The lines that name incidents."""
    return [
        line.strip() for line in digest_mail(incidents, **more).body.split("\n\n")[1].split("\n")
    ]


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(World(), id="when nothing has happened"),
        pytest.param(
            holding(evaluate_quietly(World(), put(READ))), id="of what nobody needs to know"
        ),
        pytest.param(holding(evaluate_quietly(World(), put())), id="of what was mailed at once"),
        pytest.param(holding(replace(tagged(), planned_by="x")), id="of Snapback's own calls"),
    ],
)
def test_there_is_no_digest(world: World) -> None:
    assert sent(world, timedelta(days=9)) == 0
    assert world.alerts.sent == []


@pytest.mark.parametrize(
    ("incidents", "after", "told"),
    [
        pytest.param([tagged()], LONGEST_WAIT - TICK, 0, id="nothing before a day has passed"),
        pytest.param([tagged()], LONGEST_WAIT, 1, id="the one that has waited a day"),
        pytest.param(
            [tagged(), tagged("2", AT + 9 * TICK)], LONGEST_WAIT, 2, id="with it the younger ones"
        ),
        pytest.param([replace(tagged(), id=str(n)) for n in range(CROWD)], TICK, 0, id="no crowd"),
        pytest.param(
            [replace(tagged(), id=str(n)) for n in range(CROWD + 1)], TICK, CROWD + 1, id="a crowd"
        ),
    ],
)
def test_a_digest_tells(incidents: Iterable[Incident], after: timedelta, told: int) -> None:
    world = holding(*incidents)
    assert sent(world, after) == told
    assert len(world.alerts.sent) == (told > 0)
    assert sent(world, after) == 0


def test_a_digest_that_fails_is_sent_again() -> None:
    world = holding(tagged())
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        sent(world)
    assert sent(world) == 1


def test_what_comes_while_a_digest_is_sent_waits_for_the_next() -> None:
    world = holding(tagged())
    late = tagged("2", AT + TICK)
    send = world.alerts.send

    def meanwhile(mail: Any) -> None:
        send(mail)
        world.records.save(late)

    world.alerts.send = meanwhile  # type: ignore[method-assign]  # what happens in between
    sent(world)
    assert list(world.records.waiting()) == [late.id]


def test_what_is_too_much_for_one_digest_follows_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_READ", 2)
    world = holding(*(tagged(str(number), AT - number * TICK) for number in range(5)))
    assert [sent(world) for _ in range(4)] == [2, 2, 1, 0]
    assert "3 more follow in the next digest" in world.alerts.sent[0].body
    assert "11:59:" not in world.alerts.sent[0].body
    assert "more follow" not in world.alerts.sent[2].body


def test_what_cannot_be_read_keeps_nothing_else_waiting() -> None:
    spoilt, gone, sound = tagged("1"), tagged("2"), tagged("3")
    world = holding(spoilt, gone, sound)
    world.records.unreadable.add(spoilt.id)
    del world.records.incidents[gone.id]
    assert sent(world) == 3
    [mail] = world.alerts.sent
    assert f"2 incidents cannot be read any more: {spoilt.id}, {gone.id}" in mail.body
    assert sound.id in mail.body
    assert world.records.waiting() == {}


def test_a_digest_of_what_cannot_be_read_is_one_all_the_same() -> None:
    mail = digest_mail([], lost=["20260301-1"])
    assert mail.subject == "[LOW] 1 changes of low severity (account not known)"
    assert "20260301-1" in mail.body


def test_a_digest_says_what_happened_and_what_to_do() -> None:
    first, second = tagged(), tagged("2", AT + TICK)
    mail = digest_mail([first, replace(second, verdict=Verdict((LOST,)))])
    assert mail.subject == "[LOW] 2 changes of low severity (account 123456789012)"
    assert (
        mail.body
        == f"""\
LOW: 2 changes of low severity. Nobody was mailed about them before, and nothing was undone.

  1. 2 times, 2026-03-01 12:00:05 UTC to 2026-03-01 12:00:06 UTC: iam:TagRole on role deploy, \
by arn:aws:iam::123456789012:user/mallory: role deploy lost a Deny (incident {second.id})

WHAT TO DO NEXT
  - Ask about what you would not expect of whoever did it.
  - What a call that is not in the catalogue gave is not judged: look at what it did.
"""
    )


def test_one_call_is_one_line() -> None:
    incident = tagged()
    [line] = lines(incident)
    assert line == (
        "1. 2026-03-01 12:00:05 UTC: iam:TagRole on role deploy, by"
        " arn:aws:iam::123456789012:user/mallory: iam:TagRole is not in the catalogue: recorded,"
        f" not judged (incident {incident.id})"
    )


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        pytest.param({}, 1, id="the same call"),
        pytest.param({"subject": Subject(Kind.ROLE, "other")}, 1, id="on another role"),
        pytest.param({"subject": Subject(Kind.USER, "deploy")}, 2, id="not on a user"),
        pytest.param({"subject": None}, 2, id="not on what is not known"),
        pytest.param({"actor": PIPELINE}, 2, id="not by another actor"),
        pytest.param({"name": "UntagRole"}, 2, id="not another call"),
    ],
)
def test_one_line_tells_of(changed: dict[str, Any], count: int) -> None:
    incident = tagged()
    other = replace(incident, change=replace(incident.change, **changed))
    assert len(lines(incident, other)) == count


def test_a_line_counts_the_subjects_that_it_does_not_name() -> None:
    others = (
        replace(tagged(), change=replace(tagged().change, subject=Subject(Kind.ROLE, name)))
        for name in ("deploy", "a", "b", "b")
    )
    [line] = lines(tagged(), *others)
    assert line.startswith("1. 5 times, ")
    assert "on role deploy and 2 more, by" in line


def test_what_was_found_comes_before_what_is_only_not_known() -> None:
    found = replace(tagged("2", AT + TICK), verdict=Verdict((LOST,)))
    found = replace(found, change=replace(found.change, name="PutRolePolicy"))
    first, second = lines(tagged(), found)
    assert "role deploy lost a Deny" in first
    assert "not in the catalogue" in second


def test_fifty_kinds_are_named_and_the_others_counted() -> None:
    incident = tagged()
    many = [
        replace(incident, change=replace(incident.change, name=f"Tag{number // 2}"))
        for number in range(2 * (MOST_NAMED + 3))
    ]
    named = lines(*many)
    assert len(named) == MOST_NAMED + 1
    assert named[-1] == "and 3 more kinds, 6 changes in all, in the incidents' records"


@given(
    st.lists(st.tuples(INCIDENTS, st.text(min_size=1, max_size=2_000)), min_size=1, max_size=5),
    st.lists(st.text(), max_size=3),
)
def test_whatever_stands_in_incidents_the_mail_is_plain_and_fits(
    made: list[tuple[Incident, str]], lost: list[str]
) -> None:
    incidents = [
        replace(incident, verdict=Verdict((), (Problem(says, Severity.LOW),)))
        for incident, says in made
    ]
    mail = digest_mail(incidents, lost=lost)
    assert len(mail.subject) <= LONGEST_SUBJECT
    assert all(char.isascii() and (char.isprintable() or char == "\n") for char in mail.body)
    assert mail.subject.isprintable()
    assert len(mail.body) < LONGEST_BODY * len(incidents) / MOST_NAMED
