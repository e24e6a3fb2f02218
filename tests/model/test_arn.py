import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.arn import Arn, partition_of

USER = "arn:aws:iam::123456789012:user/team/alice"


@pytest.mark.parametrize(
    "text",
    ["", "alice", "arn:aws:iam::123456789012", "arn:aws:iam::123456789012:", f"x{USER}"],
)
def test_what_is_no_arn_is_none(text: str) -> None:
    assert Arn.parse(text) is None


def test_an_arn_is_its_six_fields() -> None:
    arn = Arn.parse(USER)
    assert arn == Arn("aws", "iam", "", "123456789012", "user/team/alice")
    assert arn.name == "alice"


def test_a_resource_may_hold_colons() -> None:
    arn = Arn.parse("arn:aws:logs:us-east-1:123456789012:log-group:a:*")
    assert arn is not None
    assert arn.resource == "log-group:a:*"


FIELD = st.text(st.characters(exclude_characters=":"))


@given(st.builds(Arn, FIELD, FIELD, FIELD, FIELD, st.text(min_size=1)))
def test_an_arn_spelled_out_is_the_same_arn(arn: Arn) -> None:
    assert Arn.parse(str(arn)) == arn


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("us-east-1", "aws"),
        ("eu-west-3", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("us-isof-south-1", "aws-iso-f"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("eusc-de-east-1", "aws-eusc"),
    ],
)
def test_the_partition_of_a_region(region: str, partition: str) -> None:
    assert partition_of(region) == partition
