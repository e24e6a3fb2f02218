from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from typing import Any

import pytest
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws import chunks
from lambdas.aws import table as module
from lambdas.aws.records import TableRecords
from lambdas.model.state import ONLY, Part, State, Unknown
from lambdas.model.subject import Kind, Subject
from tests.aws.conftest import TABLE

SECOND = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LONGEST_DOCUMENT = 131_072
"""Characters that IAM takes of a document.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
"""


def state(as_of: datetime = SECOND, unique_id: Any = "AIDA1", **parts: Any) -> State:
    return State(
        subject=Subject(Kind.USER, "alice"),
        unique_id=unique_id,
        arn="arn:aws:iam::123456789012:user/alice",
        as_of=as_of,
        parts={Part(part): held for part, held in parts.items()},
    )


def test_what_was_never_read_is_unknown(records: TableRecords) -> None:
    assert records.before("AIDA1", SECOND) == Unknown(
        "no state of it was read before 2026-03-01 12:00:05 UTC"
    )


def test_what_has_no_id_is_unknown(records: TableRecords) -> None:
    assert isinstance(records.before(None, SECOND), Unknown)


def test_the_newest_before_a_moment_counts(records: TableRecords) -> None:
    ages = [state(SECOND - timedelta(hours=hours)) for hours in (3, 1, 2)]
    records.remember(ages)
    assert records.before("AIDA1", SECOND) == ages[1]


@pytest.mark.parametrize(
    ("as_of", "counts"),
    [
        pytest.param(SECOND + TICK, False, id="not after the second"),
        pytest.param(SECOND, False, id="not at its first moment"),
        pytest.param(SECOND - TICK, True, id="just before it"),
    ],
)
def test_the_edge_of_a_second(records: TableRecords, as_of: datetime, counts: bool) -> None:
    records.remember([state(as_of)])
    assert isinstance(records.before("AIDA1", SECOND), State) is counts


def test_another_user_has_another_history(records: TableRecords) -> None:
    records.remember([state(SECOND - TICK, unique_id="AIDA2")])
    assert isinstance(records.before("AIDA1", SECOND), Unknown)


def test_documents_come_back_as_they_were(records: TableRecords) -> None:
    text = '{ "a":\t"Ü\u202e🙂",\r\n}' + " " * 131_072
    kept = state(SECOND - TICK, inline={"work": text})
    records.remember([kept])
    assert records.before("AIDA1", SECOND) == kept


def test_more_than_one_request_takes(records: TableRecords) -> None:
    ages = [state(SECOND - timedelta(minutes=minutes)) for minutes in range(1, 61)]
    records.remember(ages)
    assert [records.before("AIDA1", each.as_of + TICK) for each in ages] == ages


def test_what_dynamodb_did_not_take_is_written_again(
    records: TableRecords, dynamodb: DynamoDBClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, refusals, breaths = dynamodb.batch_write_item, [3], []

    def refusing(RequestItems: Any) -> Any:  # noqa: N803 - boto3's own name
        wanted = RequestItems[TABLE]
        refused = [wanted.pop() for _ in range(refusals.pop())] if refusals else []
        write(RequestItems={TABLE: wanted})
        return {"UnprocessedItems": {TABLE: refused} if refused else {}}

    monkeypatch.setattr(dynamodb, "batch_write_item", refusing)
    monkeypatch.setattr(module.time, "sleep", breaths.append)
    ages = [state(SECOND - timedelta(minutes=minutes)) for minutes in range(1, 31)]
    records.remember(ages)
    assert [records.before("AIDA1", each.as_of + TICK) for each in ages] == ages
    assert len(breaths) == 1


def padded(seed: int) -> str:
    """The longest document, padded with what IAM does not count and what hardly compresses."""
    digits = shake_256(str(seed).encode()).hexdigest(LONGEST_DOCUMENT // 2 - 1)
    return "{" + digits.translate(str.maketrans("0123456789abcdef", " \t\r\n" * 4)) + "}"


def test_the_largest_role_that_iam_allows_comes_back_as_it_was(records: TableRecords) -> None:
    inline = {f"policy-{number}": padded(number) for number in range(40)}
    largest = state(SECOND - TICK, inline=inline, trust={ONLY: padded(99)})
    records.remember([state(SECOND - timedelta(hours=1)), largest])
    assert records.before("AIDA1", SECOND) == largest
    assert records.before("AIDA1", largest.as_of) == state(SECOND - timedelta(hours=1))


def test_no_entry_is_there_before_all_of_its_chunks(
    records: TableRecords, dynamodb: DynamoDBClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = dynamodb.batch_write_item, []

    def noting(RequestItems: Any) -> Any:  # noqa: N803 - boto3's own name
        written.extend(each["PutRequest"]["Item"]["sk"]["S"] for each in RequestItems[TABLE])
        return write(RequestItems=RequestItems)

    monkeypatch.setattr(dynamodb, "batch_write_item", noting)
    monkeypatch.setattr(chunks, "INLINE", 100)
    monkeypatch.setattr(chunks, "CHUNK", 10)
    records.remember([state(SECOND), state(SECOND - TICK)])
    are_chunks = [sort_key.startswith("chunk#") for sort_key in written]
    assert are_chunks == sorted(are_chunks, reverse=True)
    assert written.count("id") == 1
    assert are_chunks.count(False) == 3


def test_a_state_that_lacks_a_chunk_is_unknown_and_no_older_one(
    records: TableRecords, dynamodb: DynamoDBClient
) -> None:
    records.remember([state(SECOND - timedelta(hours=1))])
    records.remember(
        [
            state(
                SECOND - TICK,
                inline={
                    "a": padded(1),
                    "b": padded(2),
                    "c": padded(3),
                    "d": padded(4),
                    "e": padded(5),
                },
            )
        ]
    )
    *_, last = dynamodb.scan(TableName=TABLE)["Items"]
    assert last["sk"]["S"].startswith("chunk#")
    dynamodb.delete_item(TableName=TABLE, Key={"pk": last["pk"], "sk": last["sk"]})
    unknown = records.before("AIDA1", SECOND)
    assert isinstance(unknown, Unknown)
    assert "lacks chunk#" in unknown.reason


def test_a_state_that_cannot_be_read_is_unknown(
    records: TableRecords, dynamodb: DynamoDBClient
) -> None:
    records.remember([state(SECOND - TICK)])
    [item] = [each for each in dynamodb.scan(TableName=TABLE)["Items"] if "data" in each]
    dynamodb.put_item(TableName=TABLE, Item={**item, "data": {"B": b"spoilt"}})
    assert isinstance(records.before("AIDA1", SECOND), Unknown)


def test_a_user_is_known_by_the_name_that_it_had_last(records: TableRecords) -> None:
    former, now = state(SECOND - TICK), state(SECOND)
    assert records.id_of(former.subject) is None
    records.remember([former, now])
    assert records.id_of(former.subject) == now.unique_id
