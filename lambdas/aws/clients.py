"""Clients: one boto3 session a process, each client made once and when it is first needed."""

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import NoRegionError
from botocore.handlers import json_decode_policies

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudtrail import CloudTrailClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sts import STSClient

POOL = 32
"""Connections, and so reads under way at once, to one service."""

_CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 8},
    max_pool_connections=POOL,
    connect_timeout=3,
    read_timeout=10,
)
_HURRIED = Config(
    retries={"mode": "standard", "total_max_attempts": 1}, connect_timeout=2, read_timeout=2
)
_CONFIGS = {"ssm": _HURRIED}
"""Of services for which nothing else may be kept waiting."""
_session = boto3.session.Session()
_lock = Lock()


@cache
def _made(service: str, region: str | None) -> Any:
    client = _session.client(service, region_name=region, config=_CONFIGS.get(service, _CONFIG))  # type: ignore[call-overload]  # the overloads want literal names
    if service == "iam":
        client.meta.events.unregister("after-call.iam", json_decode_policies)
    return client


def _client(service: str, region: str | None = None) -> Any:
    """A client; sessions are not thread-safe while they make one, clients are when they are made.

    The lock is around the cache, which by itself lets two threads make the same client twice.
    https://docs.aws.amazon.com/boto3/latest/guide/clients.html
    """
    with _lock:
        return _made(service, region)


def region() -> str:
    """The function's own region.

    Raises:
        NoRegionError: the environment names none, which Lambda's always does.
    """
    if not _session.region_name:
        raise NoRegionError
    return _session.region_name


def cloudformation(region: str) -> "CloudFormationClient":
    """CloudFormation in a region: each stack is in one."""
    client: CloudFormationClient = _client("cloudformation", region)
    return client


def events(region: str) -> "EventBridgeClient":
    """EventBridge in a region: each has buses and rules of its own."""
    client: EventBridgeClient = _client("events", region)
    return client


def iam() -> "IAMClient":
    """IAM, with policy documents left as the URL-encoded text that IAM sends.

    botocore decodes them into objects, from which the exact text cannot be had again.
    """
    client: IAMClient = _client("iam")
    return client


def cloudtrail(region: str) -> "CloudTrailClient":
    """CloudTrail in a region: only a trail's home region takes writes."""
    client: CloudTrailClient = _client("cloudtrail", region)
    return client


def dynamodb() -> "DynamoDBClient":
    """DynamoDB in the function's region."""
    client: DynamoDBClient = _client("dynamodb")
    return client


def lambda_() -> "LambdaClient":
    """AWS Lambda in the function's region."""
    client: LambdaClient = _client("lambda")
    return client


def sns() -> "SNSClient":
    """SNS in the function's region."""
    client: SNSClient = _client("sns")
    return client


def sqs(region: str | None = None) -> "SQSClient":
    """SQS in a region; in the function's where none is named."""
    client: SQSClient = _client("sqs", region)
    return client


def ssm() -> Any:
    """SSM in the function's region, asked once and not waited for."""
    return _client("ssm")


def sts() -> "STSClient":
    """STS in the function's region."""
    client: STSClient = _client("sts")
    return client
