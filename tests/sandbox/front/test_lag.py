"""Reads of functions show IAM as it was a while ago; everybody else's show it as it is."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

LAG = 3.0
LIST = {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"}


@pytest.fixture
def lagging(front: Front) -> Iterator[Front]:
    yield front
    front.hooks.read_lag = 0.0


def names(client: Any) -> list[str]:
    return [user["UserName"] for user in client.list_users()["Users"]]


def test_a_functions_reads_lag_by_the_time_that_is_set(lagging: Front) -> None:
    everybody = lagging.client("iam")
    late = lagging.client("iam", credentials=roles.function(lagging, "late", LIST))
    everybody.create_user(UserName="before")
    assert names(late) == ["before"]
    lagging.hooks.read_lag = LAG
    everybody.create_user(UserName="first")
    everybody.create_user(UserName="second")
    assert names(late) == ["before"]
    assert {*names(everybody)} == {"before", "first", "second"}
    time.sleep(LAG)
    assert {*names(late)} == {"before", "first", "second"}


def test_what_was_written_while_nothing_lagged_is_seen_at_once(lagging: Front) -> None:
    prompt = lagging.client("iam", credentials=roles.function(lagging, "prompt", LIST))
    lagging.client("iam").create_user(UserName="prompt")
    lagging.hooks.read_lag = LAG
    assert "prompt" in names(prompt)
