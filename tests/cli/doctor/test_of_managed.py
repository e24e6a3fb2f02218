"""What a managed policy says otherwise than its template, and what mends it."""

from datetime import timedelta
from typing import Any

import pytest

from cli.doctor.of_managed import managed
from lambdas.service.checking import DEPLOY, Found
from tests.cli.doctor.examining import NOW, examined, refusal

BOUNDARY = "arn:aws:iam::123456789012:policy/Snapback-Boundary-1"
ROLE = "arn:aws:iam::123456789012:role/role-1"


def document(action: str, principal: Any = ROLE) -> dict[str, Any]:
    return {"Statement": [{"Effect": "Allow", "Action": action, "Resource": principal}]}


RESOURCES = {
    "Role": ("AWS::IAM::Role", "role-1", {}),
    "Boundary": (
        "AWS::IAM::ManagedPolicy",
        BOUNDARY,
        {"PolicyDocument": document("iam:GetRole", {"Fn::GetAtt": ["Role", "Arn"]})},
    ),
}
MEANT, ANOTHER = document("iam:GetRole"), document("*")


class Exceptions:
    NoSuchEntityException = type(refusal("NoSuchEntity"))


def checked(default: str = "v1", **texts: Any) -> Found:
    """What is found where these are the versions of the policy, the oldest first."""
    listed = [
        {
            "VersionId": version,
            "IsDefaultVersion": version == default,
            "CreateDate": NOW + timedelta(days=number),
        }
        for number, version in enumerate(texts)
    ]

    def text(PolicyArn: str, VersionId: str) -> Any:  # noqa: N803 - boto3's
        assert PolicyArn == BOUNDARY
        return {"PolicyVersion": {"Document": texts[VersionId]}}

    versions = {"Versions": listed[::-1]}
    of = examined(RESOURCES, list_policy_versions=versions, get_policy_version=text)
    of.session.exceptions = Exceptions
    return managed(of)


@pytest.mark.parametrize(
    "versions",
    [
        pytest.param({"v1": MEANT}, id="as it was deployed"),
        pytest.param({"default": "v2", "v1": ANOTHER, "v2": MEANT}, id="with an older version"),
    ],
)
def test_a_policy_is_well(versions: dict[str, Any]) -> None:
    assert checked(**versions) == Found("all 1 managed policies say what was deployed")


OF = f"--policy-arn {BOUNDARY}"
PUT = f'aws iam create-policy-version {OF} --set-as-default --policy-document \'{{"Statement"'


@pytest.mark.parametrize(
    ("versions", "mend"),
    [
        pytest.param({"v1": ANOTHER}, PUT, id="with another text"),
        pytest.param(
            {"default": "v2", "v1": MEANT, "v2": ANOTHER},
            f"aws iam set-default-policy-version {OF} --version-id v1",
            id="with another version in force",
        ),
        pytest.param(
            {"default": "v1"} | {f"v{number}": ANOTHER for number in range(1, 6)},
            f"aws iam delete-policy-version {OF} --version-id v2 && {PUT}",
            id="with no room for one more",
        ),
    ],
)
def test_a_policy(versions: dict[str, Any], mend: str) -> None:
    found = checked(**versions)
    assert found.parts == ("Snapback-Boundary-1",)
    [command] = found.mend
    assert command.startswith(mend)


def test_a_policy_that_is_gone() -> None:
    def gone(**_: Any) -> Any:
        raise refusal("NoSuchEntity")

    of = examined(
        RESOURCES,
        list_policy_versions={"Versions": [{"VersionId": "v1", "IsDefaultVersion": True}]},
        get_policy_version=gone,
    )
    of.session.exceptions = Exceptions
    assert managed(of) == Found("Snapback-Boundary-1 is gone", (DEPLOY,), ("Snapback-Boundary-1",))
