"""Crowds in DynamoDB: each incident counts once, and waits until it was told."""

from datetime import UTC, datetime, timedelta

from lambdas.aws.records import TableRecords

DEPLOY, OTHER = (f"arn:aws:iam::123456789012:role/{name}" for name in ("deploy", "other"))


def since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=10)


def test_the_others_of_the_same_actor_are_counted(records: TableRecords) -> None:
    assert [records.others(DEPLOY, each, since()) for each in "abc"] == [0, 1, 2]
    assert records.others(OTHER, "d", since()) == 0


def test_an_incident_counts_once_however_often_it_is_tried(records: TableRecords) -> None:
    for _ in range(3):
        records.others(DEPLOY, "a", since())
    assert [records.others(DEPLOY, each, since()) for each in "ab"] == [0, 1]


def test_who_was_mailed_about_before_does_not_count(records: TableRecords) -> None:
    records.others(DEPLOY, "a", since())
    assert records.others(DEPLOY, "b", datetime.now(UTC)) == 0


def test_of_many_enough_are_counted(records: TableRecords) -> None:
    for number in range(60):
        last = records.others(DEPLOY, str(number), since())
    assert last == 49


def test_what_is_gathered_waits_until_it_was_told(records: TableRecords) -> None:
    before = datetime.now(UTC)
    for each in "ab":
        records.gather(each, DEPLOY)
    waiting = {each.incident: each for each in records.gathered()}
    assert waiting.keys() == {"a", "b"}
    assert waiting["a"].actor == DEPLOY
    assert before <= waiting["a"].at <= datetime.now(UTC)
    records.scatter(["a"])
    assert [each.incident for each in records.gathered()] == ["b"]
