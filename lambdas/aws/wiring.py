"""Wiring: the ports of each job, made from what a function is given."""

from functools import partial

from lambdas.aws import clients
from lambdas.aws.account import LiveAccount
from lambdas.aws.alerts import TopicAlerts
from lambdas.aws.clock import WallClock
from lambdas.aws.decisions import TableDecisions
from lambdas.aws.elsewhere import Region, regions
from lambdas.aws.faults import TableFaults
from lambdas.aws.mail_slots import TableSlots
from lambdas.aws.records import TableRecords
from lambdas.aws.reverts import LiveReverts
from lambdas.aws.sensor import LiveSensor
from lambdas.aws.sweeps import AskedSweeps, NoSweeps
from lambdas.aws.undos import NoUndos, QueuedUndos
from lambdas.model.arn import Arn
from lambdas.service.checking import Checking
from lambdas.service.deciding import Deciding
from lambdas.service.evaluate import Evaluation
from lambdas.service.pacing import PacedAlerts
from lambdas.service.sweeping import Sweeping
from lambdas.service.undoing import Undoing
from lambdas.service.watching import Watching
from lambdas.settings import Environment


def evaluation(given: Environment) -> Evaluation:
    """What evaluating needs; its clients are made here, once a process."""
    clients.iam()
    return Evaluation(
        account=LiveAccount(given.own),
        records=_records(given),
        decisions=_decisions(given),
        alerts=_alerts(given),
        undos=_undos(given),
        sweeps=_sweeps(given),
        clock=WallClock(),
        settings=given.settings,
        own_role=given.undo_role_arn,
        canary=given.canary,
    )


def undoing(given: Environment, *, last_try: bool) -> Undoing:
    """What undoing one message needs."""
    return Undoing(
        account=LiveAccount(given.own),
        records=_records(given),
        decisions=_decisions(given),
        alerts=_alerts(given),
        reverts=LiveReverts(),
        undos=_undos(given),
        sweeps=_sweeps(given),
        clock=WallClock(),
        settings=given.settings,
        last_try=last_try,
    )


def sweeping(given: Environment) -> Sweeping:
    """What sweeping needs."""
    return Sweeping(
        account=LiveAccount(given.own, regions=given.settings.regions),
        records=_records(given),
        alerts=_alerts(given),
        clock=WallClock(),
        settings=given.settings,
    )


def watching(given: Environment) -> Watching:
    """What one look of the watch clock needs.

    Raises:
        ValueError: the function is not told which stack it is of.
    """
    if given.stack_id is None:
        raise ValueError("STACK_ID is not set")
    return Watching(
        checking=Checking(
            sensor=LiveSensor(
                given.stack_id,
                given.region,
                given.canary.tagged if given.canary else None,
                account=given.account,
                named=given.own.beginnings[-1],
                elsewhere=partial(_elsewhere, given),
            ),
            records=_records(given),
            clock=WallClock(),
            settings=given.settings,
        ),
        evaluation=evaluation(given),
        faults=TableFaults(clients.dynamodb(), given.table_name),
        account=given.account,
    )


def _elsewhere(given: Environment) -> tuple[Region, ...]:
    bus = Arn(given.partition, "events", given.region, given.account, "event-bus/default")
    return regions(given.settings.regions, str(bus))


def telling(given: Environment) -> tuple[TableRecords, PacedAlerts, WallClock]:
    """What telling of crowds needs."""
    return _records(given), _alerts(given), WallClock()


def retrying(given: Environment) -> QueuedUndos:
    """The queue of which a message is to be handed out again.

    Raises:
        ValueError: the function that takes its messages is not told of any queue.
    """
    if given.undo_queue_url is None:
        raise ValueError("UNDO_QUEUE_URL is not set")
    return QueuedUndos(clients.sqs(), given.undo_queue_url)


def _undos(given: Environment) -> QueuedUndos | NoUndos:
    queue = given.undo_queue_url
    return QueuedUndos(clients.sqs(), queue) if queue else NoUndos()


def deciding(given: Environment) -> Deciding:
    """What deciding needs."""
    return Deciding(
        account=LiveAccount(given.own),
        records=_records(given),
        decisions=_decisions(given),
        alerts=_alerts(given),
        clock=WallClock(),
        settings=given.settings,
    )


def _sweeps(given: Environment) -> AskedSweeps | NoSweeps:
    name = given.sweep_function_name
    return AskedSweeps(clients.lambda_(), name) if name else NoSweeps()


def _records(given: Environment) -> TableRecords:
    return TableRecords(clients.dynamodb(), given.table_name)


def _decisions(given: Environment) -> TableDecisions:
    return TableDecisions(clients.dynamodb(), given.table_name)


def _alerts(given: Environment) -> PacedAlerts:
    return PacedAlerts(
        topic=TopicAlerts(clients.sns(), given.topic_arn),
        slots=TableSlots(clients.dynamodb(), given.table_name),
        clock=WallClock(),
        a_second=given.settings.mails_per_second,
    )
