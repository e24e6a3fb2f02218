from dataclasses import replace

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
