"""Roles for tests, trusted by Lambda or by nobody in particular."""

import json
from typing import Any

from sandbox.front import Credentials, Front


def document(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def trust(principal: dict[str, str]) -> str:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return document([statement])


def session(front: Front, name: str, *, service: str, allow: list[dict[str, Any]]) -> Credentials:
    """A session of a new role that has these statements as its inline policy."""
    iam = front.client("iam")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"Service": service}))
    if allow:
        text = document(allow)
        iam.put_role_policy(RoleName=name, PolicyName="policy", PolicyDocument=text)
    return front.credentials_for_role(name, "session")


def function(front: Front, name: str, *allow: dict[str, Any]) -> Credentials:
    """A session of a new role that Lambda functions run under."""
    return session(front, name, service="lambda.amazonaws.com", allow=list(allow))
