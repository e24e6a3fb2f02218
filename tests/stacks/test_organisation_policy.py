"""The service control policy of docs/security.md: it covers every part, and spares few for sure."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from tests.stacks.synthesized import everything
from tests.stacks.templated import place

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
LONGEST = 5120
"""Characters without spaces between them.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
"""
ARNS = {
    "AWS::DynamoDB::Table": "dynamodb:us-east-1:123456789012:table/{}",
    "AWS::Events::EventBus": "events:us-east-1:123456789012:event-bus/{}",
    "AWS::Events::Rule": "events:us-east-1:123456789012:rule/{}",
    "AWS::IAM::ManagedPolicy": "iam::123456789012:policy/{}",
    "AWS::IAM::Role": "iam::123456789012:role/{}",
    "AWS::Lambda::Function": "lambda:us-east-1:123456789012:function:{}",
    "AWS::Logs::LogGroup": "logs:us-east-1:123456789012:log-group:{}",
    "AWS::SNS::Topic": "sns:us-east-1:123456789012:{}",
    "AWS::SQS::Queue": "sqs:us-east-1:123456789012:{}",
}
NAMES = ("Name", "QueueName", "TableName", "TopicName", "FunctionName", "RoleName", "LogGroupName")


def policy() -> dict[str, Any]:
    [found] = re.findall(r"```json\n(\{.+?\n\})\n```", PAGE.read_text("utf-8"), re.DOTALL)
    parsed: dict[str, Any] = json.loads(found)
    return parsed


KEEP, BECOME = policy()["Statement"]


def covered(arn: str, statement: dict[str, Any]) -> bool:
    return any(fnmatchcase(arn, pattern) for pattern in statement["Resource"])


def parts(prefix: str) -> Iterator[str]:
    """The ARNs of what the stacks hold, in a stack of their own name or one of a stack set."""
    for template in everything().values():
        for name, resource in place(template).resources.items():
            given = template.body["Resources"][name].get("Properties", {})
            fixed = next((given[each] for each in NAMES if isinstance(given.get(each), str)), None)
            named = fixed or f"{prefix}{resource.physical_id.rpartition(':')[2]}"
            if resource.kind in ARNS:
                yield f"arn:aws:{ARNS[resource.kind].format(named)}"


@pytest.mark.parametrize("prefix", ["", "StackSet-"])
def test_it_covers_every_part(prefix: str) -> None:
    found = [*parts(prefix)]
    assert len(found) > 40
    assert [each for each in found if not covered(each, KEEP)] == []


def test_nobody_makes_himself_one_of_those_who_are_spared() -> None:
    spared = KEEP["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
    assert [each for each in spared if not covered(each, BECOME)] == []
    assert {"iam:CreateRole", "iam:UpdateAssumeRolePolicy"} <= {*BECOME["Action"]}


def test_it_is_short_enough() -> None:
    assert len(json.dumps(policy(), separators=(",", ":"))) <= LONGEST
