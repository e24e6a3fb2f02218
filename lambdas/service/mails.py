"""Mails: an incident in words that somebody woken at night can act on."""

from collections.abc import Iterable, Sequence

from lambdas.model.finding import Certainty, Finding
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.mail import Mail
from lambdas.model.revert import Irreversible
from lambdas.model.subject import Kind, Subject
from lambdas.service.deltas import delta_lines
from lambdas.service.wording import shown, what, who

LONGEST_SUBJECT = 99
"""SNS takes fewer than 100 ASCII characters.

https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
"""
LONGEST_BODY = 200_000
"""Characters of a mail, all of them ASCII: SNS refuses a message of more than 256 KB."""
MOST_NAMED = 20
"""Principals, and findings, that a mail names: the record holds all."""
LONGEST_COMMAND = 12_000
"""Characters of one command in a mail: SNS takes 256 KB in all, a person reads less."""

_ALWAYS_UNKNOWN = (
    "Service control policies of the organisation are not read: they may forbid what is found here."
)
_ASK = "Ask the actor, by another channel, whether this was meant."
_UNDONE = (
    _ASK,
    "If not: deactivate its access keys, end its sessions, and look for what else it did.",
    "If it was meant: list the actor in trustedActors, deploy, and make the change again.",
)
_BY_HAND = (
    _ASK,
    "If not: run the calls above, deactivate the actor's access keys and end its sessions.",
)
_NO_CALLS = (
    _ASK,
    "If not: look up the event in CloudTrail's event history, and take back by hand what it did.",
    "Deactivate the actor's access keys and end its sessions.",
)
_ENDINGS = {
    Ending.RESTORED: "what was there before is back, and was read back to make sure",
    Ending.CONTAINED: "the effect is ended, though not all is as it was before",
    Ending.ALREADY_GONE: "the change was gone before Snapback acted",
    Ending.OVERTAKEN: "something newer is in place, and Snapback left it alone",
    Ending.FAILED: "THE UNDO FAILED: the change is still in force",
    Ending.ALERTED: "nothing was undone",
    Ending.MADE_AGAIN: "a person made the undone change again, and answers for it",
}
_LABELS = {Ending.FAILED: "CRITICAL: UNDO FAILED"}
"""A revert that failed is louder than the change."""


def alert_mail(incident: Incident) -> Mail:
    """The mail that goes out before anything is changed."""
    verdict = incident.verdict
    lines = [
        f"{str(verdict.severity).upper()}: {_headline(incident)}.",
        "",
        *_facts(incident),
        "",
        "WHY IT MATTERS",
        *_findings(verdict.findings),
        "",
        *delta_lines(incident),
        "WHAT WILL BE DONE",
        *_plan(incident),
        "",
        "WHAT COULD NOT BE KNOWN",
        *(f"  - {shown(problem.says)}" for problem in verdict.problems),
        f"  - {_ALWAYS_UNKNOWN}",
        "",
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in _next(incident)),
        "",
        f"Incident {incident.id}",
    ]
    subject = _subject(str(verdict.severity).upper(), _headline(incident), incident)
    return Mail(subject, _body(lines))


def outcome_mail(incident: Incident, outcome: Outcome) -> Mail:
    """The mail that says how an undo ended."""
    lines = [
        f"{outcome.ending.upper()}: {_ENDINGS[outcome.ending]}.",
        "",
        f"  {shown(outcome.says)}",
        "",
        *_facts(incident),
        f"Ended  {outcome.at:%Y-%m-%d %H:%M:%S} UTC",
        *_by_hand(outcome.commands),
        "",
        f"Incident {incident.id}",
    ]
    subject = _subject(outcome_label(outcome.ending), _ended(incident, outcome), incident)
    return Mail(subject, _body(lines))


def _subject(label: str, headline: str, incident: Incident) -> str:
    return _one_line(f"[{label}] {headline} (account {shown(incident.change.account)})")


def _body(lines: Iterable[str]) -> str:
    """The lines, cut where SNS would refuse them: a mail refused for good would stay owed."""
    body = "\n".join(lines) + "\n"
    return body if len(body) <= LONGEST_BODY else f"{body[:LONGEST_BODY]}\n... (cut)\n"


def outcome_label(ending: Ending) -> str:
    """What stands in brackets before the subject of an outcome's mail."""
    return _LABELS.get(ending, ending.upper())


def _headline(incident: Incident) -> str:
    """Who gained what; without a finding, what was called and that it could not be judged."""
    worst = max(incident.verdict.findings, key=lambda finding: finding.severity, default=None)
    if worst is not None:
        return shown(worst.says)
    if incident.change.subject is None:
        return f"{shown(incident.change.call)}, target unknown: it could not be judged"
    return f"{what(incident.change)} could not be judged"


def _ended(incident: Incident, outcome: Outcome) -> str:
    """What a subject says of an end: the danger while it lasts, else the call that is undone."""
    if outcome.ending is Ending.FAILED:
        return _headline(incident)
    subject = shown(str(incident.change.subject)) if incident.change.subject else "unknown target"
    return f"{shown(incident.change.call)} on {subject}"


def _facts(incident: Incident) -> tuple[str, ...]:
    change = incident.change
    whom = _listed(incident.affected)
    return (
        f"Who    {who(change.actor)}",
        f"When   {change.at:%Y-%m-%d %H:%M:%S} UTC",
        f"What   {what(change)}",
        f"Where  account {shown(change.account)}, region {shown(change.region)}",
        f"Whom   {whom or _nobody(incident)}",
    )


def _listed(principals: Sequence[Subject]) -> str:
    """The first ones by name, and how many there are where these are not all."""
    named = ", ".join(shown(str(principal)) for principal in principals[:MOST_NAMED])
    more = len(principals) - MOST_NAMED
    return named if more <= 0 else f"{named}, and {more} more: {len(principals)} in all"


def _nobody(incident: Incident) -> str:
    change = incident.change
    if change.subject is None or any(p.severity.mailed for p in incident.verdict.problems):
        return "not known"
    is_root = change.subject.kind is Kind.ROOT
    return "the root user, who may do everything" if is_root else "no principal's permissions"


def _findings(findings: Iterable[Finding]) -> Iterable[str]:
    worst = sorted(findings, key=lambda finding: finding.severity, reverse=True)
    named = enumerate(worst[:MOST_NAMED], 1)
    lines = [line for number, each in named for line in _finding(number, each)]
    if len(worst) > MOST_NAMED:
        lines.append(f"  and {len(worst) - MOST_NAMED} more findings, in the incident's record")
    return lines or ["  Not all of it could be judged, and what is unknown is not safe: see below."]


def _finding(number: int, finding: Finding) -> Iterable[str]:
    sure = "" if finding.certainty is Certainty.CERTAIN else f" ({finding.certainty})"
    yield f"  {number}. {shown(finding.says)}{sure}"
    yield from (f"     because of {shown(reason)}" for reason in finding.because)
    yield from (f"     given {shown(condition)}" for condition in finding.given)


def _plan(incident: Incident) -> Iterable[str]:
    if incident.undoes:
        yield "  Snapback makes these calls now; a second mail says how it ended."
    else:
        yield f"  Nothing: {shown(incident.held or '')}."
    if isinstance(incident.revert, Irreversible) or not incident.revert:
        return
    if not incident.undoes:
        yield "  The calls that would undo it:"
    yield from (f"    {_command(call.command())}" for call in incident.revert)


def _next(incident: Incident) -> Iterable[str]:
    if incident.undoes:
        return _UNDONE
    by_hand = incident.revert and not isinstance(incident.revert, Irreversible)
    return _BY_HAND if by_hand else _NO_CALLS


def _by_hand(commands: tuple[str, ...]) -> tuple[str, ...]:
    if not commands:
        return ()
    return ("", "TO DO IT BY HAND", *(f"    {_command(command)}" for command in commands))


def _command(command: str) -> str:
    if len(command) <= LONGEST_COMMAND:
        return command
    return f"{command[:80]}... (a document of {len(command)} characters: it stands in the incident)"


def _one_line(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 3]}..."
