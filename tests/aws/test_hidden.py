"""Calls whose events hide what they did, noted until a sweep has looked."""

from lambdas.aws.records import TableRecords
from tests.service.world import tagged


def test_a_hidden_call_is_noted_until_a_sweep_has_looked_for_it(records: TableRecords) -> None:
    incidents = [tagged("1"), tagged("2")]
    for incident in incidents:
        records.save(incident)
        records.hide(incident.id)
        records.hide(incident.id)
    assert {each.id for each in records.hidden()} == {each.id for each in incidents}
    records.reveal([incidents[0].id])
    assert [each.id for each in records.hidden()] == [incidents[1].id]


def test_a_note_without_its_incident_is_none(records: TableRecords) -> None:
    records.hide("20260301-none")
    assert [*records.hidden()] == []
