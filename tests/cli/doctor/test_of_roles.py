"""What a role has otherwise than its template says, and what mends it."""

from dataclasses import replace
from typing import Any

import pytest

from cli.doctor.of_roles import Role, differences, wanted
from tests.cli.doctor.examining import examined

TRUST = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "lambda"}]}
OWN = {"Statement": [{"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}]}
BOUND = "arn:aws:iam::123456789012:policy/bound"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
WANTED = Role(trust=TRUST, boundary=None, attached=frozenset(), inline={"own": OWN})
MORE = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def test_a_role_as_it_was_deployed() -> None:
    assert [*differences("r", WANTED, WANTED)] == []


@pytest.mark.parametrize(
    ("changed", "says", "mend"),
    [
        pytest.param(
            {"trust": MORE}, "may be assumed", "update-assume-role-policy", id="another trust"
        ),
        pytest.param(
            {"boundary": BOUND}, "boundary", "delete-role-permissions-boundary", id="a boundary"
        ),
        pytest.param(
            {"attached": frozenset({ADMIN})},
            f"has {ADMIN}",
            f"aws iam detach-role-policy --role-name r --policy-arn {ADMIN}",
            id="a policy attached",
        ),
        pytest.param(
            {"inline": {"own": OWN, "more": MORE}},
            "has the policy more",
            "aws iam delete-role-policy --role-name r --policy-name more",
            id="a policy more",
        ),
        pytest.param(
            {"inline": {}},
            "lacks its policy own",
            "aws iam put-role-policy --role-name r --policy-name own --policy-document "
            """'{"Statement":[{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}]}'""",
            id="a policy less",
        ),
        pytest.param(
            {"inline": {"own": MORE}}, "another text", "put-role-policy", id="another text"
        ),
    ],
)
def test_a_role_with(changed: dict[str, Any], says: str, mend: str) -> None:
    [(said, command)] = differences("r", WANTED, replace(WANTED, **changed))
    assert says in said
    assert mend in command


@pytest.mark.parametrize(
    ("deployed", "mend"),
    [
        pytest.param({"boundary": BOUND}, f"--permissions-boundary {BOUND}", id="its boundary"),
        pytest.param({"attached": frozenset({ADMIN})}, "attach-role-policy", id="a policy"),
    ],
)
def test_a_role_without(deployed: dict[str, Any], mend: str) -> None:
    [(_, command)] = differences("r", replace(WANTED, **deployed), WANTED)
    assert mend in command


def test_the_boundary_of_a_role_is_the_policy_that_was_deployed_with_it() -> None:
    given = {"AssumeRolePolicyDocument": TRUST, "PermissionsBoundary": {"Ref": "Boundary"}}
    resources = {
        "Undo": ("AWS::IAM::Role", "r", given),
        "Boundary": ("AWS::IAM::ManagedPolicy", BOUND, {"PolicyDocument": OWN}),
    }
    stack = examined(resources).stack
    [(resource, properties)] = stack.each("AWS::IAM::Role")
    assert wanted(resource, properties, stack) == replace(WANTED, boundary=BOUND, inline={})
