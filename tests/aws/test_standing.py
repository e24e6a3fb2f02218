from datetime import UTC, datetime, timedelta

from lambdas.aws.records import TableRecords
from lambdas.model.standing import Rank, Standing
from lambdas.model.subject import Kind, Subject
from lambdas.model.suspicion import Suspicion

SEEN = datetime(2026, 3, 1, 12, 0, 5, 6, tzinfo=UTC)


def standing(name: str, rank: Rank = Rank.IS) -> Standing:
    return Standing(
        subject=Subject(Kind.USER, name),
        unique_id=f"AIDA-{name}",
        arn=f"arn:aws:iam::123456789012:user/{name}",
        rank=rank,
        says="by its policies",
        since=SEEN,
        because=("a statement",),
    )


def test_nobody_stands_before_the_first_sweep(records: TableRecords) -> None:
    assert records.standing() == ()


def test_who_was_noted_comes_back_as_it_was(records: TableRecords) -> None:
    records.stand([standing("alice"), standing("bob", Rank.MAY)], [])
    assert records.standing() == (standing("alice"), standing("bob", Rank.MAY))


def test_some_are_replaced_and_others_taken_off(records: TableRecords) -> None:
    records.stand([standing("alice"), standing("bob")], [])
    records.stand([standing("alice", Rank.CAN)], [standing("bob")])
    assert records.standing() == (standing("alice", Rank.CAN),)


def test_suspects_are_noted_once_and_cleared(records: TableRecords) -> None:
    assert records.suspects() == {}
    first, second = Suspicion(SEEN, None), Suspicion(SEEN, SEEN - timedelta(hours=1))
    records.suspect({"AIDA1": first, "AIDA3": first})
    records.suspect({"AIDA1": second, "AIDA2": second})
    records.clear(["AIDA3"])
    assert records.suspects() == {"AIDA1": first, "AIDA2": second}
