"""All policies that AWS manages, as moto packages them, can be parsed and judged."""

import json
from functools import cache
from typing import Any

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from lambdas.model.finding import Certainty
from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import ways
from lambdas.policy.escalation.path import Category
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
    assert found["AdministratorAccess"] > found["IAMFullAccess"] > {"iam-002", "iam-004"}
    assert not found["ReadOnlyAccess"] | found["SecurityAudit"]


def test_a_power_user_may_only_use_what_is_there() -> None:
    found = ways(power([_documents()["PowerUserAccess"]]))
    assert {way.certainty for way in found} == {Certainty.POSSIBLE}
    others = [way.path.id for way in found if way.path.category is not Category.EXISTING]
    assert others == ["sts-001"]


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
