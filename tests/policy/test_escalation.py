"""Ways up: what a principal may do to itself, to what it draws on, or to become another.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity
from lambdas.policy.document import parse
from lambdas.policy.escalation import Way, all_ways, ways
from lambdas.policy.escalation.path import Target
from lambdas.policy.escalation.paths import PATHS
from lambdas.policy.power import Source
from tests.policy.account import ADMIN, power, text
from tests.policy.cases import Case, cases, policies

EACH = cases("escalation-paths")
_PATHS = {path.id: path for path in PATHS}
_ELSEWHERE = '"Resource": "arn:aws:sqs:us-east-1:123456789012:queue"'


def _found(case: Case, *further: Any) -> dict[str, Way]:
    held = policies(case)
    identity = [*held.pop("identity", ()), *further]
    return {way.path.id: way for way in all_ways(power(identity, **held))}


@pytest.mark.parametrize("case", cases("escalation"))
def test_ways(case: Case) -> None:
    found = ways(power(**policies(case)))
    assert {way.path.id: str(way.certainty) for way in found} == case["ways"]
    assert all(way.because for way in found)


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        pytest.param("iam:TagUser", Severity.LOW, id="tagging oneself is low"),
        pytest.param("iam:AddUserToGroup", Severity.MEDIUM, id="what is possible is medium"),
        pytest.param("iam:PutUserPolicy", Severity.HIGH, id="what is certain is high"),
    ],
)
def test_severity(action: str, severity: Severity) -> None:
    allow = [{"Effect": "Allow", "Action": action, "Resource": "*"}]
    assert [way.severity for way in ways(power([allow]))] == [severity]


def test_the_table_holds_each_set_of_actions_once() -> None:
    assert len({path.id for path in PATHS}) == len(PATHS) == 137
    assert len({path.needed for path in PATHS}) == len(PATHS)


def test_every_way_has_its_case() -> None:
    assert [case.id for case in EACH] == [path.id for path in PATHS]


@pytest.mark.parametrize("case", EACH)
def test_the_way_is_found(case: Case) -> None:
    assert _found(case)[case["id"]].certainty == case["certainty"]


@pytest.mark.parametrize("case", EACH)
def test_without_any_one_of_its_actions_the_way_is_closed(case: Case) -> None:
    path = _PATHS[case["id"]]
    for action in path.asked:
        deny = {"Effect": "Deny", "Action": action.upper(), "Resource": "*"}
        assert path.id not in _found(case, [deny]), action


@pytest.mark.parametrize("case", EACH)
def test_a_boundary_that_leaves_one_out_closes_the_way(case: Case) -> None:
    path = _PATHS[case["id"]]
    for action in path.asked:
        edge = [{"Effect": "Allow", "NotAction": action.lower(), "Resource": "*"}]
        assert path.id not in _found({**case, "boundary": edge}), action


@pytest.mark.parametrize("case", EACH)
def test_on_other_resources_the_way_is_closed(case: Case) -> None:
    elsewhere = json.loads(json.dumps(case).replace('"Resource": "*"', _ELSEWHERE))
    assert case["id"] not in _found({**elsewhere, "boundary": case.get("boundary")})


@pytest.mark.parametrize("case", [each for each in EACH if "PassedToService" in str(each.values)])
def test_passing_to_another_service_closes_the_way(case: Case) -> None:
    for operator, service in (
        ("StringEquals", "events.amazonaws.com"),
        ("StringNotEquals", _PATHS[case["id"]].service),
    ):
        other = json.loads(json.dumps(case).replace("StringEquals", operator))
        for statement in other["identity"][0][1:]:
            statement["Condition"] = {operator: {"iam:PassedToService": service}}
        assert case["id"] not in _found(other), operator


@pytest.mark.parametrize("case", EACH)
def test_under_a_condition_the_way_is_not_certain(case: Case) -> None:
    far = {"Bool": {"aws:MultiFactorAuthPresent": "false"}}
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": far}
    way = _found(case, [deny])[case["id"]]
    assert way.certainty == min("conditional", case["certainty"], key=SURENESS.index)
    assert way.given == ("unless Bool aws:MultiFactorAuthPresent false",)


_OWN = frozenset({Target.ITSELF, Target.ITS_GROUP, Target.ITS_POLICY})


@pytest.mark.parametrize(
    ("action", "kind", "bound", "found"),
    [
        pytest.param("iam:PutUserPolicy", "role/app", False, [], id="a role is no user"),
        pytest.param("iam:DeleteUserPermissionsBoundary", "user/x", False, [], id="no boundary"),
        pytest.param("iam:PutUserPolicy", "user/x", False, ["iam-007"], id="a user"),
        pytest.param("iam:PutGroupPolicy", "group/x", False, ["iam-011"], id="a group"),
        pytest.param("iam:CreatePolicyVersion", "policy/x", False, ["iam-001"], id="a policy"),
        pytest.param(
            "iam:DeleteUserPermissionsBoundary",
            "user/x",
            True,
            ["deleteuserpermissionsboundary"],
            id="a boundary",
        ),
    ],
)
def test_what_may_be_its_own_is_possible(
    action: str, kind: str, bound: bool, found: list[str]
) -> None:
    allow = [{"Effect": "Allow", "Action": action, "Resource": f"arn:aws:iam::*:{kind}"}]
    held = power([allow], boundary=[{**allow[0], "Resource": "*"}] if bound else None)
    assert [way.path.id for way in all_ways(held)] == []
    ways_up = all_ways(held, _OWN)
    assert [(way.path.id, str(way.certainty)) for way in ways_up] == [
        (each, "possible") for each in found
    ]


def test_nobody_knows_the_groups_of_a_role() -> None:
    allow = [{"Effect": "Allow", "Action": "iam:PutGroupPolicy", "Resource": "*"}]
    assert all_ways(power([allow], principal="role"), _OWN) == ()


def test_service_control_policies_limit_ways_level_by_level() -> None:
    held = power([ADMIN])
    everything = parse(text(ADMIN))
    to_one = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
    passing = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": to_one}
    rest = {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}
    limit = parse(text([passing, rest]))
    levels = ((Source("root", everything),), (Source("unit", limit),))
    certain = [
        way.path.service
        for way in ways(replace(held, scps=levels))
        if way.certainty is Certainty.CERTAIN
    ]
    assert certain == ["lambda.amazonaws.com"]


_HELD = [text for case in cases("escalation") for text in case.values[0].get("identity", ())]
_MANY = 2
"""Of more exceptions of a Deny it is taken that all is left: too much, and never too little."""
_STATEMENTS = [
    each
    for held in _HELD
    for each in held
    if not isinstance(each.get("NotResource"), list) or len(each["NotResource"]) <= _MANY
]
_ALLOWS = [each for each in _STATEMENTS if each["Effect"] == "Allow"]
_DENIES = [{**each, "Effect": "Deny"} for each in _STATEMENTS]


@given(st.lists(st.sampled_from(_STATEMENTS), max_size=4), st.sampled_from(_DENIES))
def test_a_deny_opens_no_way_and_makes_none_surer(
    allows: list[dict[str, Any]], deny: dict[str, Any]
) -> None:
    sure = {way.path.id: SURENESS.index(way.certainty) for way in all_ways(power([allows]))}
    for way in all_ways(power([[*allows, deny]])) if allows else ():
        assert SURENESS.index(way.certainty) <= sure.get(way.path.id, -1), way.path.id


@given(st.lists(st.sampled_from(_STATEMENTS), max_size=4), st.sampled_from(_ALLOWS))
def test_an_allow_closes_no_way_and_makes_none_less_sure(
    allows: list[dict[str, Any]], allow: dict[str, Any]
) -> None:
    more = {
        way.path.id: SURENESS.index(way.certainty) for way in all_ways(power([[*allows, allow]]))
    }
    for way in all_ways(power([allows])) if allows else ():
        assert SURENESS.index(way.certainty) <= more.get(way.path.id, -1), way.path.id
