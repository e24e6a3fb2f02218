"""Ways up: what a principal may do to itself, or to what it draws on.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

import pytest

from lambdas.model.severity import Severity
from lambdas.policy.escalation import ways
from lambdas.policy.paths import PATHS
from tests.policy.account import power
from tests.policy.cases import Case, cases, policies


@pytest.mark.parametrize("case", cases("escalation"))
def test_ways(case: Case) -> None:
    found = ways(power(**policies(case)))
    assert {way.path.id: str(way.certainty) for way in found} == case["ways"]
    assert all(way.because for way in found)


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        pytest.param("iam:TagUser", Severity.LOW, id="tagging oneself is low"),
        pytest.param("iam:AddUserToGroup", Severity.MEDIUM, id="what is possible is medium"),
        pytest.param("iam:PutUserPolicy", Severity.HIGH, id="what is certain is high"),
    ],
)
def test_severity(action: str, severity: Severity) -> None:
    allow = [{"Effect": "Allow", "Action": action, "Resource": "*"}]
    assert [way.severity for way in ways(power([allow]))] == [severity]


def test_the_table_holds_each_set_of_actions_once() -> None:
    assert len({path.id for path in PATHS}) == len(PATHS) == 16
    assert len({frozenset(path.all_actions) for path in PATHS}) == len(PATHS)
