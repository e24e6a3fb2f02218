"""The check of the alarms: what tells people when the functions cannot."""

import json
from collections.abc import Iterator, Mapping
from shlex import quote
from typing import Any

from cli.doctor.examined import Examined
from cli.doctor.stack import Stack
from lambdas.service.checking import DEPLOY, Found

_KIND = "AWS::CloudWatch::Alarm"
_COMPARED = (
    "AlarmActions",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "EvaluationPeriods",
    "MetricName",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
)
"""What decides when an alarm is raised, and who is told; of a formula, the formula as well."""
_ACTIVE = "aws cloudwatch enable-alarm-actions --alarm-names {}"
_PUT = "aws cloudwatch put-metric-alarm --cli-input-json {}"
_HISTORY = "aws cloudwatch describe-alarm-history --alarm-name {} (then docs/operations.md)"

Fault = tuple[str, str]
"""What is wrong, and the command that mends it."""


def alarms(examined: Examined) -> Found:
    """Whether every alarm is there, as it was deployed, tells people, and is quiet."""
    faults: dict[str, Fault] = {}
    count = 0
    for stack in examined.stacks:
        live = _live(examined, stack)
        for resource, properties in stack.each(_KIND):
            count += 1
            name = resource.physical_id
            wanted = {**stack.place.resolved(properties), "AlarmName": name}
            if fault := next(_of_alarm(wanted, live.get(name)), None):
                faults[name] = fault
    if not faults:
        return Found(f"all {count} alarms are as they were deployed, and quiet")
    says = "; ".join(f"{name} {says}" for name, (says, _) in faults.items())
    mend = tuple(dict.fromkeys(mend for _, mend in faults.values()))
    return Found(says, mend, tuple(faults))


def _live(examined: Examined, stack: Stack) -> Mapping[str, Any]:
    """The alarms of a stack that are there, by name: CloudFormation's names begin with its own.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    """
    pages = examined.client("cloudwatch", stack).get_paginator("describe_alarms")
    return {
        each["AlarmName"]: each
        for page in pages.paginate(AlarmNamePrefix=stack.name)
        for each in page["MetricAlarms"]
    }


def _of_alarm(wanted: Mapping[str, Any], live: Mapping[str, Any] | None) -> Iterator[Fault]:
    """What is wrong with an alarm, the worst first."""
    name = wanted["AlarmName"]
    if live is None:
        yield "is gone", DEPLOY
        return
    if _decisive(wanted) != _decisive(live):
        text = json.dumps(wanted, separators=(",", ":"))
        yield "is another one than was deployed", _PUT.format(quote(text))
    if not live["ActionsEnabled"]:
        yield "tells nobody: its actions are disabled", _ACTIVE.format(name)
    if live["StateValue"] == "ALARM":
        yield f"is raised: {wanted['AlarmDescription']}", _HISTORY.format(name)


def _decisive(alarm: Mapping[str, Any]) -> list[Any]:
    """What is compared, with nothing in place of what is absent or empty."""
    formulas = [
        (each["Id"], each.get("Expression"), each.get("MetricStat"))
        for each in alarm.get("Metrics") or ()
    ]
    return [*(alarm.get(key) or None for key in _COMPARED), formulas]
