"""The dashboard: what Snapback saw and did, how fast, and what of it fails."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aws_cdk import Aws, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from lambdas.model.measure import ENDINGS, TIMES, VERDICTS, Measure
from stacks.environment import NAMESPACE, SERVICE

T = TypeVar("T", bound=Construct)
Metric = cloudwatch.Metric

_CHANGES = (Measure.RECEIVED, Measure.IGNORED, Measure.DUPLICATES, Measure.JUDGED)
_SHOWN = {*_CHANGES, *VERDICTS.values(), *ENDINGS.values(), Measure.UNDOS_ASKED, *TIMES}
_OTHERS = tuple(each for each in Measure if each not in _SHOWN)
_FAST = (Measure.EVENT_TO_ARRIVAL, Measure.EVENT_TO_ALERT, Measure.EVENT_TO_UNDO)
_STATISTICS = ("p50", "p90", "Maximum")
_HALF = 12
"""Of the 24 columns that a dashboard has."""


class Dashboard(Construct):
    """One dashboard over all functions, topics, queues and alarms that the stack has by now."""

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self._dashboard = cloudwatch.Dashboard(
            self, "Dashboard", dashboard_name=Aws.STACK_NAME, default_interval=Duration.days(1)
        )
        self._alarms()
        self._row(
            _graph("Changes", *map(_sum, _CHANGES)),
            _graph("Verdicts", *map(_sum, VERDICTS.values()), stacked=True),
        )
        self._row(
            _graph("Mails", *(metric for each in self._all(sns.Topic) for metric in _mails(each))),
            _graph("Undos", _sum(Measure.UNDOS_ASKED), *map(_sum, ENDINGS.values())),
        )
        self._row(*(_times(each) for each in _FAST))
        functions, queues = self._all(lambda_.Function), self._all(sqs.Queue)
        self._row(
            _graph("Errors", *(metric for each in functions for metric in _errors(each))),
            _graph("Messages that wait, dead letters among them", *map(_waiting, queues)),
        )
        self._row(
            _graph("Age of events that wait for a function", *map(_age, functions)),
            _graph("Sweeps, people and the watch clock", *map(_sum, _OTHERS)),
        )

    def _alarms(self) -> None:
        alarms: Sequence[cloudwatch.IAlarm] = self._all(cloudwatch.Alarm)
        self._dashboard.add_widgets(
            cloudwatch.AlarmStatusWidget(title="Alarms", alarms=alarms, width=2 * _HALF)
        )

    def _row(self, *graphs: Callable[[int], cloudwatch.GraphWidget]) -> None:
        width = 2 * _HALF // len(graphs)
        self._dashboard.add_widgets(*(graph(width) for graph in graphs))

    def _all(self, kind: type[T]) -> list[T]:
        """What the stack has of a kind, in the order in which it was made."""
        return [each for each in Stack.of(self).node.find_all() if isinstance(each, kind)]


def _graph(
    title: str, *metrics: cloudwatch.IMetric, stacked: bool = False
) -> Callable[[int], cloudwatch.GraphWidget]:
    return lambda width: cloudwatch.GraphWidget(
        title=title, left=[*metrics], stacked=stacked, width=width, height=6
    )


def _own(measure: Measure, statistic: str, label: str) -> Metric:
    return Metric(
        namespace=NAMESPACE,
        metric_name=measure.value,  # jsii would take the member for an enumeration of its own
        dimensions_map={"service": SERVICE},
        statistic=statistic,
        label=label,
    )


def _sum(measure: Measure) -> Metric:
    return _own(measure, "Sum", measure.value)


def _times(measure: Measure) -> Callable[[int], cloudwatch.GraphWidget]:
    return _graph(f"{measure} in ms", *(_own(measure, each, each) for each in _STATISTICS))


def _mails(topic: sns.Topic) -> list[Metric]:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html."""
    name = _name(topic)
    return [
        topic.metric_number_of_messages_published(label=f"{name}: sent", statistic="Sum"),
        topic.metric_number_of_notifications_failed(label=f"{name}: failed", statistic="Sum"),
    ]


def _errors(function: lambda_.Function) -> list[Metric]:
    name = _name(function)
    return [
        function.metric_errors(label=f"{name}: errors", statistic="Sum"),
        function.metric_throttles(label=f"{name}: throttled", statistic="Sum"),
    ]


def _age(function: lambda_.Function) -> Metric:
    """https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
    return function.metric("AsyncEventAge", label=_name(function), statistic="Maximum")


def _waiting(queue: sqs.Queue) -> Metric:
    return queue.metric_approximate_number_of_messages_visible(
        label=_name(queue), statistic="Maximum"
    )


def _name(construct: Construct) -> str:
    """What people call it: the name of the construct of ours that it is in."""
    return construct.node.scope.node.id if construct.node.scope else construct.node.id
