"""AWS in this process: moto, completed, with clients made anew for every test that uses it."""

from collections.abc import Iterator

import pytest
from moto import mock_aws
from mypy_boto3_dynamodb import DynamoDBClient
from mypy_boto3_iam import IAMClient

from lambdas.aws import clients
from lambdas.aws.records import TableRecords
from sandbox.mending import (
    account_settings,
    applied,
    delegations,
    providers,
    service_credentials,
    stores,
)

TABLE = "snapback"


def make_table(client: DynamoDBClient) -> DynamoDBClient:
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    )
    return client


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    clients._made.cache_clear()
    mended = (
        *account_settings.PATCHES,
        *delegations.PATCHES,
        *providers.PATCHES,
        *service_credentials.PATCHES,
        *stores.PATCHES,
    )
    with applied(mended), mock_aws(config={"iam": {"load_aws_managed_policies": False}}):
        yield
    clients._made.cache_clear()


@pytest.fixture
def iam(aws: None) -> IAMClient:
    return clients.iam()


@pytest.fixture
def dynamodb(aws: None) -> DynamoDBClient:
    return make_table(clients.dynamodb())


@pytest.fixture
def records(dynamodb: DynamoDBClient) -> TableRecords:
    return TableRecords(dynamodb, TABLE)
