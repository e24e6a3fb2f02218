"""Trails that record less, or keep what they record in another way.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.calls.selectors import canonical
from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.problem import Problem
from lambdas.model.state import ONLY, Part, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.rules.rule import CannotJudgeError
from lambdas.rules.trail_narrowed import trail_narrowed
from tests.policy.account import ALICE, account, state, states
from tests.rules.cases import UNKNOWN, case_of, cases, told

ARN = "arn:aws:cloudtrail:us-east-1:123456789012:trail/audit"
TRAIL = Subject(Kind.TRAIL, ARN)
UNREAD = Problem("the settings could not be read")


def trail(parts: dict[str, Any]) -> State:
    """A trail as a case describes it, with its selectors in canonical spelling."""
    return state(TRAIL, ARN, **{part: _held(part, given) for part, given in parts.items()})


def _held(part: str, given: Any) -> dict[str, str]:
    if part == Part.SELECTORS:
        return {kind: canonical(selectors) for kind, selectors in given.items()}
    if part == Part.INSIGHTS:
        return {ONLY: canonical(given)} if given else {}
    return dict(given)


def before(given: Any) -> States | Unknown:
    known = {None: UNKNOWN, "absent": states()}
    return known[given] if not isinstance(given, dict) else states(trail(given))


def editing(case: Case, *parts: str) -> Case:
    """The case of a call that set all that these parts hold after it, insights perhaps to none."""
    now = case.after.known[TRAIL].parts
    edits = tuple(
        Edit(Part(part), key, now[Part(part)].get(key))
        for part in parts
        for key in now[Part(part)] or (ONLY,)
    )
    return replace(case, change=replace(case.change, edits=edits))


def described(case: dict[str, Any]) -> Case:
    after = states(trail(case["after"]))
    return editing(case_of(before(case["before"]), after, subject=TRAIL), *case.get("edits", ()))


def settings(**held: str) -> States:
    return states(trail({"settings": held}))


@pytest.mark.parametrize("case", cases("trail_narrowed"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*trail_narrowed(described(case))]) == case["findings"]


@pytest.mark.parametrize("subject", [None, ALICE, TRAIL], ids=["none", "a user", "a deleted trail"])
def test_other_subjects_are_not_this_rules_business(subject: Subject | None) -> None:
    assert not [*trail_narrowed(case_of(account(), account(), subject=subject))]


@pytest.mark.parametrize(
    ("former", "now", "because"),
    [
        pytest.param(
            {"settings": {"S3BucketName": "logs"}},
            {"settings": {"S3BucketName": "elsewhere"}},
            ("S3BucketName is elsewhere, and was logs",),
            id="a setting",
        ),
        pytest.param(
            {"settings": {"KmsKeyId": "key"}},
            {"settings": {}},
            ("KmsKeyId is not set, and was key",),
            id="a setting that was cleared",
        ),
        pytest.param(
            {"settings": {"IsMultiRegionTrail": "true"}},
            {"settings": {"IsMultiRegionTrail": "false"}},
            ("IsMultiRegionTrail is false",),
            id="a switch",
        ),
        pytest.param(
            {"event selectors": {"EventSelectors": [{}]}},
            {"event selectors": {"EventSelectors": [{"ReadWriteType": "ReadOnly"}]}},
            ("no event selector includes management events that change something",),
            id="selectors that leave out all",
        ),
        pytest.param(
            {"event selectors": {"EventSelectors": [{}]}},
            {
                "event selectors": {
                    "EventSelectors": [
                        {"ExcludeManagementEventSources": ["rdsdata.amazonaws.com"]},
                        {"ExcludeManagementEventSources": ["a", "b"]},
                    ]
                }
            },
            ("it records them only if eventSource NotEquals rdsdata.amazonaws.com",),
            id="selectors of which the widest counts",
        ),
    ],
)
def test_a_finding_names_its_cause(former: Any, now: Any, because: tuple[str, ...]) -> None:
    [found] = trail_narrowed(case_of(before(former), before(now), subject=TRAIL))
    assert (found.rule, found.principal, found.because) == ("trail-narrowed", None, because)


def test_what_was_not_read_is_not_lost() -> None:
    after = replace(settings(EnableLogFileValidation="false"), problems=(UNREAD,))
    case = editing(case_of(settings(S3BucketName="logs"), after, subject=TRAIL), "settings")
    [found] = trail_narrowed(case)
    assert found.because == ("EnableLogFileValidation is false",)


def test_what_was_not_read_before_is_not_claimed_to_be_new() -> None:
    former = States({}, (UNREAD,))
    case = case_of(former, settings(IsMultiRegionTrail="false"), subject=TRAIL)
    [found] = trail_narrowed(editing(case, "settings"))
    assert found.says == f"trail {ARN} does not record events of other regions"


def test_a_setting_that_only_its_former_value_explains() -> None:
    case = case_of(UNKNOWN, settings(S3BucketName="elsewhere", SnsTopicName="t"), subject=TRAIL)
    with pytest.raises(CannotJudgeError, match="what S3BucketName of"):
        [*trail_narrowed(editing(case, "settings"))]


@pytest.mark.parametrize(
    "selectors",
    ["All", "1", '["All"]', '[{"ReadWriteType":"Some"}]', "[1]"],
    ids=["no JSON", "no list", "a text", "a type that there is not", "a number"],
)
@pytest.mark.parametrize("kind", ["EventSelectors", "AdvancedEventSelectors"])
def test_selectors_that_look_like_none(kind: str, selectors: str) -> None:
    broken = states(state(TRAIL, ARN, **{Part.SELECTORS: {kind: selectors}}))
    with pytest.raises(CannotJudgeError, match="look like none"):
        [*trail_narrowed(case_of(broken, broken, subject=TRAIL))]
