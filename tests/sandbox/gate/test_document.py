"""What the gate does not evaluate fails the run, with a message that names it."""

import json
from typing import Any

import pytest

from sandbox.gate.document import read
from sandbox.gate.errors import UnsupportedPolicyError

ALLOW = {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}


def covers(statement: dict[str, Any]) -> bool:
    (read_statement,) = read(json.dumps({"Statement": statement}))
    return read_statement.covers("iam:GetUser", "*", {})


def test_a_single_statement_needs_no_list() -> None:
    assert covers(ALLOW)


def test_a_condition_is_not_asked_where_the_action_does_not_match() -> None:
    assert not covers(
        ALLOW | {"Action": "s3:*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2030"}}}
    )


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        pytest.param({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, "IpAddress", id="an operator"),
        pytest.param({"Null": {"aws:SourceArn": "true"}}, "Null", id="the check for absence"),
        pytest.param(
            {"ForAnyValue:StringEquals": {"aws:PrincipalArn": "a"}}, "ForAnyValue", id="a set"
        ),
        pytest.param(
            {"StringEquals": {"aws:UserAgent": "a"}}, "aws:UserAgent", id="a condition key"
        ),
        pytest.param(
            {"StringEquals": {"aws:PrincipalArn": "${aws:username}"}},
            "aws:username",
            id="a policy variable",
        ),
    ],
)
def test_a_condition_it_cannot_evaluate_is_named(condition: dict[str, Any], named: str) -> None:
    with pytest.raises(UnsupportedPolicyError, match=named):
        covers(ALLOW | {"Condition": condition})


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        pytest.param(ALLOW | {"NotPrincipal": "*"}, "NotPrincipal", id="an unknown element"),
        pytest.param({"Effect": "Allow", "Resource": "*"}, "Action", id="no action"),
        pytest.param(ALLOW | {"Effect": "allow"}, "allow", id="an effect in small letters"),
        pytest.param(
            ALLOW | {"Resource": "arn:aws:iam::1:user/${aws:username}"}, "username", id="a variable"
        ),
    ],
)
def test_a_statement_it_cannot_evaluate_is_named(statement: dict[str, Any], named: str) -> None:
    with pytest.raises(UnsupportedPolicyError, match=named):
        covers(statement)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"Statement":', "null"])
def test_a_text_that_is_no_policy_is_an_error(text: str) -> None:
    with pytest.raises(UnsupportedPolicyError, match="not a policy document"):
        read(text)
