"""An attack as the handlers get it: its event, and the message by which its undo is asked for."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from lambdas.aws import clients
from lambdas.aws.records import TableRecords
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject
from tests.aws.conftest import TABLE
from tests.aws.records_of_cloudtrail import event, record
from tests.service.world import ALL


def attack() -> dict[str, Any]:
    """The event by which alice, whose history begins an hour ago, is given everything."""
    now = datetime.now(UTC)
    iam = clients.iam()
    anybody = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    iam.create_role(RoleName="owner", AssumeRolePolicyDocument=json.dumps({"Statement": [anybody]}))
    iam.put_role_policy(RoleName="owner", PolicyName="all", PolicyDocument=ALL)
    made = iam.create_user(UserName="alice")["User"]
    held = {Part.ATTACHED: {}, Part.INLINE: {}, Part.GROUPS: {}, Part.BOUNDARY: {}}
    state = State(
        subject=Subject(Kind.USER, "alice"),
        unique_id=made["UserId"],
        arn=made["Arn"],
        as_of=now - timedelta(hours=1),
        parts=held,
    )
    TableRecords(clients.dynamodb(), TABLE).remember([state])
    iam.put_user_policy(UserName="alice", PolicyName="work", PolicyDocument=ALL)
    parameters = {"userName": "alice", "policyName": "work", "policyDocument": ALL}
    detail = record(
        eventName="PutUserPolicy", eventTime=now.isoformat(), requestParameters=parameters
    )
    return event(detail)


def message(body: str, tries: int = 1) -> dict[str, Any]:
    return {
        "messageId": "m-1",
        "receiptHandle": "r",
        "body": body,
        "attributes": {"ApproximateReceiveCount": str(tries)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:undos",
        "awsRegion": "us-east-1",
    }


def queued() -> list[str]:
    url = clients.sqs().get_queue_url(QueueName="undos")["QueueUrl"]
    return [each["Body"] for each in clients.sqs().receive_message(QueueUrl=url)["Messages"]]
