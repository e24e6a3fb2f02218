"""Requests are decided over all policies that AWS manages, without an error."""

import pytest

from cli.aws_policies import aws_policies
from lambdas.policy.document import parse
from lambdas.policy.power import Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request
from lambdas.policy.ruling import Ruling, decide_request

ALICE = "arn:aws:iam::123456789012:user/alice"


def _ruling(name: str, action: str, resource: str = "*", **context: str) -> Ruling:
    _, text = aws_policies().documents[f"policy/{name}"]
    held = Policies(identity=(Source(name, parse(text)),))
    keys = {key.replace("_", ":", 1): value for key, value in context.items()}
    return decide_request(Request(action, resource, ALICE, context=keys), held)


def test_every_condition_can_be_judged() -> None:
    documents = {name: parse(text) for name, (_, text) in aws_policies().documents.items()}
    asked = [
        (name, each)
        for name, document in documents.items()
        for statement in document.statements
        for each in statement.asked
    ]
    assert len(documents) > 1_500
    assert len(asked) > 5_000
    assert [name for name, each in asked if each.operator is None or each.problem] == []


@pytest.mark.parametrize(
    ("name", "action", "context", "result"),
    [
        pytest.param("ReadOnlyAccess", "iam:CreateUser", {}, "ImplicitlyDenied", id="reads only"),
        pytest.param("ReadOnlyAccess", "s3:GetObject", {}, "Allowed", id="reads"),
        pytest.param("PowerUserAccess", "iam:CreateUser", {}, "ImplicitlyDenied", id="no IAM"),
        pytest.param("PowerUserAccess", "ec2:RunInstances", {}, "Allowed", id="all but IAM"),
        pytest.param("AdministratorAccess", "iam:CreateUser", {}, "Allowed", id="everything"),
        pytest.param("AWSDenyAll", "s3:GetObject", {}, "ExplicitlyDenied", id="nothing"),
        pytest.param(
            "AmazonEC2FullAccess",
            "iam:CreateServiceLinkedRole",
            {"iam_AWSServiceName": "spot.amazonaws.com"},
            "Allowed",
            id="a condition that holds",
        ),
        pytest.param(
            "AmazonEC2FullAccess",
            "iam:CreateServiceLinkedRole",
            {"iam_AWSServiceName": "eks.amazonaws.com"},
            "ImplicitlyDenied",
            id="a condition that does not",
        ),
    ],
)
def test_well_known_policies(name: str, action: str, context: dict[str, str], result: str) -> None:
    ruling = _ruling(name, action, **context)
    assert (str(ruling.result), ruling.errors) == (result, ())
