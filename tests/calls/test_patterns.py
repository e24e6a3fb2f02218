"""What a watch asks for, and whether the one that is there asks for the same."""

import json
from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.calls.patterns import asked, same
from lambdas.model.subject import Kind

WATCHES = {each.name: each for each in asked(CATALOG.values(), stack="Snapback", ids={})}
ACCOUNT = "123456789012"
PATTERN = WATCHES["Tampering-own-logs"].pattern(ACCOUNT)


def test_every_change_of_iam_is_asked_for_and_this_account_alone() -> None:
    iam = WATCHES["Changes-iam"]
    assert iam.logical_id == "WatchesChangesiam"
    assert iam.pattern(ACCOUNT) == {
        "account": [ACCOUNT],
        "detail-type": ["AWS API Call via CloudTrail"],
        "source": ["aws.iam"],
    }


def test_what_goes_by_an_id_is_asked_for_by_it() -> None:
    ids = {Kind.KEY: ["1234"], Kind.MAPPING: ["5678"]}
    told = {each.name: each for each in asked(CATALOG.values(), stack="Snapback", ids=ids)}
    differing = {name for name in told if told[name] != WATCHES[name]}
    assert differing == {"Tampering-own-computing", "Tampering-keys"}


def written(**changed: Any) -> str:
    return json.dumps({**PATTERN, **changed})


def turned(value: Any) -> Any:
    return value[::-1] if isinstance(value, list) else value


SAME = {
    "as it was given": written(),
    "with its lists in another order": json.dumps(
        json.loads(written(), object_hook=lambda found: {k: turned(v) for k, v in found.items()})
    ),
    "with a switch as a text": json.dumps(PATTERN).replace("true", '"true"'),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_a_pattern_asks_for_the_same(text: str) -> None:
    assert same(text, PATTERN)


OTHER = {
    "none": None,
    "another account": written(account=["999988887777"]),
    "one thing more": written(**{"detail-type": [*PATTERN["detail-type"], "x"]}),
    "no detail": json.dumps({key: PATTERN[key] for key in PATTERN if key != "detail"}),
    "one call fewer": written(
        detail={**PATTERN["detail"], "eventName": PATTERN["detail"]["eventName"][1:]}
    ),
}


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_a_pattern_asks_for_something_else(text: str | None) -> None:
    assert not same(text, PATTERN)
