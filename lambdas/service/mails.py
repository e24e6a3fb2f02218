"""Mails: an incident in words that somebody woken at night can act on."""

from collections.abc import Iterable, Sequence

from lambdas.model.arn import Arn
from lambdas.model.finding import Certainty, Finding
from lambdas.model.incident import Contained, Ending, Incident, Outcome
from lambdas.model.mail import Mail
from lambdas.model.subject import Kind, Subject
from lambdas.service.deltas import delta_lines
from lambdas.service.gravity import patience
from lambdas.service.steps import command_line, lost_lines, next_lines, plan_lines
from lambdas.service.wording import shown, what, who

LONGEST_SUBJECT = 99
"""SNS takes fewer than 100 ASCII characters.

https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
"""
LONGEST_BODY = 200_000
"""Characters of a mail, all of them ASCII: SNS refuses a message of more than 256 KB."""
MOST_NAMED = 20
"""Principals, and findings, that a mail names: the record holds all."""
_ALWAYS_UNKNOWN = (
    "Service control policies of the organisation are not read: they may forbid what is found here."
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
_LIFTING = "    This is judged like any change: announce it first (snapback expect --help)."
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
        *plan_lines(incident),
        "",
        "WHAT COULD NOT BE KNOWN",
        *(f"  - {shown(problem.says)}" for problem in verdict.problems),
        f"  - {_ALWAYS_UNKNOWN}",
        "",
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in next_lines(incident)),
        "",
        f"Incident {incident.id}",
    ]
    return Mail(alert_subject(incident), _body(lines), patience(incident))


def alert_subject(incident: Incident) -> str:
    """The subject of an incident's alert."""
    return _subject(str(incident.verdict.severity).upper(), _headline(incident), incident)


def outcome_mail(incident: Incident, outcome: Outcome) -> Mail:
    """The mail that says how an undo ended."""
    lines = [
        *_again(outcome),
        f"{outcome.ending.upper()}: {_ENDINGS[outcome.ending]}.",
        "",
        f"  {shown(outcome.says)}",
        *(lost_lines(incident) if outcome.ending is Ending.RESTORED else ()),
        *_about_actor(outcome.contained),
        "",
        *_facts(incident),
        f"Ended  {outcome.at:%Y-%m-%d %H:%M:%S} UTC",
        *_by_hand(outcome.commands),
        *_against_actor(outcome.contained),
        "",
        f"Incident {incident.id}",
    ]
    return Mail(outcome_subject(incident, outcome), _body(lines))


def outcome_subject(incident: Incident, outcome: Outcome) -> str:
    """The subject of the mail about how an undo ended."""
    again = "CRITICAL, AGAIN: " if outcome.again else ""
    at_large = "CRITICAL, ACTOR NOT CONTAINED: " if outcome.at_large else ""
    label = again + at_large + outcome_label(outcome.ending)
    return _subject(label, _ended(incident, outcome), incident)


def _again(outcome: Outcome) -> tuple[str, ...]:
    """What is said first where somebody, or something, undid the undo."""
    if not outcome.again:
        return ()
    return ("CRITICAL: what was undone was in force again, and no event has said who did it.", "")


def _subject(label: str, headline: str, incident: Incident) -> str:
    return subject_line(label, _named_shortly(headline, incident), incident.change.account)


def subject_line(label: str, headline: str, account: str) -> str:
    """The label, the headline as far as there is room for it, and the account."""
    end = f" (account {shown(account, 20)})"
    start = f"[{label}] {headline}"
    room = LONGEST_SUBJECT - len(end)
    return (start if len(start) <= room else f"{start[: room - 3]}...") + end


def _named_shortly(headline: str, incident: Incident) -> str:
    """The headline with the name of a trail or policy for its ARN, which stands in the body."""
    subject = incident.change.subject
    arn = Arn.parse(subject.name) if subject else None
    return headline.replace(shown(str(arn)), shown(arn.name)) if arn else headline


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


def _about_actor(contained: Contained | None) -> Iterable[str]:
    if contained is not None:
        label = "THE ACTOR IS NOT CONTAINED: " if contained.failed else "The actor is "
        yield f"  {label}{shown(contained.says)}"


def _against_actor(contained: Contained | None) -> Iterable[str]:
    """What to run where it failed; how to lift it, and that lifting it is judged as any change."""
    if contained is not None and contained.commands:
        yield from ("", "TO CONTAIN THE ACTOR BY HAND", *_commands(contained.commands))
    if contained is not None and contained.lift:
        yield from ("", "TO LET THE ACTOR GO AGAIN", *_commands(contained.lift), _LIFTING)


def _commands(commands: tuple[str, ...]) -> Iterable[str]:
    return (f"    {command_line(command)}" for command in commands)


def _by_hand(commands: tuple[str, ...]) -> tuple[str, ...]:
    if not commands:
        return ()
    return ("", "TO DO IT BY HAND", *_commands(commands))
