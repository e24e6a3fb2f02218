"""One service, whatever region or partition its principal is spelled with.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""

import pytest

from lambdas.policy.escalation.spelling import plain, plain_if


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
        pytest.param("ec2.amazonaws.com.cn", "ec2.amazonaws.com", id="in China"),
        pytest.param(
            "states.cn-north-1.amazonaws.com.cn", "states.amazonaws.com", id="a region in China"
        ),
    ],
)
def test_plain(spelled: str, service: str) -> None:
    assert plain(spelled) == service


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("lambda*", id="another service"),
        pytest.param("ecs.*.amazonaws.com", id="another service in any region"),
        pytest.param("ecs.us-east-1.*", id="another service in a region, however it ends"),
        pytest.param("states-*.us-east-1.amazonaws.com", id="a longer name"),
        pytest.param("states.*.example.com", id="none of AWS's"),
    ],
)
def test_a_pattern_for_something_else(pattern: str) -> None:
    assert plain_if(pattern, "states.amazonaws.com") == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("states.us-east-1.amazonaws.com", id="a region, without a wildcard"),
        pytest.param("*", id="any service"),
        pytest.param("states.*", id="however it goes on"),
        pytest.param("states.*.amazonaws.com", id="any region"),
        pytest.param("states.eu-*.amazonaws.com", id="some regions"),
        pytest.param("states.us-east-1.*", id="a region, however it ends"),
        pytest.param("states.us-east-?.amazonaws.*", id="some regions, however they end"),
        pytest.param("States.us-east-1*", id="a region and a wildcard right behind it"),
        pytest.param("states.amazonaws.com*", id="any partition"),
        pytest.param("states.cn-*.com.cn", id="China"),
    ],
)
def test_a_pattern_for_the_service(pattern: str) -> None:
    assert plain_if(pattern, "states.amazonaws.com") == "states.amazonaws.com"
