from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from lambdas.aws import plans
from lambdas.aws.records import TableRecords
from tests.service.world import World, attach, evaluate_quietly


def test_a_subject_is_pending_until_every_undo_of_it_has_ended(records: TableRecords) -> None:
    incident = evaluate_quietly(World(), attach())
    both = [replace(incident, id=each, unique_id="AIDA1") for each in ("one", "two")]
    other = replace(incident, id="three", unique_id="AIDA2")
    for each in (*both, other):
        records.pend(each)
    assert records.pending() == {"AIDA1", "AIDA2"}
    records.settle(both[0])
    assert records.pending() == {"AIDA1", "AIDA2"}
    records.settle(both[1])
    assert records.pending() == {"AIDA2"}


def test_a_call_that_was_not_planned(records: TableRecords) -> None:
    assert records.planned("f") is None


def test_planned_calls_name_their_incident(records: TableRecords) -> None:
    records.plan("20260301-1", ["f", "g"])
    assert [records.planned(each) for each in "fgh"] == ["20260301-1", "20260301-1", None]


def test_the_last_plan_is_the_one_that_holds_a_call(records: TableRecords) -> None:
    for incident in ("20260301-2", "20260301-1"):
        records.plan(incident, ["f"])
    assert records.planned("f") == "20260301-1"


@pytest.mark.parametrize(
    ("seconds", "known"),
    [
        pytest.param(-7, False, id="long before the plan"),
        pytest.param(-1, True, id="in the second of the plan, which has no fractions"),
        pytest.param(60, True, id="at the end of a run"),
        pytest.param(92, False, id="when no run that planned it can still go on"),
        pytest.param(3600, False, id="an hour later"),
    ],
)
def test_a_plan_holds_a_call_while_it_is_made(
    records: TableRecords, seconds: int, known: bool
) -> None:
    records.plan("20260301-1", ["f"])
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    assert records.own("f", at) == ("20260301-1" if known else None)
    assert records.own("g", at) is None


def test_a_later_plan_does_not_hide_an_earlier_one(
    records: TableRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.plan("20260301-1", ["f"])
    early = datetime.now(UTC)
    later = Mock(wraps=datetime, now=lambda _: early + timedelta(minutes=5))
    monkeypatch.setattr(plans, "datetime", later)
    records.plan("20260301-2", ["f"])
    assert [records.own("f", early + timedelta(minutes=each)) for each in (0, 5)] == [
        "20260301-1",
        "20260301-2",
    ]
