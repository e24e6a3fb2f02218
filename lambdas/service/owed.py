"""Owed mails: alerts and outcomes that could not be sent when they were due."""

from dataclasses import replace

from lambdas.model.incident import Alert, Incident
from lambdas.service.mails import alert_mail, outcome_mail
from lambdas.service.ports import AlertNotSentError, Alerts, Records


def send_owed(records: Records, alerts: Alerts) -> int:
    """Send every mail that is still owed, alerts and outcomes; the number of incidents paid.

    Raises:
        AlertNotSentError: some still cannot be handed over; the others are out.
    """
    sent, failures = 0, []
    for incident in records.owed():
        try:
            records.save(_paid(incident, alerts))
            sent += 1
        except AlertNotSentError as failure:
            failures.append(failure)
    if failures:
        raise AlertNotSentError(
            f"mail about {len(failures)} incidents is still owed: {failures[0]}"
        )
    return sent


def _paid(incident: Incident, alerts: Alerts) -> Incident:
    if incident.alert is Alert.OWED:
        alerts.send(alert_mail(incident))
        incident = replace(incident, alert=Alert.SENT)
    outcome = incident.outcome
    if outcome is not None and not outcome.told:
        alerts.send(outcome_mail(incident, outcome))
        incident = incident.ended(replace(outcome, told=True))
    return incident
