"""Alarms: what CloudWatch's alarms make of what was measured, and whom they tell.

They are looked at when somebody asks, for a moment that he names: no time passes by itself.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sandbox.delivery import Delivery, Message
from sandbox.front import Front
from sandbox.measures import Metric, Point, of_queues

_SERVICE = "cloudwatch.amazonaws.com"
_STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Sum": sum,
    "Maximum": max,
    "Minimum": min,
    "SampleCount": len,
}
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
_MINUTES = 60
"""For which it is known what was in the queues."""
_MISSING = {"breaching": True, "notBreaching": False}
_GROWTH = re.compile(r"DIFF\(FILL\((\w+), 0\)\)")
"""The one formula that is understood: by how much a metric grew, nothing being zero."""


class CannotEvaluateError(NotImplementedError):
    """An alarm is of a kind that the sandbox does not understand."""


class Alarms:
    """The alarms of the home region."""

    def __init__(self, front: Front, delivery: Delivery) -> None:
        self._front = front
        self._delivery = delivery
        self._seen: list[tuple[datetime, tuple[Point, ...]]] = []
        """What was in the queues at each look."""

    def look(self, at: datetime, measured: Iterable[Point]) -> list[str]:
        """Evaluate every alarm for a moment, and act where its state is another; those in ALARM.

        Periods end at that moment, and not with the minute as AWS's do.

        Raises:
            CannotEvaluateError: an alarm is of another kind than those that are understood.
            UndeliverableError: a topic does not let CloudWatch publish.
        """
        self._seen.append((at, (*of_queues(self._front.account, self._front.region, at),)))
        points = [*measured, *self._depths(at)]
        client = self._front.client("cloudwatch")
        raised = []
        for page in client.get_paginator("describe_alarms").paginate():
            for alarm in page["MetricAlarms"]:
                state = "ALARM" if _breaches(alarm, points, at) else "OK"
                self._become(alarm, state)
                raised += [alarm["AlarmName"]] if state == "ALARM" else []
        return raised

    def _depths(self, at: datetime) -> Iterator[Point]:
        """What SQS would have measured in each minute: until a look, what the one before found."""
        for n in range(_MINUTES):
            moment = at - n * timedelta(minutes=1)
            known = [found for seen, found in self._seen if seen <= moment]
            for each in known[-1] if known else ():
                yield replace(each, at=moment)

    def _become(self, alarm: Mapping[str, Any], state: str) -> None:
        if alarm["StateValue"] == state:
            return
        name = alarm["AlarmName"]
        self._front.client("cloudwatch").set_alarm_state(
            AlarmName=name, StateValue=state, StateReason="the sandbox looked at what was measured"
        )
        actions = alarm["AlarmActions"] if state == "ALARM" else alarm.get("OKActions", ())
        for target in actions if alarm["ActionsEnabled"] else ():
            message = Message(
                body=alarm.get("AlarmDescription", ""),
                service=_SERVICE,
                source=alarm["AlarmArn"],
                attributes={},
                subject=f'{state}: "{name}"'[:99],
            )
            self._delivery.deliver(target, message)


def _breaches(alarm: Mapping[str, Any], points: Iterable[Point], at: datetime) -> bool:
    count = alarm["EvaluationPeriods"]
    compare, missing = _COMPARISONS.get(alarm["ComparisonOperator"]), alarm.get("TreatMissingData")
    if compare is None or missing not in _MISSING:
        raise CannotEvaluateError(f"{alarm['AlarmName']}: {alarm['ComparisonOperator']}, {missing}")
    values = _values(alarm, points, at, count)
    bad = [_MISSING[missing] if v is None else compare(v, alarm["Threshold"]) for v in values]
    return sum(bad) >= int(alarm.get("DatapointsToAlarm", count))


def _values(
    alarm: Mapping[str, Any], points: Iterable[Point], at: datetime, count: int
) -> list[float | None]:
    """The alarm's value in each of its periods, the newest first."""
    queries = {each["Id"]: each for each in alarm.get("Metrics", ())}
    if not queries:
        return _statistics(alarm, alarm, points, at, count)
    [told] = [each for each in queries.values() if each.get("ReturnData", True)]
    growth = _GROWTH.fullmatch(told.get("Expression", ""))
    if growth is None:
        raise CannotEvaluateError(f"{alarm['AlarmName']}: {told.get('Expression')!r}")
    stat = queries[growth[1]]["MetricStat"]
    asked = {"Period": stat["Period"], "Statistic": stat["Stat"]}
    found = [v or 0.0 for v in _statistics(stat["Metric"], asked, points, at, count + 1)]
    return [newer - older for newer, older in pairwise(found)]


def _statistics(
    named: Mapping[str, Any],
    asked: Mapping[str, Any],
    points: Iterable[Point],
    at: datetime,
    count: int,
) -> list[float | None]:
    """A metric's statistic in each period, None in one in which nothing was measured."""
    dimensions = frozenset((each["Name"], each["Value"]) for each in named.get("Dimensions", ()))
    metric = Metric(named["Namespace"], named["MetricName"], dimensions)
    statistic = _STATISTICS.get(asked["Statistic"])
    if statistic is None:
        raise CannotEvaluateError(f"{metric}: {asked['Statistic']}")
    own = [each for each in points if each.metric == metric]
    period = timedelta(seconds=int(asked["Period"]))
    windows = (
        [each.value for each in own if at - (n + 1) * period < each.at <= at - n * period]
        for n in range(count)
    )
    return [float(statistic(window)) if window else None for window in windows]
