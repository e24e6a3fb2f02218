from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.finding import Finding
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service.digest_mail import MOST_NAMED, digest_mail, entry
from lambdas.service.mails import LONGEST_BODY, LONGEST_SUBJECT
from tests.model.strategies import INCIDENTS
from tests.service.world import AT, PIPELINE, tagged

LOST = Finding(rule="lost-deny", says="role deploy lost a Deny", severity=Severity.LOW)
TICK = timedelta(seconds=1)


def mail(incidents: Iterable[Incident], **more: Any) -> Mail:
    return digest_mail([entry(each) for each in incidents], **more)


def lines(*incidents: Incident) -> list[str]:
    """The lines that name incidents."""
    return [line.strip() for line in mail(incidents).body.split("\n\n")[1].split("\n")]


def test_a_digest_of_what_cannot_be_read_is_one_all_the_same() -> None:
    made = mail([], lost=["20260301-1"])
    assert made.subject == "[LOW] 1 changes of low severity (account not known)"
    assert "20260301-1" in made.body


def test_a_digest_says_what_happened_and_what_to_do() -> None:
    first, second = tagged(), tagged("2", AT + TICK)
    made = mail([first, replace(second, verdict=Verdict((LOST,)))])
    assert made.subject == "[LOW] 2 changes of low severity (account 123456789012)"
    assert (
        made.body
        == f"""\
LOW: 2 changes of low severity. Nobody was mailed about them before, and nothing was undone.

  1. 2 times, 2026-03-01 12:00:05 UTC to 2026-03-01 12:00:06 UTC: iam:RenameRole on role deploy, \
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
        "1. 2026-03-01 12:00:05 UTC: iam:RenameRole on role deploy, by"
        " arn:aws:iam::123456789012:user/mallory: iam:RenameRole is not in the catalogue: recorded,"
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
        for name in ("deploy", "a", "b", "b", "c", "d", "e", "f")
    )
    [line] = lines(tagged(), *others)
    assert line.startswith("1. 9 times, ")
    assert "on role deploy, role a, role b, role c, role d and 2 more, by" in line


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
    told: list[tuple[Incident, str]], lost: list[str]
) -> None:
    incidents = [
        replace(incident, verdict=Verdict((), (Problem(says, Severity.LOW),)))
        for incident, says in told
    ]
    made = mail(incidents, lost=lost)
    assert len(made.subject) <= LONGEST_SUBJECT
    assert all(char.isascii() and (char.isprintable() or char == "\n") for char in made.body)
    assert made.subject.isprintable()
    assert len(made.body) < LONGEST_BODY * len(incidents) / MOST_NAMED
