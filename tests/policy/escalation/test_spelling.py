"""One service, whatever region or partition its principal is spelled with.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""

import pytest

from lambdas.policy.escalation.spelling import plain


@pytest.mark.parametrize(
    ("spelled", "service"),
    [
        pytest.param("lambda.amazonaws.com", "lambda.amazonaws.com", id="plain already"),
        pytest.param(
            "tasks.apprunner.amazonaws.com", "tasks.apprunner.amazonaws.com", id="two labels"
        ),
        pytest.param("*", "*", id="any service"),
        pytest.param("example.com", "example.com", id="none of AWS's"),
        pytest.param("states.us-east-1.amazonaws.com", "states.amazonaws.com", id="a region"),
        pytest.param("ec2.us-gov-west-1.amazonaws.com", "ec2.amazonaws.com", id="a longer region"),
        pytest.param("states.*.amazonaws.com", "states.amazonaws.com", id="any region"),
        pytest.param("states.eu-*.amazonaws.com", "states.amazonaws.com", id="some regions"),
        pytest.param("ec2.amazonaws.com.cn", "ec2.amazonaws.com", id="in China"),
        pytest.param(
            "states.cn-north-1.amazonaws.com.cn", "states.amazonaws.com", id="a region in China"
        ),
    ],
)
def test_plain(spelled: str, service: str) -> None:
    assert plain(spelled) == service
