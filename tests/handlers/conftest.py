"""The functions as AWS Lambda starts them: environment set, module imported anew."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from types import ModuleType
from typing import Any

import pytest
from moto import mock_aws

from lambdas.aws import clients
from lambdas.settings import dump
from sandbox.mending import applied, service_credentials, stores
from tests.aws.conftest import TABLE, make_table
from tests.service.world import OWN_ROLE, SETTINGS

# Powertools reads these when the functions' modules are first imported, as AWS Lambda sets them.
os.environ["POWERTOOLS_METRICS_NAMESPACE"] = "Snapback"
os.environ["POWERTOOLS_SERVICE_NAME"] = "test"

from lambdas.handlers import reporting

Start = Callable[[str], ModuleType]
Lines = Callable[[], list[dict[str, Any]]]


class Context:
    function_name = "function"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:function"
    aws_request_id = "request-1"


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    environment = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "SNAPBACK_SETTINGS": dump(SETTINGS),
        "TABLE_NAME": TABLE,
        "UNDO_ROLE_ARN": OWN_ROLE,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    clients._made.cache_clear()
    with mock_aws(), applied((*service_credentials.PATCHES, *stores.PATCHES)):
        make_table(clients.dynamodb())
        topic = clients.sns().create_topic(Name="alerts")["TopicArn"]
        monkeypatch.setenv("TOPIC_ARN", topic)
        queue = clients.sqs().create_queue(QueueName="undos")["QueueUrl"]
        monkeypatch.setenv("UNDO_QUEUE_URL", queue)
        yield started
    clients._made.cache_clear()


def started(name: str) -> ModuleType:
    """The handler's module, imported as at a cold start."""
    sys.modules.pop(f"lambdas.handlers.{name}", None)
    return importlib.import_module(f"lambdas.handlers.{name}")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    """The structured lines that the functions have logged, in their order."""
    said = StringIO()
    monkeypatch.setattr(reporting.logger.registered_handler, "stream", said)
    return lambda: [json.loads(line) for line in said.getvalue().splitlines()]
