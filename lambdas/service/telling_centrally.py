"""Telling centrally: the mails of a whole organisation, no faster than people and SNS take them.

SNS unsubscribes an address that is sent more than ten mails in a second. Each account is paced by
itself, and nothing but this paces all of them together.
"""

from collections.abc import Iterator, Mapping

from lambdas.model.forwarded import Forwarded
from lambdas.model.mail import Mail
from lambdas.service.central_mail import alone, together
from lambdas.service.ports import AlertNotSentError, Alerts, Clock

MOST_ALONE = 3
"""Mails of one batch that are sent each by itself."""
PAUSE = 1.0
"""Seconds before each mail: a run that died left no word of when it sent its last one."""


def tell(mails: Mapping[str, Forwarded], alerts: Alerts, clock: Clock) -> Mapping[str, str]:
    """Send a few mails one by one, and more of them as one; why not, by the keys of the untold."""
    untold: dict[str, str] = {}
    for keys, mail in _sendings(mails):
        clock.sleep(PAUSE)
        try:
            alerts.send(mail)
        except AlertNotSentError as error:
            untold.update(dict.fromkeys(keys, str(error)))
    return untold


def _sendings(mails: Mapping[str, Forwarded]) -> Iterator[tuple[tuple[str, ...], Mail]]:
    """What is to be sent, each with the keys of those that it tells of."""
    if len(mails) > MOST_ALONE:
        yield tuple(mails), together([*mails.values()])
    else:
        yield from (((key,), alone(mail)) for key, mail in mails.items())
