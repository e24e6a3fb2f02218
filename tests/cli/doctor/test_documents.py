"""Whether two policies say the same."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from cli.doctor.documents import same

READ = {"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}
SEND = {"Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*"}


def document(*statements: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [*statements]}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(document(READ, SEND), id="itself"),
        pytest.param(document(SEND, READ), id="in another order"),
        pytest.param(json.dumps(document(READ, SEND)), id="as text"),
        pytest.param(quote(json.dumps(document(READ, SEND))), id="encoded as IAM does"),
        pytest.param({**document(READ, SEND), "Id": "name"}, id="with a name"),
        pytest.param(document({**READ, "Resource": ["*"]}, SEND), id="with a list of one"),
    ],
)
def test_it_is_the_same(other: Any) -> None:
    assert same(document(READ, SEND), other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(document(READ), id="without a statement"),
        pytest.param(document({**READ, "Action": ["s3:Get*"]}, SEND), id="with an action less"),
        pytest.param(document({**READ, "Effect": "Deny"}, SEND), id="with another effect"),
        pytest.param(
            document({**READ, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, SEND),
            id="with a condition",
        ),
    ],
)
def test_it_is_another(other: Any) -> None:
    assert not same(document(READ, SEND), other)


def test_a_boolean_is_its_text() -> None:
    assert same({"Bool": {"aws:SecureTransport": True}}, {"Bool": {"aws:SecureTransport": "true"}})
