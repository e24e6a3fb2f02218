"""Wiring: the ports of each job, made from what a function is given."""

from lambdas.aws import clients
from lambdas.aws.account import LiveAccount
from lambdas.aws.alerts import TopicAlerts
from lambdas.aws.clock import WallClock
from lambdas.aws.records import TableRecords
from lambdas.aws.reverts import LiveReverts
from lambdas.aws.undos import NoUndos, QueuedUndos
from lambdas.service.evaluate import Evaluation
from lambdas.service.restore import Undoing
from lambdas.service.sweeping import Sweeping
from lambdas.settings import Environment


def evaluation(given: Environment) -> Evaluation:
    """What evaluating needs; its clients are made here, once a process."""
    queue = given.undo_queue_url
    clients.iam()
    return Evaluation(
        account=LiveAccount(),
        records=_records(given),
        alerts=_alerts(given),
        undos=QueuedUndos(clients.sqs(), queue) if queue else NoUndos(),
        clock=WallClock(),
        settings=given.settings,
        own_role=given.undo_role_arn,
    )


def undoing(given: Environment, *, last_try: bool) -> Undoing:
    """What undoing one message needs."""
    return Undoing(
        account=LiveAccount(),
        records=_records(given),
        alerts=_alerts(given),
        reverts=LiveReverts(),
        clock=WallClock(),
        settings=given.settings,
        last_try=last_try,
    )


def sweeping(given: Environment) -> Sweeping:
    """What sweeping needs."""
    return Sweeping(
        account=LiveAccount(),
        records=_records(given),
        alerts=_alerts(given),
        clock=WallClock(),
        settings=given.settings,
    )


def _records(given: Environment) -> TableRecords:
    return TableRecords(clients.dynamodb(), given.table_name)


def _alerts(given: Environment) -> TopicAlerts:
    return TopicAlerts(clients.sns(), given.topic_arn)
