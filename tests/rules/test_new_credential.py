"""Credentials that somebody got for another user.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.rules.new_credential import new_credential
from tests.policy.account import ALICE, account, states
from tests.rules.cases import called, case_of, cases, told

FOUND = {case.id: case.values[0] for case in cases("new_credential")}


@pytest.mark.parametrize("case", cases("new_credential"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*new_credential(called(case))]) == case["findings"]


def test_other_calls_are_not_this_rules_business() -> None:
    assert not [*new_credential(case_of(account(), account(), ALICE))]


def test_a_finding_names_whose_credential_it_is_and_why_it_matters() -> None:
    (found,) = new_credential(called(FOUND["an access key for an administrator"]))
    assert (found.rule, found.principal) == ("new-credential", ALICE)
    assert found.because == (
        "the secret of the access key, which its maker was shown and can act as user alice with",
        'inline policy "0" of user alice, statement 1 (Allow * on *)',
    )


def test_a_user_who_cannot_be_read_is_no_excuse() -> None:
    case = replace(called(FOUND["an access key for another user"]), after=states())
    assert [found.says for found in new_credential(case)] == [
        "user mallory made an access key for user alice"
    ]
