"""The cold start of evaluate_change, as a whole process, beside that of a bare boto3."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.figure import Figure
from lambdas.settings import dump, from_context
from stacks.asset import build

ROUNDS = 15
_BARE = """
import boto3
session = boto3.session.Session()
for service in ("dynamodb", "iam", "sns", "sqs"):
    session.client(service)
"""
_OURS = "import lambdas.handlers.evaluate_change"


def run() -> Iterable[Figure]:
    """Start both in turn, so that a busy machine is busy for both; each has its byte code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        build(folder, None)
        compile_here = [sys.executable, "-m", "compileall", "-q", str(folder)]
        subprocess.run(compile_here, check=True)
        times = [(_seconds(_OURS, folder), _seconds(_BARE, folder)) for _ in range(ROUNDS + 1)][1:]
    ours, bare = (median(column) * 1000 for column in zip(*times, strict=True))
    yield Figure(name="cold start of evaluate_change", value=ours, unit="ms")
    yield Figure(name="bare boto3 with the same clients", value=bare, unit="ms")
    yield Figure(
        name="evaluate_change over bare boto3",
        value=ours / bare,
        unit="times",
        compared_with="aim: at most 1.3 times",
    )


def _seconds(code: str, folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=_environment(folder), check=True)
    return time.perf_counter() - began


def _environment(folder: Path) -> Mapping[str, str]:
    """What the stack gives the function, and what the Lambda runtime adds."""
    settings = from_context({"alertEmails": ["security@example.com"]})
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_LAMBDA_FUNCTION_NAME": "evaluate",
        "POWERTOOLS_SERVICE_NAME": "snapback",
        "POWERTOOLS_METRICS_NAMESPACE": "Snapback",
        "SNAPBACK_SETTINGS": dump(settings),
        "TABLE_NAME": "records",
        "TOPIC_ARN": "arn:aws:sns:us-east-1:123456789012:alerts",
        "UNDO_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/123456789012/undo",
        "UNDO_ROLE_ARN": "arn:aws:iam::123456789012:role/undo",
    }
