"""How near the quotas are."""

import pytest

from cli.doctor.of_room import room
from tests.cli.doctor.examining import examined

LONG = {"Version": "2012-10-17", "Statement": ["x" * 10_000]}


def role(document):
    properties = {
        "AssumeRolePolicyDocument": {},
        "Policies": [{"PolicyName": "own", "PolicyDocument": document}],
    }
    return {"Role": ("AWS::IAM::Role", "role-1", properties)}


def answers(free=1000, rules=6):
    limit = {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": free}
    return {
        "get_account_settings": {"AccountLimit": limit},
        "list_rules": {"Rules": [{}] * rules},
    }


@pytest.mark.parametrize(
    ("resources", "given", "parts"),
    [
        pytest.param({}, answers(), (), id="far away"),
        pytest.param({}, answers(free=10), (), id="those of a new account"),
        pytest.param({}, answers(free=9), ("concurrency",), id="no execution free"),
        pytest.param({}, answers(rules=290), ("rules",), id="too many rules"),
        pytest.param(role(LONG), answers(), ("policies",), id="a long policy"),
    ],
)
def test_room(resources, given, parts):
    found = room(examined(resources, **given))
    assert found.parts == parts
    assert len(found.mend) == len(parts)
