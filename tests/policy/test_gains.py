"""Gains. The words for them are cases of their own, in test_delta.py."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.elements import MOST_COMPARED, Element
from lambdas.policy.evaluate import Answer, decide
from lambdas.policy.gains import Gains, Held, gains
from lambdas.policy.grants import Grant
from lambdas.policy.match import matches
from lambdas.policy.power import Power
from tests.policy.account import power

ACTIONS = ("s3:GetObject", "s3:PutObject", "iam:PassRole", "ec2:RunInstances")
RESOURCES = (
    "*",
    "arn:aws:s3:::a/alice",
    "arn:aws:s3:::a/AIDAEXAMPLE",
    "arn:aws:s3:::b/x",
    "arn:aws:iam::123456789012:role/app",
)
REQUEST = {"aws:username": "alice", "aws:userid": "AIDAEXAMPLE"}
"""What a request knows, and the powers that are compared know in part."""


def _one(key: str, *samples: str) -> st.SearchStrategy[dict[str, Any]]:
    lists = st.lists(st.sampled_from(samples), min_size=1, max_size=3)
    return st.one_of(*(st.fixed_dictionaries({name: lists}) for name in (key, f"Not{key}")))


CONDITIONS = st.sampled_from(
    [
        {},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"a:b": ["x", "y"]}},
    ]
)
STATEMENTS = st.lists(
    st.builds(
        lambda effect, action, resource, condition: {
            "Effect": effect,
            **action,
            **resource,
            "Condition": condition,
        },
        st.sampled_from(["Allow", "Allow", "Deny"]),
        _one("Action", "*", "s3:*", "S3:Get*", "s3:?etObject", *ACTIONS, "*:Pass*"),
        _one("Resource", *RESOURCES, "arn:aws:s3:::a/*", "*/${aws:username}", "*/${aws:userid}"),
        CONDITIONS,
    ),
    max_size=4,
)
POWERS = st.builds(
    lambda identity, boundary, scps: replace(
        power([identity] if identity else [], boundary=boundary or None),
        scps=tuple(power([level]).identity for level in scps if level),
    ),
    STATEMENTS,
    STATEMENTS,
    st.lists(STATEMENTS, max_size=2),
)


def _answer(held: Power, action: str, resource: str) -> Answer:
    return decide(replace(held, variables=REQUEST), action, resource).answer


def _names(found: Gains, action: str, resource: str) -> bool:
    named: list[Grant] = [each.grant for each in found.granted]
    named += [*found.undenied, *(grant for _, grant in found.let_through)]
    return bool(found.unlimited) or any(
        _in(grant.actions, action.lower()) and _in(grant.resources, resource) for grant in named
    )


def _in(element: Element, text: str) -> bool:
    if element.all_but:
        return not any(each.sure and matches(each.widest, text) for each in element.patterns)
    return any(matches(each.widest, text) for each in element.patterns)


@given(POWERS)
def test_nothing_is_gained_by_standing_still(held: Power) -> None:
    for pairs in (0, MOST_COMPARED):
        assert gains(Held.of(held), Held.of(held), pairs) == Gains()


@given(POWERS)
def test_nothing_is_gained_by_losing_everything(held: Power) -> None:
    assert gains(Held.of(held), Held()) == Gains()


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param(MOST_COMPARED, id="whatever is compared"),
        pytest.param(3, id="where not all can be compared"),
    ],
)
@given(before=POWERS, after=POWERS)
def test_what_is_newly_allowed_is_within_the_gains(pairs: int, before: Power, after: Power) -> None:
    found = gains(Held.of(before), Held.of(after), pairs)
    for action in ACTIONS:
        for resource in RESOURCES:
            if _answer(after, action, resource) > _answer(before, action, resource):
                assert _names(found, action, resource)
