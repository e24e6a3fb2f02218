"""Measures: what CloudWatch would have measured of what has run, as points in time.

Functions are measured by Lambda, and by the lines that they write in the embedded metric format.
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moto.sqs.models import sqs_backends

from sandbox.invocations import Invocation, LogLine


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric with the values of all its dimensions."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Point:
    """One value that was measured."""

    metric: Metric
    at: datetime
    value: float


def of_invocations(invocations: Iterable[Invocation]) -> Iterator[Point]:
    """What Lambda counts: nothing here is ever throttled, or waits."""
    for each in invocations:
        found = {
            "Invocations": 1.0,
            "Errors": 0.0 if each.outcome.error is None else 1.0,
            "Duration": each.seconds * 1000,
        }
        of = frozenset({("FunctionName", each.function)})
        for name, value in found.items():
            yield Point(Metric("AWS/Lambda", name, of), each.at, value)


def of_logs(lines: Iterable[LogLine]) -> Iterator[Point]:
    """What functions measure themselves."""
    for each in lines:
        yield from _embedded(_document(each.text))


def _document(text: str) -> Mapping[str, Any]:
    if '"_aws"' not in text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _embedded(document: Mapping[str, Any]) -> Iterator[Point]:
    about = document.get("_aws", {})
    for directive in about.get("CloudWatchMetrics", ()):
        at = datetime.fromtimestamp(about["Timestamp"] / 1000, UTC)
        for names in directive["Dimensions"]:
            of = frozenset((name, str(document[name])) for name in names)
            for metric in directive["Metrics"]:
                known = Metric(directive["Namespace"], metric["Name"], of)
                values = document[metric["Name"]]
                for value in values if isinstance(values, list) else [values]:
                    yield Point(known, at, float(value))


def of_queues(account: str, region: str, at: datetime) -> Iterator[Point]:
    """How many messages are to be had from each queue at this moment."""
    for queue in sqs_backends[account][region].queues.values():
        of = frozenset({("QueueName", queue.name)})
        visible = Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", of)
        yield Point(visible, at, float(queue.approximate_number_of_messages))
