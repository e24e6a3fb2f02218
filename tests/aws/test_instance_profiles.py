"""Instance profiles read live, against moto."""

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws.account import LiveAccount
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import read

TRUST = '{"Version":"2012-10-17","Statement":[]}'
WEB = Subject(Kind.INSTANCE_PROFILE, "web")


@pytest.fixture(autouse=True)
def _profile(iam: IAMClient) -> None:
    iam.create_instance_profile(
        InstanceProfileName="web", Path="/a/", Tags=[{"Key": "team", "Value": "red"}]
    )


def test_a_profile_is_read_with_its_role_path_and_tags(iam: IAMClient) -> None:
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=TRUST)
    iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="app")
    profile = iam.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]
    found = read(WEB).of(WEB)
    assert (found.unique_id, found.arn) == (profile["InstanceProfileId"], profile["Arn"])
    assert found.parts == {
        Part.ROLE: {ONLY: "app"},
        Part.PATH: {ONLY: "/a/"},
        Part.TAGS: {"team": "red"},
    }


def test_one_without_a_role_has_none() -> None:
    assert read(WEB).of(WEB).parts[Part.ROLE] == {}


def test_one_that_does_not_exist_is_absent() -> None:
    gone = Subject(Kind.INSTANCE_PROFILE, "gone")
    assert read(gone).absent == {gone}


def test_all_are_swept(iam: IAMClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lambdas.aws.account._PORTION", 2)
    for name in ("a", "b", "c"):
        iam.create_instance_profile(InstanceProfileName=name)
    swept = {subject.name for page in LiveAccount().everything() for subject in page.known}
    assert swept >= {"a", "b", "c", "web"}
