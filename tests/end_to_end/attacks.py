"""Attacks on the deployed stage, played to their end."""


def attacked(stage, deed, service="iam"):
    """The account before a deed of a thief, and the mails once all that follows has happened."""
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    since = len(stage.sandbox.mailbox)
    before = stage.sandbox.snapshot()
    during = stage.attack(lambda stage: deed(stage.thief.client(service)))
    stage.settle()
    assert during != before
    return before, stage.sandbox.mailbox[since:]


def labels(mails):
    return [mail.subject.partition("]")[0][1:] for mail in mails]
