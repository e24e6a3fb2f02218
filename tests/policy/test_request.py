"""Requests: what is one, and what is none."""

from typing import Any

import pytest

from lambdas.policy.request import Request, RequestError


def test_a_request() -> None:
    made = Request(
        "S3:GetObject",
        "arn:aws:sqs:us-east-1:111122223333:queue",
        context={"A:B": 1, "c:d": [True, "x"], "e:f": None, "g:h": [], "i:j": 1.5},
    )
    assert (made.action, made.service, made.account) == ("s3:getobject", "s3", "111122223333")
    assert made.context == {"a:b": ("1",), "c:d": ("true", "x"), "i:j": ("1.5",)}


@pytest.mark.parametrize(
    ("resource", "given", "account"),
    [
        pytest.param("arn:aws:s3:::bucket", None, None, id="an ARN that does not say"),
        pytest.param("*", None, None, id="no ARN"),
        pytest.param("arn:aws:s3:::bucket", "111122223333", "111122223333", id="said beside it"),
    ],
)
def test_the_account_of_a_resource(resource: str, given: str | None, account: str | None) -> None:
    assert Request("s3:GetObject", resource, resource_account=given).account == account


@pytest.mark.parametrize(
    ("action", "context", "says"),
    [
        pytest.param("GetObject", {}, "action 'GetObject' is not like", id="no service"),
        pytest.param("s3:", {}, "action 's3:' is not like", id="no name"),
        pytest.param("s3:Get*", {}, "action 's3:Get*' is not like", id="a pattern"),
        pytest.param("s3:Get?", {}, "action 's3:Get?' is not like", id="another pattern"),
        pytest.param("s3:G", {"a": {}}, "context key 'a' holds a dict", id="an object as a value"),
        pytest.param("s3:G", {"a": [None]}, "context key 'a' holds None", id="a null in a list"),
        pytest.param("s3:G", {"a": "1", "A": "2"}, "'a' stands twice", id="a key twice"),
    ],
)
def test_what_is_no_request(action: str, context: dict[str, Any], says: str) -> None:
    with pytest.raises(RequestError) as error:
        Request(action, "*", context=context)
    assert says in str(error.value)
