from typing import Any
from urllib.parse import quote

import pytest
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st

from lambdas.aws import clients
from lambdas.aws.documents import exact


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_document_that_iam_encoded_is_the_exact_text_again(text: str) -> None:
    assert exact(quote(text, safe="")) == text
    assert exact(quote(text, safe="~")) == text


def test_a_plus_is_no_space() -> None:
    assert exact("a+b%20c") == "a+b c"


@pytest.mark.parametrize(
    ("operation", "answer", "path"),
    [
        (
            "get_policy_version",
            {"PolicyVersion": {"Document": "%7B%22a%22%3A%20%20%221%22%7D%0D%0A"}},
            ("PolicyVersion", "Document"),
        ),
        (
            "get_role",
            {
                "Role": {
                    "Path": "/",
                    "RoleName": "app",
                    "RoleId": "AROAEXAMPLEEXAMPLE",
                    "Arn": "arn:aws:iam::123456789012:role/app",
                    "CreateDate": 0,
                    "AssumeRolePolicyDocument": "%7B%22a%22%3A%20%20%221%22%7D%0D%0A",
                }
            },
            ("Role", "AssumeRolePolicyDocument"),
        ),
    ],
)
def test_the_sdk_leaves_documents_as_iam_sent_them(
    aws: None, operation: str, answer: Any, path: Any
) -> None:
    iam = clients.iam()
    with Stubber(iam) as stub:
        stub.add_response(operation, answer)
        parameters = {"PolicyArn": "arn:aws:iam::aws:policy/a", "VersionId": "v1"}
        given_ = parameters if operation == "get_policy_version" else {"RoleName": "app"}
        found = getattr(iam, operation)(**given_)
    assert exact(found[path[0]][path[1]]) == '{"a":  "1"}\r\n'
