"""Owed mails: alerts and outcomes that could not be sent when they were due."""

from dataclasses import replace
from datetime import datetime, timedelta

from lambdas.model.incident import Alert, Incident
from lambdas.service.mails import alert_mail, outcome_mail
from lambdas.service.ports import AlertNotSentError, Alerts, Clock, Records

ITS_OWN = timedelta(minutes=2)
"""For so long an outcome is told by the run that noted it, and by the retries of that run."""


def send_owed(records: Records, alerts: Alerts, clock: Clock) -> int:
    """Send every mail that is still owed, alerts and outcomes; the number of incidents paid.

    What was paid is noted and nothing else of an incident written: it may have gone on meanwhile.

    Raises:
        AlertNotSentError: some still cannot be handed over; the others are out.
    """
    sent, failures = 0, []
    for incident in records.owed():
        try:
            sent += _pay(incident, records, alerts, clock.now())
        except AlertNotSentError as failure:
            failures.append(failure)
    if failures:
        raise AlertNotSentError(
            f"mail about {len(failures)} incidents is still owed: {failures[0]}"
        )
    return sent


def _pay(incident: Incident, records: Records, alerts: Alerts, now: datetime) -> bool:
    """Send what is due, and note each mail once it is out; whether anything was."""
    is_owed, outcome = incident.alert is Alert.OWED, incident.outcome
    if is_owed:
        alerts.send(alert_mail(incident))
        records.save(replace(incident, alert=Alert.SENT, outcome=None))
    is_untold = outcome is not None and not outcome.told and now - outcome.at > ITS_OWN
    if outcome is not None and is_untold:
        alerts.send(outcome_mail(incident, outcome))
        records.told(incident)
    return is_owed or is_untold
