"""Delegated administrators of CloudTrail, against CloudTrail's documentation."""

import pytest
from botocore.exceptions import ClientError

from sandbox.front import Front

MEMBER = "210987654321"


def test_an_account_is_registered_once_and_deregistered_once(front: Front) -> None:
    trails = front.client("cloudtrail")
    trails.register_organization_delegated_admin(MemberAccountId=MEMBER)
    with pytest.raises(ClientError, match="AccountRegisteredException"):
        trails.register_organization_delegated_admin(MemberAccountId=MEMBER)
    trails.deregister_organization_delegated_admin(DelegatedAdminAccountId=MEMBER)
    with pytest.raises(ClientError, match="AccountNotRegisteredException"):
        trails.deregister_organization_delegated_admin(DelegatedAdminAccountId=MEMBER)
