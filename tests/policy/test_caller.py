"""Callers: who an ARN or a name is.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

import pytest

from lambdas.policy.caller import Kind, caller

ACCOUNT = "111122223333"
IAM, STS = f"arn:aws:iam::{ACCOUNT}", f"arn:aws:sts::{ACCOUNT}"


@pytest.mark.parametrize(
    ("text", "kind", "account", "role"),
    [
        pytest.param(None, Kind.UNKNOWN, None, None, id="nobody who is named"),
        pytest.param("*", Kind.ANONYMOUS, None, None, id="anybody"),
        pytest.param(ACCOUNT, Kind.ROOT, ACCOUNT, None, id="an account"),
        pytest.param(f"{IAM}:root", Kind.ROOT, ACCOUNT, None, id="a root user"),
        pytest.param(f"{IAM}:user/a/alice", Kind.USER, ACCOUNT, None, id="a user"),
        pytest.param(f"{IAM}:role/a/app", Kind.ROLE, ACCOUNT, "app", id="a role"),
        pytest.param(f"{STS}:assumed-role/app/s", Kind.SESSION, ACCOUNT, "app", id="a session"),
        pytest.param(
            f"{STS}:federated-user/fred", Kind.FEDERATED_USER, ACCOUNT, None, id="a federated user"
        ),
        pytest.param(f"{IAM}:saml-provider/x", Kind.OUTSIDE, None, None, id="a provider"),
        pytest.param("lambda.amazonaws.com", Kind.OUTSIDE, None, None, id="an AWS service"),
        pytest.param(f"{STS}:assumed-role", Kind.OUTSIDE, None, None, id="a session of no role"),
        pytest.param(f"{IAM}:root/x", Kind.OUTSIDE, None, None, id="what is no root user"),
    ],
)
def test_caller(text: str | None, kind: Kind, account: str | None, role: str | None) -> None:
    who = caller(text)
    assert (who.kind, who.account, who.role) == (kind, account, role)
    assert who.has_identity is (kind not in {Kind.ANONYMOUS, Kind.OUTSIDE})
    assert not who.service_linked
