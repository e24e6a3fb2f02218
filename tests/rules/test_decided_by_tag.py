"""Tags by which policies decide.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.rules.decided_by_tag import decided_by_tag
from tests.policy.account import ALICE, state, states, text
from tests.rules.cases import called, cases, told

FOUND = {case.id: case.values[0] for case in cases("decided_by_tag")}
SET = "a tag of the user that a policy asks for, in any case of letters"


@pytest.mark.parametrize("case", cases("decided_by_tag"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*decided_by_tag(called(case))]) == case["findings"]


def test_a_finding_names_whose_tag_it_is_and_which_policies_ask_for_it() -> None:
    (found,) = decided_by_tag(called(FOUND[SET]))
    assert (found.rule, found.principal) == ("decided-by-tag", ALICE)
    assert found.because == ('inline policy "0" of user alice',)


def test_of_many_policies_some_are_named() -> None:
    asking = text(FOUND[SET]["after"]["identity"])
    many = state(ALICE, inline={str(n): asking for n in range(6)}, tags={"team": "red"})
    (found,) = decided_by_tag(replace(called(FOUND[SET]), after=states(many)))
    assert found.because[-1] == "and 2 more"
    assert len(found.because) == 5


def test_a_subject_that_cannot_be_read_is_no_excuse() -> None:
    case = replace(called(FOUND[SET]), after=states())
    assert [found.says for found in decided_by_tag(case)] == [
        "changed of user alice, by which no policy that was read decides: tag team"
    ]
