import json
from typing import Any

import pytest
from botocore.session import get_session
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from lambdas.calls.selectors import canonical

DEFAULT = {
    "ReadWriteType": "All",
    "IncludeManagementEvents": True,
    "DataResources": [],
    "ExcludeManagementEventSources": [],
}
S3 = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}
MANAGEMENT = {"Field": "eventCategory", "Equals": ["Management"]}
WRITES = {"Field": "readOnly", "Equals": ["false"]}
RATE, ERRORS = ({"InsightType": f"Api{what}RateInsight"} for what in ("Call", "Error"))

SAME: dict[str, tuple[Any, Any]] = {
    "no selectors at all": ([], []),
    "a selector as the event spells it": (
        [{"readWriteType": "WriteOnly", "includeManagementEvents": True}],
        [{**DEFAULT, "ReadWriteType": "WriteOnly"}],
    ),
    "one that says nothing and the default": ([{}], [DEFAULT]),
    "members that are null and members that are empty": (
        [{"dataResources": None, "excludeManagementEventSources": None}],
        [DEFAULT],
    ),
    "data resources as the event spells them": (
        [{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}],
        [{**DEFAULT, "DataResources": [S3]}],
    ),
    "values in another order": (
        [{"excludeManagementEventSources": ["rdsdata.amazonaws.com", "kms.amazonaws.com"]}],
        [{"ExcludeManagementEventSources": ["kms.amazonaws.com", "rdsdata.amazonaws.com"]}],
    ),
    "selectors in another order": (
        [{"ReadWriteType": "ReadOnly"}, {"ReadWriteType": "WriteOnly"}],
        [{"ReadWriteType": "WriteOnly"}, {"ReadWriteType": "ReadOnly"}],
    ),
    "an advanced selector as the event spells it": (
        [{"fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}],
        [{"FieldSelectors": [MANAGEMENT]}],
    ),
    "operators and a name that are empty": (
        [{"Name": "", "FieldSelectors": [{**MANAGEMENT, "StartsWith": [], "NotEquals": None}]}],
        [{"FieldSelectors": [MANAGEMENT]}],
    ),
    "field selectors in another order": (
        [{"FieldSelectors": [MANAGEMENT, WRITES]}],
        [{"FieldSelectors": [WRITES, MANAGEMENT]}],
    ),
    "insights as the event spells them": ([{"insightType": "ApiCallRateInsight"}], [RATE]),
    "insights of management events by default": (
        [{**RATE, "EventCategories": ["Management"]}],
        [RATE],
    ),
    "insights in another order": ([RATE, ERRORS], [ERRORS, RATE]),
}
DIFFERENT: dict[str, tuple[Any, Any]] = {
    "none and the default": ([], [{}]),
    "management events and none": ([{"IncludeManagementEvents": False}], [DEFAULT]),
    "reads and all": ([{"readWriteType": "ReadOnly"}], [DEFAULT]),
    "a source left out and none": (
        [{"excludeManagementEventSources": ["kms.amazonaws.com"]}],
        [DEFAULT],
    ),
    "one of two data resources": (
        [{"DataResources": [S3, {"Type": "t"}]}],
        [{"DataResources": S3}],
    ),
    "equal and not equal": (
        [{"FieldSelectors": [{"Field": "f", "Equals": ["a"]}]}],
        [{"FieldSelectors": [{"Field": "f", "NotEquals": ["a"]}]}],
    ),
    "values in another case": (
        [{"FieldSelectors": [{"Field": "f", "Equals": ["a"]}]}],
        [{"FieldSelectors": [{"Field": "f", "Equals": ["A"]}]}],
    ),
    "insights of data events": ([{**RATE, "EventCategories": ["Data"]}], [RATE]),
    "a field that nobody knows yet": ([{"ReadWriteType": "All", "Novel": ["x"]}], [DEFAULT]),
    "what is no list": ("none", []),
    "what is no selector": (["none"], []),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_the_same_is_spelled_the_same(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_is_spelled_otherwise(one, other):
    assert canonical(one) != canonical(other)


def test_a_basic_selector_is_written_out():
    assert json.loads(canonical([{}])) == [DEFAULT]


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_is_spelled_can_be_sent(one, other):
    selectors = json.loads(canonical(one))
    advanced = any("FieldSelectors" in each for each in selectors)
    insights = any("InsightType" in each for each in selectors)
    shape = f"{'Advanced' if advanced else ''}{'Insight' if insights else 'Event'}Selectors"
    model = get_session().get_service_model("cloudtrail").shape_for(shape)
    assert not ParamValidator().validate(selectors, model).has_errors()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_any_json_is_spelled_and_is_left_as_it_is_the_second_time(value):
    text = canonical(value)
    assert canonical(json.loads(text)) == text


def test_what_no_selector_can_be_is_spelled_however_deep_it_goes():
    value: Any = "x"
    for _ in range(500):
        value = [value]
    assert canonical(value) == "[" * 500 + '"x"' + "]" * 500
