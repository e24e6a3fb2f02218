"""`snapback incidents, show, accept, revert, undo, expect, pause, resume`: people decide."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from cli.decider import DecideError, Decider
from cli.durations import duration
from cli.foreign import plain
from cli.sandboxed import NoSandboxError, use

_out = Console()
_err = Console(stderr=True)
_FAILED = 1
_REFUSED = 2

Id = Annotated[str, typer.Argument(metavar="ID", help="An incident's id, as mails name it.")]
Region = Annotated[str, typer.Option(help="Where the stack is deployed.")]
InSandbox = Annotated[
    bool, typer.Option("--sandbox", help="Ask the sandbox that `snapback sandbox` keeps running.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before anything is changed.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the command line."""
    for command in (incidents, show, accept, revert, undo, expect, pause, resume):
        app.command()(command)


def _for(text: str) -> int:
    try:
        return duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def incidents(
    since: Annotated[str, typer.Option(help="How far back: 90s, 30m, 24h, 7d.")] = "24h",
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    as_json: AsJson = False,
) -> None:
    """List incidents, the newest first.

    Exit code: 0 if they were listed, 2 if not.
    """
    with _decider(region, sandbox) as decider:
        answer = decider.ask("incidents", seconds=_for(since))
    if as_json:
        for each in answer["incidents"]:
            typer.echo(json.dumps(each))
        return
    if not answer["incidents"]:
        _out.print(f"No incident in the last {since}.")
        return
    for each in answer["incidents"]:
        for line in _lines(each):
            _out.print(plain(line), soft_wrap=True)
    if answer["more"]:
        _out.print("There are more: ask for a shorter time with --since.")


def show(
    incident: Id, region: Region = "us-east-1", sandbox: InSandbox = False, as_json: AsJson = False
) -> None:
    """Show one incident: what happened, what was found, what was done, and who decided what.

    Exit code: 0 if it was shown, 2 if not.
    """
    with _decider(region, sandbox) as decider:
        answer = decider.ask("show", incident=incident)
    if as_json:
        typer.echo(json.dumps(answer))
        return
    for mail in answer["mails"]:
        _out.print(plain(mail), soft_wrap=True)
    for note in answer["notes"]:
        _out.print(plain(f"{note['at'][:19]} {note['by']}: {note['says']}"), soft_wrap=True)


def accept(
    incident: Id,
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Agree to what an incident found.

    While it holds, it is neither mailed nor undone again. If it is taken away later, whoever makes
    it again is asked anew. The security team is mailed that you did this.

    Exit code: 0 if it is accepted, 1 if you said no, 2 if it could not be done.
    """
    with _decider(region, sandbox) as decider:
        shown = decider.ask("show", incident=incident)
        says = [each["says"] for each in shown["findings"]]
        _sure(yes, f"Accept of incident {incident}", says)
        answer = decider.ask("accept", incident=incident)
    _told(answer, f"Accepted: {'; '.join(answer['accepted'])}.", as_json)


def revert(
    incident: Id,
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Undo an incident's change now, with your own AWS credentials.

    Also what Snapback leaves to people because it would give something back. The exact calls are
    printed first; nothing is made until you agree. If the account changes meanwhile, nothing is
    made at all.

    Exit code: 0 if it was undone, 1 if it failed or you said no, 2 if it could not be begun.
    """
    _carried_out("revert", incident, region, sandbox, yes, as_json)


def undo(
    incident: Id,
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take back an undo: make the change again, with your own AWS credentials.

    What the change was found to give counts as accepted.

    Exit code: 0 if the change is made again, 1 if it failed or you said no, 2 if it could not be
    begun.
    """
    _carried_out("undo", incident, region, sandbox, yes, as_json)


def expect(
    principal: Annotated[str, typer.Option(help="ARN of the user or role that will call.")],
    call: Annotated[str, typer.Option(help="Such as iam:AttachUserPolicy.")],
    for_: Annotated[str, typer.Option("--for", help="How long: 90s, 30m, 2h, at most 1d.")],
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Announce a planned change: it is recorded, and neither mailed nor undone.

    Exit code: 0 if it is announced, 1 if you said no, 2 if it could not be done.
    """
    seconds = _for(for_)
    with _decider(region, sandbox) as decider:
        _sure(yes, f"For {for_}, nothing is mailed or undone of", [f"{call} by {principal}"])
        answer = decider.ask("expect", principal=principal, call=call, seconds=seconds)
    _told(answer, f"Announced until {answer['until'][:19]} UTC.", as_json)


def pause(
    for_: Annotated[str, typer.Option("--for", help="How long: 30m, 2h, at most 1d.")],
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Let nothing be undone for a time; alerts go out as ever, and one about this.

    Exit code: 0 if it is paused, 1 if you said no, 2 if it could not be done.
    """
    seconds = _for(for_)
    with _decider(region, sandbox) as decider:
        _sure(yes, f"For {for_}, Snapback undoes", ["nothing at all"])
        answer = decider.ask("pause", seconds=seconds)
    _told(answer, f"Paused until {answer['until'][:19]} UTC.", as_json)


def resume(
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Let undoing go on after a pause.

    Exit code: 0 if nothing is paused any more, 1 if you said no, 2 if it could not be done.
    """
    with _decider(region, sandbox) as decider:
        _sure(yes, "From now on, Snapback undoes", ["what the settings say, as before the pause"])
        answer = decider.ask("resume")
    _told(answer, "Undoing goes on." if answer["paused"] else "It was not paused.", as_json)


def _carried_out(
    what: str, incident: str, region: str, sandbox: bool, yes: bool, as_json: bool
) -> None:
    with _decider(region, sandbox) as decider:
        # It makes AWS sessions when it is imported: by now they go where they are meant to.
        from cli.carrying_out import carry_out, commands  # noqa: PLC0415 - see above

        planned = decider.ask("plan", incident=incident, what=what)
        _sure(yes, f"With your credentials, to {what} incident {incident}", commands(planned))
        answer = carry_out(decider, what, planned, _out if not as_json else _err)
    _told(answer, f"{answer['ending'].capitalize()}: {answer['says']}.", as_json)
    raise typer.Exit(_FAILED if answer["ending"] == "failed" else 0)


def _sure(yes: bool, headline: str, lines: list[str]) -> None:
    """Ask, unless told not to; on the error stream, because the other is for the answer."""
    _err.print(plain(f"{headline}:"))
    for line in lines:
        _err.print(plain(f"  {line}"), soft_wrap=True)
    if not yes and not typer.confirm("Do this?", err=True):
        raise typer.Exit(_FAILED)


def _told(answer: dict[str, Any], says: str, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer))
    else:
        _out.print(plain(says), soft_wrap=True)


def _lines(incident: dict[str, Any]) -> Iterator[str]:
    """An incident in two lines: what became of it, and what it is."""
    if "unreadable" in incident:
        yield f"{incident['id']}  cannot be read: {incident['unreadable']}"
        return
    outcome = incident["outcome"]
    waiting = "to be undone" if incident["undoes"] else "left to people"
    state = outcome["ending"] if outcome else waiting
    at = incident["at"][:19].replace("T", " ")
    yield f"{incident['id']}  {at}  {incident['severity']}, {state}"
    what = f"{incident['call']} on {incident['subject'] or 'an unknown target'}"
    says = f": {incident['says']}" if incident["says"] else ""
    yield f"    {what}, by {incident['actor']}{says}"


@contextmanager
def _decider(region: str, sandbox: bool) -> Iterator[Decider]:
    """The decider; what goes wrong is told in one line, with exit code 2."""
    try:
        if sandbox:
            use()
        yield Decider(region)
    except (DecideError, NoSandboxError, ClientError, BotoCoreError) as error:
        _err.print(plain(f"snapback: {error}"), soft_wrap=True)
        sys.exit(_REFUSED)
