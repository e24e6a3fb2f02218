"""Checks: the table of questions about Snapback's own health that the clock and doctor share."""

from datetime import timedelta

from lambdas.model.check import Check
from lambdas.model.severity import Severity
from lambdas.service.checking import Checking, Question, ask
from lambdas.service.checks_of_parts import feeds, functions, watches
from lambdas.service.checks_of_telling import canary, dead_letters, mails, subscriptions
from lambdas.service.checks_of_trails import trails

A_LOOK_LATER = timedelta(seconds=45)
"""Less than a minute: what lasts from one look to the next is told at the second one."""

CHECKS = (
    Question(
        name="trails",
        why="EventBridge hears of no call that no trail logs",
        find=trails,
        severity=Severity.CRITICAL,
        patience=A_LOOK_LATER,
    ),
    Question(
        name="watches",
        why="without its watches Snapback hears of no change",
        find=watches,
        severity=Severity.CRITICAL,
    ),
    Question(
        name="functions",
        why="a function that cannot run judges, tells and undoes nothing",
        find=functions,
        severity=Severity.CRITICAL,
        patience=A_LOOK_LATER,
    ),
    Question(
        name="undo queue",
        why="what is to be undone waits in a queue until a function is handed it",
        find=feeds,
        patience=A_LOOK_LATER,
    ),
    Question(
        name="subscriptions",
        why="nobody is told by a mail whose subscription is not confirmed",
        find=subscriptions,
    ),
    Question(
        name="dead letters",
        why="what lies in a dead-letter queue was not judged, not undone, or not delivered",
        find=dead_letters,
    ),
    Question(
        name="mails",
        why="a mail that is late is a change that nobody knows of yet",
        find=mails,
        patience=A_LOOK_LATER,
    ),
    Question(
        name="canary",
        why="a harmless change that does not come back as an event tells that an attack would not",
        find=canary,
        severity=Severity.CRITICAL,
        patience=A_LOOK_LATER,
    ),
)
"""In the order in which they are asked and read: what makes all else blind comes first."""


def answers(of: Checking) -> tuple[Check, ...]:
    """The answers to all questions, none of which keeps another from being asked."""
    return tuple(ask(question, of) for question in CHECKS)
