"""Attacks on the deployed stage, played to their end."""

from contextlib import contextmanager
from weakref import WeakKeyDictionary

from sandbox.front.hooks import Fault


def attacked(stage, deed, service="iam"):
    """The account before a deed of a thief, and the mails once all that follows has happened."""
    _swept(stage)
    since = len(stage.sandbox.mailbox)
    before = stage.sandbox.snapshot()
    during = stage.attack(lambda stage: deed(stage.thief.client(service)))
    stage.settle()
    assert during != before
    return before, stage.sandbox.mailbox[since:]


def _swept(stage):
    """Have the account read, unless it is as it was when it was read last."""
    if _READ.get(stage) != stage.sandbox.snapshot():
        stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
        stage.settle()
        _READ[stage] = stage.sandbox.snapshot()


_READ = WeakKeyDictionary()
"""Stage -> its account's state when it was read last."""


def labels(mails):
    return [mail.subject.partition("]")[0][1:] for mail in mails]


@contextmanager
def refused(stage, of, times, code):
    """The first so many calls that ``of`` tells from others are answered by an error."""
    done = []

    def when(call, _):
        if len(done) == times or not of(call):
            return False
        done.append(call)
        return True

    fault = Fault(when=when, code=code, message="not now", status=400)
    stage.sandbox.front.hooks.faults.append(fault)
    try:
        yield
    finally:
        stage.sandbox.front.hooks.faults.remove(fault)
    assert len(done) == times


@contextmanager
def before_the_undo(stage, deed):
    """What happens when an incident's undo has been asked for and has not begun."""
    done = []

    def when(call, _):
        if (call.service, call.operation) == ("sqs", "SendMessage") and not done:
            done.append(call)
            deed()
        return False

    fault = Fault(when=when, code="none", message="none")
    stage.sandbox.front.hooks.faults.append(fault)
    try:
        yield
    finally:
        stage.sandbox.front.hooks.faults.remove(fault)
    assert done


def another_minute(stage):
    """Let it be as long ago as it takes that an event last had the account read."""
    client = stage.sandbox.operator.client("dynamodb")
    table = stage.outputs["TableName"]
    for each in client.scan(TableName=table)["Items"]:
        if each["pk"]["S"].startswith("claim#sweep#"):
            client.delete_item(TableName=table, Key={name: each[name] for name in ("pk", "sk")})
