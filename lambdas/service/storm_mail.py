"""The storm's mail: mails that were too many to be sent one by one, told together."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lambdas.model.incident import DUE, Incident
from lambdas.model.mail import Mail
from lambdas.model.severity import Severity
from lambdas.service.gravity import severity
from lambdas.service.mails import alert_subject, outcome_subject, subject_line
from lambdas.service.wording import shown

WORST = 10
"""Incidents that are named."""
_MOST_ACTORS = 3


def storm_mail(owed: Sequence[Incident]) -> Mail:
    """The mail about incidents, of which the first are named: how many there are, and by whom."""
    worst = max(severity(each) for each in owed)
    label, count = str(worst).upper(), len(owed)
    moments = [each.change.at for each in owed]
    lines = (
        f"{label}: {count} incidents are told together: their mails were too many to be sent one",
        "by one. Only the mails are left out: what is done about each change is the same, and the",
        "records hold all of it.",
        "",
        f"When   {min(moments):%Y-%m-%d %H:%M:%S} to {max(moments):%Y-%m-%d %H:%M:%S} UTC",
        f"Who    {_actors(owed)}",
        "",
        "THE WORST OF THEM" if count > WORST else "ALL OF THEM",
        *(line for each in owed[:WORST] for line in _told(each)),
        *_rest(owed[WORST:]),
        "",
        "WHAT TO DO NEXT",
        "  - So many changes at once are a deployment, or an attack that hides among them: find",
        "    out who makes them, and stop him first.",
        "  - snapback incidents lists all of them, and snapback show tells each one's whole story.",
    )
    subject = subject_line(label, f"{count} incidents told together", owed[0].change.account)
    return Mail(subject, "\n".join(lines) + "\n")


def _told(incident: Incident) -> Iterator[str]:
    """The subjects of the mails that are owed about it."""
    outcome = incident.outcome
    if incident.alert in DUE:
        yield f"  - {alert_subject(incident)}"
    if outcome is not None and not outcome.told:
        yield f"  - {outcome_subject(incident, outcome)}"
    yield f"    at {incident.change.at:%H:%M:%S} UTC, incident {shown(incident.id)}"


def _rest(others: Sequence[Incident]) -> Iterator[str]:
    if others:
        counts = {each: sum(severity(one) is each for one in others) for each in Severity}
        listed = ", ".join(f"{n} {each}" for each, n in reversed(counts.items()) if n)
        yield f"  and {len(others)} more: {listed}"


def _actors(owed: Sequence[Incident]) -> str:
    """The first three by how many of the changes they made."""
    made = Counter(shown(str(each.change.actor)) for each in owed).most_common()
    named = ", ".join(f"{name} ({count})" for name, count in made[:_MOST_ACTORS])
    rest = len(made) - _MOST_ACTORS
    return named if rest <= 0 else f"{named}, and {rest} more"
