from dataclasses import replace
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


def ages(*minutes: int) -> list[State]:
    """States of so many minutes ago, each unlike the others."""
    return [
        state(SECOND - timedelta(minutes=each), inline={"work": f"text {each}"}) for each in minutes
    ]


def test_the_newest_before_a_moment_counts(records: TableRecords) -> None:
    old = ages(180, 60, 120)
    records.remember(old)
    assert records.before("AIDA1", SECOND) == old[1]


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
    old = ages(*range(1, 61))
    records.remember(old)
    assert [records.before("AIDA1", each.as_of + TICK) for each in old] == old


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
    old = ages(*range(1, 31))
    records.remember(old)
    assert [records.before("AIDA1", each.as_of + TICK) for each in old] == old
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
    records.remember([state(SECOND), *ages(1)])
    are_chunks = [sort_key.startswith("chunk#") for sort_key in written]
    assert are_chunks == sorted(are_chunks, reverse=True)
    assert written.count("id") == 1
    assert are_chunks.count(False) == 3


@pytest.mark.parametrize("prefix", ["chunk#", "document"])
def test_a_state_that_lacks_what_it_names_is_unknown_and_no_older_one(
    records: TableRecords,
    dynamodb: DynamoDBClient,
    monkeypatch: pytest.MonkeyPatch,
    prefix: str,
) -> None:
    monkeypatch.setattr(chunks, "INLINE", 100)
    records.remember([state(SECOND - timedelta(hours=1))])
    records.remember([state(SECOND - TICK, inline={"a": padded(1), "b": "-" * 1000})])
    for each in [e for e in items(dynamodb) if e["sk"]["S"].startswith(prefix)]:
        dynamodb.delete_item(TableName=TABLE, Key={"pk": each["pk"], "sk": each["sk"]})
    assert isinstance(records.before("AIDA1", SECOND), Unknown)


def items(dynamodb: DynamoDBClient) -> list[Any]:
    return [
        item
        for page in dynamodb.get_paginator("scan").paginate(TableName=TABLE)
        for item in page["Items"]
    ]


def of(dynamodb: DynamoDBClient, prefix: str) -> list[str]:
    """The sort keys of the items of the partitions that begin like that."""
    return [e["sk"]["S"] for e in items(dynamodb) if e["pk"]["S"].startswith(prefix)]


def test_a_state_like_the_one_before_it_is_no_new_one(
    records: TableRecords, dynamodb: DynamoDBClient
) -> None:
    kept = state(SECOND - timedelta(hours=2), inline={"work": "{}"}, groups={})
    fewer = state(SECOND - timedelta(hours=1), inline={"work": "{}"})
    records.remember([kept])
    records.remember([fewer])
    assert len(of(dynamodb, "state#")) == 1
    assert records.before("AIDA1", SECOND) == kept


@pytest.mark.parametrize(
    "changed",
    [
        {"arn": "arn:aws:iam::123456789012:user/new/alice"},
        {"subject": Subject(Kind.USER, "alicia")},
        {"parts": {Part.INLINE: {"work": "{ }"}}},
        {"parts": {Part.INLINE: {"work": "{}"}, Part.GROUPS: {}}},
    ],
    ids=["moved", "renamed", "another text", "a part that was not read before"],
)
def test_a_state_unlike_the_one_before_it_is_a_new_one(
    records: TableRecords, changed: dict[str, Any]
) -> None:
    records.remember([state(SECOND - timedelta(hours=1), inline={"work": "{}"})])
    other = replace(state(SECOND - TICK, inline={"work": "{}"}), **changed)
    assert list(records.differing([other])) == ["AIDA1"]
    records.remember([other])
    assert records.before("AIDA1", SECOND) == other
    assert records.differing([other]) == {}


def test_a_long_text_is_stored_once_however_many_hold_it(
    records: TableRecords, dynamodb: DynamoDBClient
) -> None:
    text = padded(1)
    states = [state(unique_id=f"AIDA{number}", inline={"a": text}) for number in range(3)]
    records.remember(states)
    TableRecords(dynamodb, TABLE).remember([replace(each, as_of=SECOND + TICK) for each in states])
    assert len(of(dynamodb, "document#")) == 1
    found = [records.before(each.unique_id, SECOND + TICK) for each in states]
    assert found == states


def test_another_text_under_a_digest_is_not_believed(
    records: TableRecords, dynamodb: DynamoDBClient
) -> None:
    records.remember([state(SECOND - TICK, inline={"a": padded(1)})])
    records.remember([state(unique_id="AIDA2", inline={"a": padded(2)})])
    first, second = [e for e in items(dynamodb) if e["pk"]["S"].startswith("document#")]
    for one, other in ((first, second), (second, first)):
        dynamodb.put_item(TableName=TABLE, Item={**one, "data": other["data"]})
    assert isinstance(records.before("AIDA1", SECOND), Unknown)


def test_what_is_known_and_what_differs(records: TableRecords) -> None:
    kept = state(SECOND, inline={"work": "{}"})
    records.remember([kept])
    assert records.differing([replace(kept, as_of=SECOND + TICK)]) == {}
    assert records.differing([state(SECOND, inline={})]) == {"AIDA1": kept}
    assert records.differing([state(unique_id="AIDA9")]) == {
        "AIDA9": Unknown("no state of it is known")
    }


def test_states_of_one_second_come_the_newest_first(records: TableRecords) -> None:
    old = [
        state(SECOND + timedelta(seconds=each), inline={"work": str(each)})
        for each in (-0.1, 0, 0.5, 1)
    ]
    records.remember(old)
    assert records.within("AIDA1", SECOND, SECOND + timedelta(seconds=1)) == [old[2], old[1]]
    assert records.within(None, SECOND, SECOND + timedelta(seconds=1)) == []


class TestWhatComesLate:
    KEPT = state(SECOND - timedelta(hours=2), inline={})
    LATE = state(SECOND - timedelta(hours=1), inline={"work": "{}"})
    SEEN = SECOND - timedelta(minutes=30)

    def test_is_older_than_what_was_seen_since(self, records: TableRecords) -> None:
        records.remember([self.KEPT])
        records.sight({"AIDA1": self.SEEN})
        records.remember([self.LATE])
        assert records.before("AIDA1", self.SEEN) == self.LATE
        assert records.before("AIDA1", SECOND) == self.KEPT

    def test_is_newer_than_what_was_seen_before(self, records: TableRecords) -> None:
        records.remember([self.KEPT])
        records.sight({"AIDA1": SECOND - timedelta(hours=1.5)})
        records.remember([self.LATE])
        assert records.before("AIDA1", SECOND) == self.LATE

    def test_says_nothing_of_what_another_one_was_followed_by(self, records: TableRecords) -> None:
        newer = state(SECOND - timedelta(minutes=40), inline={"work": "{ }"})
        records.remember([self.KEPT, newer])
        records.sight({"AIDA1": self.SEEN})
        records.remember([self.LATE])
        assert records.before("AIDA1", SECOND) == newer


def test_sightings_are_those_of_the_last_sweep(records: TableRecords) -> None:
    assert records.sighted() == {}
    many = {f"AIDA{number}": SECOND for number in range(200)}
    records.sight({**many, "AROA1": None})
    assert records.sighted() == {**many, "AROA1": None}
    records.sight({"AIDA1": SECOND + TICK})
    assert records.sighted() == {"AIDA1": SECOND + TICK}


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
