"""Steps: what an alert says will be done about a change, and what is left to people."""

from collections.abc import Iterable, Iterator

from lambdas.calls import CATALOG
from lambdas.model.incident import Incident
from lambdas.model.revert import Irreversible
from lambdas.model.subject import Kind
from lambdas.service.limits import REACHED
from lambdas.service.wording import shown

LONGEST_COMMAND = 12_000
"""Characters of one command in a mail: SNS takes 256 KB in all, a person reads less."""

_ASK = "Ask the actor, by another channel, whether this was meant."
_LOOK = "If not: deactivate its access keys, end its sessions, and look for what else it did."
_MEANT = "If it was meant: agree to it, and it is not told again: snapback accept {id}"
_UNDONE = (
    _ASK,
    _LOOK,
    "If it was meant: take the undo back once the second mail is here: snapback undo {id}",
    "If more of it is planned: announce that first (snapback expect --help).",
)
_WAITS = (_ASK, _LOOK, "If it was meant: accept it in time, as above.")
_BY_HAND = (
    _ASK,
    "If not: run the calls above, or have them checked and made: snapback revert {id}",
    "Then deactivate the actor's access keys and end its sessions.",
)
_NO_CALLS = (
    _ASK,
    "If not: look up the event in CloudTrail's event history, and take back by hand what it did.",
    "Deactivate the actor's access keys and end its sessions.",
)
_HIDDEN = (
    _ASK,
    "The whole account is read again now: what the call can have done comes in a mail of its own.",
    "Where none comes, look for the event in CloudTrail's event history, and ask what was done.",
    "If it was not meant: deactivate the actor's access keys and end its sessions.",
)
_ROUND_IN_CIRCLES = (
    "Find out who or what repeats such changes, an attacker or a program, and stop that first.",
    "Then run the calls above, also those of the alerts that follow: they are not run for you.",
    "Undos go on by themselves once undoLimits, a setting, leaves room for them again.",
)
_BY_NAME = {
    "AWSServiceRoleFor": "By its name it is a service-linked role: see the service's own settings.",
    "AWSReservedSSO_": (
        "By its name it is a role of IAM Identity Center: change its permission set, in the"
        " account that manages Identity Center."
    ),
}
"""How the names of roles begin that only AWS changes; others may be called so, too.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""


def plan_lines(incident: Incident) -> Iterator[str]:
    """What will be done, with the calls, or why nothing is."""
    revert, held = incident.revert, incident.held
    yield from _announced(incident) if held is None else (f"  Nothing: {shown(held)}.",)
    if isinstance(revert, Irreversible):
        if held is not None and revert.reason != held:
            yield f"  No calls would undo it: {shown(revert.reason)}."
        return
    if held is not None and revert:
        yield "  The calls that would undo it:"
    yield from (f"    {command_line(call.command())}" for call in revert)
    yield from lost_lines(incident)


def lost_lines(incident: Incident) -> Iterator[str]:
    """What the calls of a revert do not bring back, so that nobody takes it to be there again."""
    entry = CATALOG.get((incident.change.source, incident.change.name))
    if entry is not None and entry.loses is not None and incident.revert:
        yield f"  Not brought back: {entry.loses}."


def _announced(incident: Incident) -> Iterable[str]:
    contains = () if incident.contains is None else (f"  {shown(incident.contains)}",)
    if incident.undo_at is None:
        return ("  Snapback makes these calls now; a second mail says how it ended.", *contains)
    return (
        f"  Snapback makes these calls at {incident.undo_at:%Y-%m-%d %H:%M:%S} UTC.",
        "  A second mail says how it ended.",
        *contains,
        f"  Unless somebody accepts the change before: snapback accept {shown(incident.id)}",
    )


def next_lines(incident: Incident) -> Iterator[str]:
    """What people are to do next."""
    yield from (step.format(id=shown(incident.id)) for step in _what_next(incident))
    subject, service = incident.change.subject, incident.change.actor.invoked_by
    if subject is not None and subject.kind is Kind.ROLE:
        yield from (says for name, says in _BY_NAME.items() if subject.name.startswith(name))
    if service is not None and incident.held is not None:
        yield (
            f"It was made through {shown(service)}: mend it there, in the stack or the service's"
            " own settings, or it may come again."
        )


def _what_next(incident: Incident) -> tuple[str, ...]:
    if incident.undoes:
        return _UNDONE if incident.undo_at is None else _WAITS
    if any(finding.rule == REACHED for finding in incident.verdict.findings):
        return _ROUND_IN_CIRCLES
    if incident.change.hidden:
        return _HIDDEN
    by_hand = incident.revert and not isinstance(incident.revert, Irreversible)
    steps = _BY_HAND if by_hand else _NO_CALLS
    return (*steps, _MEANT) if incident.is_acceptable else steps


def command_line(command: str) -> str:
    """A command as a mail shows it: one that is too long to read is named by its length."""
    if len(command) <= LONGEST_COMMAND:
        return command
    return f"{command[:80]}... (a document of {len(command)} characters: it stands in the incident)"
