"""All policies that AWS manages, as moto packages them, can be parsed and judged."""

import json
from functools import cache
from typing import Any

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import ways
from lambdas.policy.evaluate import Answer
from tests.policy.account import power


@cache
def _documents() -> dict[str, Any]:
    return {name: p["Document"] for name, p in json.loads(aws_managed_policies_data).items()}


def test_all_can_be_judged() -> None:
    powers = {name: power([document]) for name, document in _documents().items()}
    assert len(powers) > 1000
    assert not [name for name, held in powers.items() if held.problems]
    answers = {name: administrator(held).answer for name, held in powers.items()}
    assert [name for name, found in answers.items() if found is Answer.ALLOWED] == [
        "AdministratorAccess"
    ]
    found = {name: {way.path.id for way in ways(held)} for name, held in powers.items()}
    assert found["AdministratorAccess"] > found["IAMFullAccess"] > {"iam-002", "iam-012"}
    assert found["PowerUserAccess"] == {"sts-001"}
    assert not found["ReadOnlyAccess"] | found["SecurityAudit"]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        pytest.param("ReadOnlyAccess", Answer.DENIED, id="reading is not administering"),
        pytest.param("PowerUserAccess", Answer.DENIED, id="a power user is no administrator"),
        pytest.param("IAMFullAccess", Answer.DENIED, id="nor is who may only hand out power"),
        pytest.param("AdministratorAccess", Answer.ALLOWED, id="an administrator is one"),
    ],
)
def test_administrator(name: str, answer: Answer) -> None:
    assert administrator(power([_documents()[name]])).answer is answer
