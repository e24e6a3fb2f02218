"""Owed mails: alerts and outcomes that could not be sent when they were due, or were put off.

A few are sent each by itself. Of more than a few one mail tells, at most each minute: they are
owed because of a storm, or because SNS took none for a while, which ends in one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from lambdas.model.incident import DUE, Incident
from lambdas.service.claims import try_once
from lambdas.service.gravity import is_first, severity
from lambdas.service.mails import alert_mail, outcome_mail
from lambdas.service.ports import (
    AlertNotSentError,
    Alerts,
    Clock,
    PutOffError,
    Records,
    UnreadableItemError,
)
from lambdas.service.storm_mail import storm_mail

ITS_OWN = timedelta(minutes=2)
"""For so long an outcome is told by the run that noted it, and by the retries of that run."""
MOST_ALONE = 3
"""Incidents of which each is told by itself: whoever pays has more to do within a minute."""
MOST_TOGETHER = 1_000
"""Incidents in one mail: what is read and noted must leave time for the rest; others follow."""


def send_owed(records: Records, alerts: Alerts, clock: Clock) -> int:
    """Send every mail that is still owed, alerts and outcomes; the number of incidents paid.

    What was paid is noted and nothing else of an incident written: it may have gone on meanwhile.

    Raises:
        AlertNotSentError: some still cannot be handed over; the others are out.
        UnreadableItemError: the record of some cannot be read; the others are out.
    """
    failures: list[Exception] = []
    owed = islice(_readable(records.owed(), failures), MOST_TOGETHER)
    due = sorted((each for each in owed if _is_due(each, clock.now())), key=_place)
    pay = _together if len(due) > MOST_ALONE else _alone
    sent = pay(due, records, alerts, clock)
    if failures:
        raise failures[0]
    return sent


def _readable(owed: Iterable[Incident], failures: list[Exception]) -> Iterable[Incident]:
    """What can be read of it, whatever cannot."""
    try:
        yield from owed
    except UnreadableItemError as error:
        failures.append(error)


def _place(incident: Incident) -> tuple[bool, int, datetime]:
    """What is wrong with Snapback itself comes first, then the worst."""
    return not is_first(incident), -severity(incident), incident.change.at


def _is_due(incident: Incident, now: datetime) -> bool:
    return incident.alert in DUE or _is_untold(incident, now)


def _is_untold(incident: Incident, now: datetime) -> bool:
    outcome = incident.outcome
    return outcome is not None and not outcome.told and now - outcome.at > ITS_OWN


def _together(due: list[Incident], records: Records, alerts: Alerts, clock: Clock) -> int:
    """Tell of all in one mail, unless another run does so in the same minute.

    They are owed until the mail is out: a crash may repeat it and never loses one.
    """
    now = clock.now()
    try:
        with try_once(f"storm#{now:%Y-%m-%dT%H:%M}", records) as is_mine:
            if is_mine:
                alerts.send(storm_mail(due))
                for incident in due:
                    _note(incident, records, now)
    except PutOffError:
        return 0  # All of it is still owed, and the next minute has slots.
    return len(due) if is_mine else 0


def _note(incident: Incident, records: Records, now: datetime) -> None:
    if incident.alert in DUE:
        records.alerted(incident)
    if _is_untold(incident, now):
        records.told(incident)


def _alone(due: list[Incident], records: Records, alerts: Alerts, clock: Clock) -> int:
    sent, failures = 0, []
    for incident in due:
        try:
            _pay(incident, records, alerts, clock.now())
            sent += 1
        except PutOffError:
            break  # The rest is still owed, and the next minute has slots.
        except AlertNotSentError as failure:
            failures.append(failure)
    if failures:
        raise AlertNotSentError(
            f"mail about {len(failures)} incidents is still owed: {failures[0]}"
        )
    return sent


def _pay(incident: Incident, records: Records, alerts: Alerts, now: datetime) -> None:
    """Send what is due, and note each mail once it is out."""
    if incident.alert in DUE:
        alerts.send(alert_mail(incident))
        records.alerted(incident)
    if incident.outcome is not None and _is_untold(incident, now):
        alerts.send(outcome_mail(incident, incident.outcome))
        records.told(incident)
