"""Instance profiles behave as IAM documents them."""

from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles


@pytest.fixture
def iam(front: Front) -> Any:
    iam = front.client("iam")
    iam.create_instance_profile(InstanceProfileName="web")
    yield iam
    iam.delete_instance_profile(InstanceProfileName="web")


def test_a_profiles_id_says_what_it_is(iam: Any) -> None:
    profile = iam.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]
    assert profile["InstanceProfileId"].startswith("AIPA")


def test_a_role_that_is_not_in_it_cannot_be_removed(iam: Any) -> None:
    trust = roles.trust({"Service": "ec2.amazonaws.com"})
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust)
    named = {"InstanceProfileName": "web", "RoleName": "app"}
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.remove_role_from_instance_profile(**named)
    iam.add_role_to_instance_profile(**named)
    iam.remove_role_from_instance_profile(**named)
    assert iam.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]["Roles"] == []
    iam.delete_role(RoleName="app")
