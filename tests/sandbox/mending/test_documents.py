"""A policy document comes back as exactly the text that was put, from every operation."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

STATEMENT = '{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/a+c?d=e&f%2Fg<h>~é日"}'
TEXTS = {
    "compact": f'{{"Version":"2012-10-17","Statement":{STATEMENT}}}',
    "pretty": f'{{\n\t"Version": "2012-10-17",\n  "Statement": [ {STATEMENT} ]\n}}\n',
    "with carriage returns": f'{{\r\n"Version":"2012-10-17",\r\n"Statement":{STATEMENT}}}\r\n',
    "padded": f'  {{"Version":"2012-10-17","Statement":{STATEMENT}}}' + " " * 3000,
    "with escapes": '{"Version":"2012-10-17","Statement":'
    '{"Effect":"Allow","Action":"\\u0073\\u0033:*","Resource":"*"}}',
}
TRUST = ' {"Version": "2012-10-17",\r\n"Statement": [{"Effect": "Allow", "Action": \
"sts:AssumeRole", "Principal": {"AWS": "*"}}]} '


class Wire:
    """What IAM sends, before an SDK decodes it."""

    def __init__(self, front: Front) -> None:
        self.iam = front.client("iam")
        self.body = ""
        self.iam.meta.events.register("before-parse.iam", self._keep)

    def _keep(self, response_dict: dict[str, Any], **_: object) -> None:
        self.body = response_dict["body"].decode()

    def document(self, element: str) -> str:
        """The text of the last document of this name, decoded as RFC 3986 says."""
        return unquote(re.findall(f"<{element}>(.*?)</{element}>", self.body, re.DOTALL)[-1])


@pytest.fixture(scope="module")
def wire(front: Front) -> Wire:
    wire = Wire(front)
    wire.iam.create_user(UserName="u")
    wire.iam.create_group(GroupName="g")
    wire.iam.create_role(RoleName="r", AssumeRolePolicyDocument=roles.trust({"AWS": "*"}))
    return wire


def user(iam: Any, text: str) -> None:
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=text)
    iam.get_user_policy(UserName="u", PolicyName="p")


def group(iam: Any, text: str) -> None:
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=text)
    iam.get_group_policy(GroupName="g", PolicyName="p")


def role(iam: Any, text: str) -> None:
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=text)
    iam.get_role_policy(RoleName="r", PolicyName="p")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("holder", [user, group, role])
def test_an_inline_policy(wire: Wire, holder: Callable[[Any, str], None], text: str) -> None:
    holder(wire.iam, text)
    assert wire.document("PolicyDocument") == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_version_of_a_managed_policy(wire: Wire, text: str) -> None:
    policy = wire.iam.create_policy(PolicyName="m", PolicyDocument=text)["Policy"]["Arn"]
    wire.iam.get_policy_version(PolicyArn=policy, VersionId="v1")
    read = wire.document("Document")
    wire.iam.delete_policy(PolicyArn=policy)
    assert read == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_whole_account(wire: Wire, text: str) -> None:
    wire.iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=text)
    wire.iam.get_account_authorization_details(Filter=["User"])
    assert wire.document("PolicyDocument") == text


@pytest.mark.parametrize("read", ["get_role", "list_roles", "get_account_authorization_details"])
def test_a_trust_policy(wire: Wire, read: str) -> None:
    wire.iam.update_assume_role_policy(RoleName="r", PolicyDocument=TRUST)
    getattr(wire.iam, read)(**({"RoleName": "r"} if read == "get_role" else {}))
    assert wire.document("AssumeRolePolicyDocument") == TRUST
