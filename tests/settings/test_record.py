"""What is asked of the settings: who is trusted, who is protected, what is undone."""

import pytest

from lambdas.model.family import Family
from lambdas.settings import DEFAULTS, Response, Settings

HERE = "arn:aws:iam::123456789012"
TRUSTING = Settings(
    trusted_actors=(f"{HERE}:role/deploy-*", f"{HERE}:user/ci.bot", f"{HERE}:role/ci/eu/a?")
)
PROTECTING = Settings(protected_principals=tuple(DEFAULTS["protectedPrincipals"]))


@pytest.mark.parametrize(
    ("arn", "trusted"),
    [
        pytest.param(f"{HERE}:role/deploy-app", True, id="a name within the pattern"),
        pytest.param(f"{HERE}:role/deploy-", True, id="a star is nothing, too"),
        pytest.param(f"{HERE}:user/ci.bot", True, id="the very name"),
        pytest.param(f"{HERE}:role/ci/eu/a1", True, id="a question mark is one character"),
        pytest.param(f"{HERE}:role/ci/eu/a", False, id="a question mark is not nothing"),
        pytest.param(f"{HERE}:role/deploy-x/anybody", False, id="a path made to look like a name"),
        pytest.param(f"{HERE}:role/x/deploy-app", False, id="the name under another path"),
        pytest.param(f"{HERE}:user/deploy-app", False, id="a user named like the role"),
        pytest.param(f"{HERE}:user/ciXbot", False, id="a dot is a dot"),
        pytest.param(f"{HERE}:role/Deploy-app", False, id="another case"),
        pytest.param("arn:aws:iam::210987654321:role/deploy-app", False, id="another account"),
        pytest.param(
            "arn:aws:sts::123456789012:assumed-role/deploy-app/x", False, id="a session's ARN"
        ),
        pytest.param(f"{HERE}:role/deploy-app\n", False, id="a line break at the end"),
        pytest.param(None, False, id="no ARN"),
    ],
)
def test_trusts(arn: str | None, trusted: bool) -> None:
    assert TRUSTING.trusts(arn) is trusted


def test_nobody_is_trusted_by_default() -> None:
    assert not Settings().trusts(f"{HERE}:role/deploy-app")


@pytest.mark.parametrize(
    ("arn", "deploys"),
    [
        pytest.param(f"{HERE}:role/app", False, id="anybody"),
        pytest.param(None, False, id="no ARN"),
        pytest.param("arn:aws:iam::210987654321:role/cdk-x", False, id="another account's role"),
        pytest.param(f"{HERE}:role/cdk-x/anybody", False, id="a path made to look like a name"),
        pytest.param(f"{HERE}:role/cdk-hnb659fds-cfn-exec-role", True, id="a bootstrap role"),
    ],
)
def test_deploys(arn: str | None, deploys: bool) -> None:
    settings = Settings(deploy_actors=tuple(DEFAULTS["deployActors"]))
    assert settings.deploys(arn, "123456789012") is deploys


@pytest.mark.parametrize(
    ("arn", "protected"),
    [
        pytest.param(f"{HERE}:user/alice", False, id="anybody"),
        pytest.param(f"{HERE}:user/cdk-alice", False, id="a user named like a CDK role"),
        pytest.param(f"{HERE}:role/app-cdk-deploy", False, id="cdk within the name"),
        pytest.param(
            f"{HERE}:role/cdk-hnb659fds-deploy-role-123456789012-us-east-1",
            True,
            id="a bootstrap role",
        ),
        pytest.param(f"{HERE}:role/OrganizationAccountAccessRole", True, id="the organisation's"),
        pytest.param(f"{HERE}:role/break-glass/a/b", True, id="a role anywhere under the path"),
        pytest.param(f"{HERE}:user/break-glass/owner", True, id="a user under the path"),
        pytest.param("arn:aws-cn:iam::1:role/cdk-x", True, id="another partition and account"),
    ],
)
def test_protects(arn: str, protected: bool) -> None:
    assert PROTECTING.protects(arn) is protected


def test_a_family_that_is_not_named_is_not_undone() -> None:
    settings = Settings(response={Family.TRAIL: Response.REVERT})
    assert [family for family in Family if settings.reverts(family)] == [Family.TRAIL]
