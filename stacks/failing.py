"""The alarms about functions: what fails, is held up, or does not run at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from lambdas.model.measure import Measure
from stacks.alarms import Alarms
from stacks.environment import NAMESPACE, SERVICE
from stacks.function import Function

_PERIOD = Duration.minutes(5)
_MINUTE = Duration.minutes(1)
_SILENT = 5
"""Minutes without a heartbeat: one that is late, or a deployment, is nothing to wake anybody for.

CloudWatch looks a little further back for data before it takes them for missing.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""
_UNHEARD = 26
"""Hours without a canary, which flies daily: an alarm may look back for seven days by the hour.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
"""
_LATE = 300_000
"""Milliseconds; Lambda tries an event that failed again after one minute, and after two more.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""


@dataclass(frozen=True, slots=True)
class _Measured:
    """What CloudWatch measures of each function, and from when on that is too much."""

    statistic: str
    threshold: int
    says: str
    of_events: bool = False
    """Whether only functions have it to which events are handed asynchronously."""


_MEASURED: Mapping[str, _Measured] = {
    "Errors": _Measured("Sum", 1, "{} failed: what it was given may not be judged, told or undone"),
    "Throttles": _Measured("Sum", 1, "{} found no free execution: what it does is late"),
    "AsyncEventAge": _Measured(
        "Maximum", _LATE, "events have waited for {} for more than five minutes", of_events=True
    ),
}
"""https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"""


@dataclass(frozen=True, slots=True)
class _Missed:
    """What is missed when it is not measured for so long."""

    measure: Measure
    period: Duration
    periods: int
    says: str


_MISSED: Mapping[str, _Missed] = {
    "HeartbeatAlarm": _Missed(
        Measure.HEARTBEAT,
        _MINUTE,
        _SILENT,
        "the watch clock, which runs each minute, has not come to its end for five minutes. Nobody"
        " looks whether Snapback still sees anything.",
    ),
    "CanaryAlarm": _Missed(
        Measure.CANARIES,
        Duration.hours(1),
        _UNHEARD,
        "no canary has come back as an event for more than a day. A change that is made now may"
        " reach no function.",
    ),
}


def failing(functions: Sequence[Function], alarms: Alarms) -> None:
    """Raise an alarm when any of these functions fails, is throttled, or lets events wait."""
    for function in functions:
        for metric, measured in _MEASURED.items():
            if function.is_asynchronous or not measured.of_events:
                alarms.sent(_alarm(function, metric, measured))


def _alarm(function: Function, metric: str, measured: _Measured) -> cloudwatch.Alarm:
    """Lambda counts an error at the moment at which the run began, which may be long ago."""
    timeout = function.function.timeout or Duration.seconds(0)
    longest = ceil(timeout.to_seconds() / _PERIOD.to_seconds())
    return cloudwatch.Alarm(
        function,
        f"{metric}Alarm",
        alarm_description=f"Snapback: {measured.says.format(function.node.id)}.",
        metric=function.function.metric(metric, period=_PERIOD, statistic=measured.statistic),
        threshold=measured.threshold,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluation_periods=1 + longest,
        datapoints_to_alarm=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )


def silent(scope: Construct, alarms: Alarms) -> None:
    """Raise an alarm where what must come does not come any more: the dead man's switches.

    What would tell of all else is then quiet itself, so that no data is the worst answer.
    """
    for id_, missed in _MISSED.items():
        alarm = cloudwatch.Alarm(
            scope,
            id_,
            alarm_description=f"Snapback: {missed.says}",
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name=missed.measure.value,
                dimensions_map={"service": SERVICE},
                statistic="Sum",
                period=missed.period,
            ),
            threshold=1,
            comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluation_periods=missed.periods,
            datapoints_to_alarm=missed.periods,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING,
        )
        alarms.sent(alarm, also_its_end=True)
