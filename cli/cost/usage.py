"""Usage: what one change, one minute and the mere being there use, by what AWS bills."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cli.cost.prices import Item
from lambdas.model.measure import Measure
from lambdas.settings import DEFAULTS

Template = Mapping[str, Any]
Used = Mapping[Item, float]

MONTH = 30 * 24 * 3600
"""Seconds."""
_GB = 1024**3
_FUNCTION = "AWS::Lambda::Function"
_YEAR = 12
"""Months of which the table holds the incidents, and the logs are kept."""
_MB_IN_GB = 1024
_POLLS = 5 * MONTH / 20
"""Lambda polls a queue with five connections, each for up to 20 s, also while it is empty.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
"""
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_DAILY = re.compile(r"cron\(\d+ \d+ \* \* \? \*\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one change of a kind uses, as counted in the sandbox.

    ``invocations`` are by handler; of an undo, those of its own call's event and of three looks,
    too.
    """

    share: float
    """Of all changes: an assumption, to be replaced by what the dashboard shows."""
    invocations: Mapping[str, int]
    writes: int
    reads: int
    log: int
    """Bytes, with the lines that Lambda adds to each invocation."""
    kept: int
    """Bytes in the table."""
    queue: int = 0
    mails: int = 0


MAILED, UNDONE = "mailed", "mailed and undone"
CHANGES: Mapping[str, Change] = {
    "judged and recorded": Change(
        share=0.97,
        invocations={"evaluate_change": 1},
        writes=13,
        reads=9,
        log=1_600,
        kept=2_200,
    ),
    MAILED: Change(
        share=0.02,
        invocations={"evaluate_change": 1},
        writes=14,
        reads=10,
        log=1_700,
        kept=2_500,
        mails=1,
    ),
    UNDONE: Change(
        share=0.01,
        invocations={"evaluate_change": 2, "undo_change": 4},
        writes=48,
        reads=45,
        log=6_500,
        kept=4_500,
        queue=8,
        mails=2,
    ),
}
SECONDS: Mapping[str, float] = {
    "evaluate_change": 2.0,
    "undo_change": 3.0,
    "sweep": 60.0,
    "decide": 2.0,
    "tell_crowds": 1.0,
    "watch": 3.0,
    "canary": 2.0,
}
"""Handler -> how long it runs in AWS: assumed, for no account has been measured yet."""
_OTHERS = 5.0
SWEPT = 2_000
"""Users, roles, groups and policies that a sweep reads: each hour it notes whom it saw."""
_SWEEP_WRITES, _SWEEP_READS = 64 * 2, SWEPT * 1.5
_LOG_OF_A_RUN = 1_200
"""Bytes that one scheduled run logs."""


@dataclass(slots=True)
class Usage:
    """What is used in a month, by item."""

    counted: Counter[Item] = field(default_factory=Counter)

    def add(self, item: Item, amount: float) -> None:
        """Add to what is used of an item."""
        self.counted[item] += amount  # type: ignore[assignment]  # a Counter counts floats as well


def monthly(template: Template, changes: int, *, recipients: int = 1) -> Used:
    """What a month with so many changes uses, with what the template has."""
    found = Usage()
    _being_there(template, found)
    _schedules(template, found)
    for name, count in counts(template, changes).items():
        _of_changes(template, CHANGES[name], count, recipients, found)
    return found.counted


def counts(template: Template, changes: int) -> Mapping[str, float]:
    """How many changes of each kind there are: what is beyond the limit of undos is only mailed."""
    shared = {name: changes * change.share for name, change in CHANGES.items()}
    beyond = max(0.0, shared[UNDONE] - _most_undone(template))
    return {**shared, UNDONE: shared[UNDONE] - beyond, MAILED: shared[MAILED] + beyond}


def _being_there(template: Template, found: Usage) -> None:
    """What is paid for whether or not anything happens."""
    kinds = Counter(each["Type"] for each in template["Resources"].values())
    found.add(Item.KEY, kinds["AWS::KMS::Key"])
    found.add(Item.ALARM, kinds["AWS::CloudWatch::Alarm"])
    found.add(Item.DASHBOARD, kinds["AWS::CloudWatch::Dashboard"])
    found.add(Item.METRIC, len(Measure))
    found.add(Item.QUEUE_REQUEST, kinds["AWS::Lambda::EventSourceMapping"] * _POLLS)


def _schedules(template: Template, found: Usage) -> None:
    for handler, runs in _runs(template):
        _invoked(template, handler, runs, found)
        found.add(Item.LOG_IN, runs * _LOG_OF_A_RUN / _GB)
        if handler == "sweep":
            found.add(Item.WRITE, runs * _SWEEP_WRITES)
            found.add(Item.READ, runs * _SWEEP_READS)


def _runs(template: Template) -> Iterator[tuple[str, float]]:
    """The handler that each schedule invokes, and how often a month.

    Raises:
        ValueError: a schedule has a form that is not known here.
    """
    for name, resource in template["Resources"].items():
        expression = resource.get("Properties", {}).get("ScheduleExpression")
        if expression is None:
            continue
        for target in _targets(resource["Properties"]):
            if template["Resources"][target]["Type"] == _FUNCTION:
                yield _named(template["Resources"][target]), MONTH / _seconds(name, expression)


def _seconds(name: str, expression: str) -> int:
    """The seconds from one run of a schedule to the next."""
    if _DAILY.fullmatch(expression):
        return _SECONDS["day"]
    rate = _RATE.fullmatch(expression)
    if rate is None:
        raise ValueError(f"{name} has the schedule {expression!r}, which is not understood here")
    return int(rate[1]) * _SECONDS[rate[2]]


def _targets(properties: Mapping[str, Any]) -> Iterator[str]:
    """The logical ids of the functions that a rule or a schedule invokes."""
    for each in (*properties.get("Targets", []), properties.get("Target")):
        if each is not None:
            yield each["Arn"]["Fn::GetAtt"][0]


def _of_changes(
    template: Template, change: Change, count: float, recipients: int, found: Usage
) -> None:
    for handler, times in change.invocations.items():
        _invoked(template, handler, count * times, found)
    found.add(Item.EVENT, count)
    found.add(Item.WRITE, count * change.writes)
    found.add(Item.READ, count * change.reads)
    found.add(Item.LOG_IN, count * change.log / _GB)
    found.add(Item.LOG_KEPT, count * _YEAR * change.log / _GB)
    found.add(Item.TABLE_KEPT, count * _YEAR * change.kept / _GB)
    found.add(Item.TABLE_RECOVERY, count * _YEAR * change.kept / _GB)
    found.add(Item.QUEUE_REQUEST, count * change.queue)
    found.add(Item.PUBLISH, count * change.mails)
    found.add(Item.KEY_REQUEST, count * change.mails * 2)
    found.add(Item.MAIL, count * change.mails * recipients)


def _invoked(template: Template, handler: str, times: float, found: Usage) -> None:
    memory = _memory(template, handler)
    found.add(Item.FUNCTION_REQUEST, times)
    found.add(Item.FUNCTION_SECOND, times * SECONDS.get(handler, _OTHERS) * memory / _MB_IN_GB)


def _memory(template: Template, handler: str) -> int:
    """Megabytes of the function with a handler; none is paid for one that is not deployed."""
    function = _function(template, handler)
    return int(function["Properties"].get("MemorySize", 128)) if function else 0


def _function(template: Template, handler: str) -> Mapping[str, Any] | None:
    functions = (each for each in template["Resources"].values() if each["Type"] == _FUNCTION)
    return next((each for each in functions if _named(each) == handler), None)


def _named(function: Mapping[str, Any]) -> str:
    """The module of a function's handler."""
    return str(function["Properties"]["Handler"]).removesuffix(".handler").rpartition(".")[2]


def _most_undone(template: Template) -> float:
    """Undos that the limit lets through in a month; none where nothing is undone."""
    function = _function(template, "undo_change")
    if function is None:
        return 0
    variables = function["Properties"]["Environment"]["Variables"]
    settings = json.loads(variables.get("SNAPBACK_SETTINGS", "{}"))
    return int({**DEFAULTS, **settings}["undoLimits"]["perAccount"]) * MONTH / _SECONDS["hour"]
