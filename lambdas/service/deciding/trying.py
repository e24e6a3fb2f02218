"""Trying: a mail that a person asks for, to see that mails arrive."""

from lambdas.model.actor import Actor
from lambdas.service.deciding.job import Answer, Deciding, Question, tell


def try_mail(_: Question, by: Actor, of: Deciding) -> Answer:
    """Send a mail on the way of all others: the function's role, the topic and its key.

    Raises:
        AlertNotSentError: it could not be handed over.
    """
    lines = ("  If you read this, the way of Snapback's mails is open. There is nothing to do.",)
    tell(by, "asked for a test alert", lines, of)
    return {"sent": True}
