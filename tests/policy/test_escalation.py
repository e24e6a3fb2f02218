"""Ways up: what a principal may do to itself, to what it draws on, or to become another.

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
    assert len({path.id for path in PATHS}) == len(PATHS) == 29
    assert len({(path.target, *path.all_actions) for path in PATHS}) == len(PATHS)


def test_the_table_takes_in_every_public_way_of_becoming_somebody_else() -> None:
    numbered = {f"iam-{number:03}" for number in (2, 3, 4, 6, 12, *range(14, 22))}
    known = {name for path in PATHS for name in (path.id, *path.also)}
    assert known >= {
        *numbered,
        "sts-001",
        "createservicespecificcredential",
        "createvirtualmfadevice+enablemfadevice",
        "deleterolepermissionsboundary+assumerole",
        "iam-012/updateassumerolepolicy",
        "iam-012/updateassumerolepolicy+assumerole",
        "updateopenidconnectproviderthumbprint",
        "updatesamlprovider",
    }
