"""The deployed stack as a deployment leaves it: who is to confirm, what stays, what is drifted."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boto3.session import Session
from botocore.exceptions import ClientError

from cli.deployed import STACK

_TABLE = "AWS::DynamoDB::Table"
_PENDING = "PendingConfirmation"
_KEPT = frozenset({"Retain", "RetainExceptOnCreate"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A resource that stays in the account when its stack goes: its type and its own id."""

    kind: str
    id: str


class DeployedStack:
    """The stack's template and its resources, read once.

    Raises:
        botocore.exceptions.ClientError: it cannot be read, or there is none.
    """

    def __init__(self, session: Session, name: str = STACK) -> None:
        self._session = session
        client = session.client("cloudformation")
        template = client.get_template(StackName=name)["TemplateBody"]
        self._described: Mapping[str, Any] = _object(template)["Resources"]
        pages = client.get_paginator("list_stack_resources").paginate(StackName=name)
        self._ids = {
            each["LogicalResourceId"]: str(each.get("PhysicalResourceId", ""))
            for page in pages
            for each in page["StackResourceSummaries"]
        }

    def kept(self) -> list[Kept]:
        """What stays when the stack is destroyed."""
        return [
            Kept(described["Type"], self._ids[name])
            for name, described in self._described.items()
            if described.get("DeletionPolicy") in _KEPT and self._ids.get(name)
        ]

    def unconfirmed(self) -> list[str]:
        """The addresses whose owners have not followed the link in the mail from AWS."""
        client = self._session.client("sns")
        return sorted(
            {
                each["Endpoint"]
                for topic in self._each("AWS::SNS::Topic")
                for page in client.get_paginator("list_subscriptions_by_topic").paginate(
                    TopicArn=self._ids[topic]
                )
                for each in page["Subscriptions"]
                if each["SubscriptionArn"] == _PENDING
            }
        )

    def mend_tables(self) -> list[str]:
        """Give each table the policy that the template says; the names of those that had another.

        A table that a deployment has taken up again still names the roles of before, which are
        gone, and would keep the new ones from writing: an import changes nothing.
        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
        """
        return [self._ids[name] for name in self._each(_TABLE) if self._mended(name)]

    def _mended(self, name: str) -> bool:
        policy = self._described[name]["Properties"].get("ResourcePolicy")
        if policy is None:
            return False
        wanted = self._resolved(policy["PolicyDocument"])
        client = self._session.client("dynamodb")
        arn = client.describe_table(TableName=self._ids[name])["Table"]["TableArn"]
        if _same(_policy(client, arn), wanted):
            return False
        client.put_resource_policy(ResourceArn=arn, Policy=json.dumps(wanted))
        return True

    def _each(self, kind: str) -> Iterator[str]:
        return (
            name
            for name, described in self._described.items()
            if described["Type"] == kind and self._ids.get(name)
        )

    def _resolved(self, value: Any) -> Any:
        """A part of the template with the ARNs of this stack's roles in it.

        Raises:
            ValueError: it holds a function of another kind.
        """
        if isinstance(value, list):
            return [self._resolved(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        match [*value.items()]:
            case [("Fn::GetAtt", [str(name), "Arn"])] if self._type(name) == "AWS::IAM::Role":
                role = self._session.client("iam").get_role(RoleName=self._ids[name])
                return role["Role"]["Arn"]
            case [(function, _)] if function == "Ref" or function.startswith("Fn::"):
                raise ValueError(f"{dict(value)} is no ARN of a role of this stack")
        return {key: self._resolved(item) for key, item in value.items()}

    def _type(self, name: str) -> str:
        kind: str = self._described[name]["Type"]
        return kind


def _object(template: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(template) if isinstance(template, str) else template
    return found


def _policy(client: Any, arn: str) -> Any:
    try:
        return json.loads(client.get_resource_policy(ResourceArn=arn)["Policy"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "PolicyNotFoundException":
            return None
        raise


def _same(found: Any, wanted: Any) -> bool:
    """Whether two documents say the same: AWS gives lists in an order of its own."""
    return json.dumps(_sorted(found), sort_keys=True) == json.dumps(_sorted(wanted), sort_keys=True)


def _sorted(value: Any) -> Any:
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=json.dumps)
    if isinstance(value, Mapping):
        return {key: _sorted(item) for key, item in value.items()}
    return value
