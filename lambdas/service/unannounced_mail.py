"""Telling of what no event announced: each by itself, or together where they are many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lambdas.model.incident import Alert, Incident
from lambdas.model.mail import Mail
from lambdas.service.mails import LONGEST_SUBJECT, alert_mail
from lambdas.service.ports import AlertNotSentError, PutOffError
from lambdas.service.sweeping import Sweeping
from lambdas.service.wording import shown, what

MOST_ALONE = 10
"""Incidents that are mailed each by itself: more of them come from one cause."""
MOST_NAMED = 200

_CAUSE = (
    "So many at once mean that events do not arrive: look whether a trail is logging, whether",
    "Snapback's EventBridge rules are enabled, and what stands in its dead-letter queues.",
)


def tell(incidents: Sequence[Incident], of: Sweeping) -> None:
    """Record the incidents, and mail those that are to be mailed; none that was told before.

    Raises:
        AlertNotSentError: a mail could not be handed over; the others are out, and it is owed.
    """
    new = [each for each in incidents if not _is_told(each, of)]
    for each in new:
        of.records.save(each)
    owed = [each for each in new if each.alert is Alert.OWED]
    mails = [(alert_mail(each), [each]) for each in owed]
    if len(owed) > MOST_ALONE:
        mails = [(crowd_mail(owed), owed)]
    failures = [error for mail, told in mails if (error := _sent(mail, told, of))]
    if failures:
        raise failures[0]


def _is_told(incident: Incident, of: Sweeping) -> bool:
    """Whether another sweep, or a try of this one that died, has recorded and told it."""
    known = of.records.incident(incident.id)
    return known is not None and not known.owes


def _sent(mail: Mail, told: Iterable[Incident], of: Sweeping) -> AlertNotSentError | None:
    try:
        of.alerts.send(mail)
    except PutOffError:
        return None
    except AlertNotSentError as error:
        return error
    for each in told:
        of.records.save(replace(each, alert=Alert.SENT))
    return None


def crowd_mail(incidents: Sequence[Incident]) -> Mail:
    """One mail about many incidents that no event announced, the gravest first."""
    worst = sorted(incidents, key=lambda each: each.verdict.severity, reverse=True)
    label = str(worst[0].verdict.severity).upper()
    count = f"{len(worst)} changes that no event announced"
    account = shown(worst[0].change.account, 20)
    lines = (f"{label}: {count}.", "", *_CAUSE, "", *_named(worst))
    return Mail(f"[{label}] {count} (account {account})"[:LONGEST_SUBJECT], "\n".join(lines) + "\n")


def _named(incidents: Sequence[Incident]) -> Iterator[str]:
    for each in incidents[:MOST_NAMED]:
        grave = max(each.verdict.findings, key=lambda finding: finding.severity, default=None)
        says = shown(grave.says) if grave else what(each.change)
        yield f"  - {each.verdict.severity}: {says} (incident {each.id})"
    if len(incidents) > MOST_NAMED:
        yield f"  and {len(incidents) - MOST_NAMED} more, in the records"
