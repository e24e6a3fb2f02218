"""The command line: what `snapback` takes and prints."""

import json
import os
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from cli import assess as assessing
from cli import assess_account, people, replay_command
from cli import baseline as live
from cli import evaluate as evaluate_lines
from cli.account import AccountDumpError
from cli.foreign import plain
from lambdas.settings import Response, SettingsError

app = typer.Typer(
    name="snapback",
    help="Sees risky AWS identity changes, says what they gave to whom, and puts back what was"
    " there before.",
    no_args_is_help=True,
    rich_markup_mode="markdown",  # the other one takes lists in brackets for styles, and drops them
    pretty_exceptions_show_locals=False,
)
_out = Console()
_err = Console(stderr=True)

_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
"""What the demo must not even look up: it needs no AWS account, nor a profile that exists."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"snapback {metadata.version('snapback')}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
]


@app.callback()
def _snapback(version: Version = False) -> None:
    """Keep `snapback` a group of commands, however many there are."""


@app.command()
def demo(
    events: Annotated[
        Path | None,
        typer.Option(
            help="Put the recorded CloudTrail events of this file on the sandbox's bus instead of"
            " playing scenes: JSON lines of records, of EventBridge events, or of objects that"
            " hold one under the key event. A bare record is put into an envelope of the"
            " sandbox's account and region; a whole EventBridge event keeps its own, and watches"
            " take only those of their account.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Deploy Snapback into an AWS account on this machine, and attack it.

    Needs no AWS account and no network. The template is synthesized and deployed unchanged; the
    packaged functions run under their own roles, with permissions enforced.

    Exit code: 0 if every scene ended as intended (with --events: every line was read and no
    handler failed), 1 if not, 2 if it could not be run.
    """
    for profile in _PROFILES:
        os.environ.pop(profile, None)
    # Its imports make AWS sessions, and moto takes seconds to import, which no other command needs.
    from cli import demo as stage  # noqa: PLC0415 - see above

    try:
        if events is None:
            good = stage.scenes(_out, _err, as_json=as_json)
        else:
            good = stage.recorded(events, _out, _err, as_json=as_json).good
    except stage.UNRUNNABLE as error:
        _refuse(error)
    raise typer.Exit(0 if good else 1)


@app.command()
def drill(
    call: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this watched call, such as iam:AttachUserPolicy, with or without its"
            " service; may be given more than once."
        ),
    ] = None,
    faults: Annotated[
        bool,
        typer.Option(
            "--faults", help="Inject every fault into every AWS call on the way of one incident."
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STEP",
            help='Of --faults, only this step, such as "undo" or "undo 3"; may be repeated.',
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Attack an account on this machine with every watched call, and compare the states.

    Needs no AWS account and no network: as in the demo, the template is deployed unchanged. Each
    call is made by somebody with a stolen key; what its mode leaves to a person is then done by
    one. One object per call with --json: {"call", "family", "seen", "verdict", "mailed", "mode":
    "automatic" | "manual" | "contain" | "none", "plan": [...], "outcome", "equal", "reason",
    "kept"}. "equal" compares the whole state of IAM and CloudTrail with the one before.

    With --faults, each AWS call on the way of one incident fails once in each way: throttled, 5xx,
    time-out, AccessDenied, killed before, killed after. One object per step and fault: {"step",
    "call", "fault", "ended": "alerted" | "retried" | "dead-letter", "lost"}. All of it takes an
    hour or so.

    Exit code: 0 if every call ended as its mode promises (with --faults: if nothing was lost), 1 if
    not, 2 if it could not be run.
    """
    if faults and call:
        raise typer.BadParameter("--faults does not go with --call")
    if only and not faults:
        raise typer.BadParameter("--only goes with --faults")
    for profile in _PROFILES:
        os.environ.pop(profile, None)
    from cli.drill import command as drilled  # noqa: PLC0415 - as for the demo

    try:
        if faults:
            good = drilled.faults(only or [], _out, _err, as_json=as_json)
        else:
            good = drilled.calls(call or [], _out, _err, as_json=as_json)
    except drilled.UNRUNNABLE as error:
        _refuse(error)
    raise typer.Exit(0 if good else 1)


def sandbox(
    attacked: Annotated[
        bool, typer.Option("--attacked", help="Play the demo's attacks first, so there is a past.")
    ] = False,
) -> None:
    """Deploy Snapback into an AWS account on this machine, and keep it running to be tried out.

    Needs no AWS account and no network. While it runs, every command that has --sandbox works on
    it.

    Exit code: 0 when you end it with Ctrl-C, 2 if it could not be run.
    """
    for profile in _PROFILES:
        os.environ.pop(profile, None)
    from cli import demo as stage  # noqa: PLC0415 - see demo
    from cli.keeping import keep  # noqa: PLC0415 - see demo

    try:
        keep(_out, attacked=attacked)
    except stage.UNRUNNABLE as error:
        _refuse(error)


@app.command()
def replay(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE_OR_FOLDER...",
            help="CloudTrail files with Records, or JSON lines of records, of EventBridge events,"
            " or of objects that hold one under the key event; packed with gzip or not.",
        ),
    ],
    account: Annotated[
        Path | None,
        typer.Option(
            help="The states before: what `aws iam get-account-authorization-details` printed.",
        ),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(help="A cdk.json whose settings are to hold.")
    ] = None,
    response: Annotated[
        Response | None,
        typer.Option(help="For every family; without --settings, revert unless you say alert."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="Count by the values of this key of a line or record."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what Snapback would have done on logs that you have.

    Needs no AWS account and changes nothing. With --json, one object is printed for each event;
    the place of an event in Records is its line.

    Exit code: 0 if every file and line was read, 1 if not, 2 if it could not be run.
    """
    options = replay_command.Options(
        account=account, settings=settings, response=response, by=by, as_json=as_json
    )
    try:
        good = replay_command.run(paths, options, _out, _err)
    except (SettingsError, AccountDumpError) as error:
        _refuse(error)
    raise typer.Exit(0 if good else 1)


@app.command()
def assess(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="JSON lines; without a file, standard input."),
    ] = None,
    account: Annotated[
        Path | None,
        typer.Option(
            help="Judge everybody in what `aws iam get-account-authorization-details` printed,"
            " with chains up to administrator.",
        ),
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option(help="Print what was given and taken since the lines of the same ids here."),
    ] = None,
    flagged: Annotated[
        bool, typer.Option("--flagged", help="Of lines, print only those with anything to say.")
    ] = False,
    as_text: Annotated[bool, typer.Option("--text", help="Print for people.")] = False,
) -> None:
    """Say who is administrator by its policies, and which ways up they open.

    Needs no AWS account. In, one principal a line:

    ```
    {"id": 1, "principal": ARN, "identity": [document, ...], "boundary": document,
     "scps": [[document, ...], ...]}
    ```

    "identity" must be there; "scps" are lists of levels: the root, each organizational unit, the
    account. The principal is the ARN of a user or role; without one, a user or role of the account
    is judged that no policy names. Which policies and groups are its own is not known.

    Out, one object a line: {"id", "admin": "yes" | "conditional" | "no", "escalations": [{"path",
    "certainty": "certain" | "conditional" | "possible", "because": [...], "if": [...]}], "errors":
    [...]}, where "if" stands only where something must hold. With --before it is {"id", "gave":
    [...], "took": [...], "known", "errors": [...]}; with --account, "chains" are added. A malformed
    line becomes {"line", "error"}.

    --before compares the principal that either line names. Where neither does, it compares a user
    and a role of each account that the two lines name, and tells what any of them was given.

    --account judges a whole account, so it goes with neither FILE nor --before nor --flagged;
    --before does not go with --flagged.

    Exit code: 0 if every line was read, 1 if not, 2 if it could not be run.
    """
    _only_one("--account", account, {"FILE": file, "--before": before, "--flagged": flagged})
    _only_one("--before", before, {"--flagged": flagged})
    try:
        if account is not None:
            good = True
            assess_account.run(account, sys.stdout, as_text=as_text)
        elif before is not None:
            good = assessing.run_delta(before, file, sys.stdout, as_text=as_text)
        else:
            good = assessing.run(file, sys.stdout, as_text=as_text, flagged=flagged)
    except (OSError, AccountDumpError) as error:
        _refuse(error)
    raise typer.Exit(0 if good else 1)


def _only_one(name: str, given: Path | None, others: Mapping[str, object]) -> None:
    """Refuse what would be left out beside an option."""
    left_out = [other for other, value in others.items() if value]
    if given is not None and left_out:
        raise typer.BadParameter(f"{name} does not go with {' or '.join(left_out)}")


@app.command()
def evaluate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="JSON lines; without a file, standard input."),
    ] = None,
) -> None:
    r"""Say what AWS would answer to requests, by all policies that have a say in them.

    Needs no AWS account. In, one request a line:

    ```
    {"id": 1, "identity": [document, ...], "boundary": document, "resource_policy": document,
     "session_policy": document, "scps": [[document, ...], ...], "rcps": [[document, ...], ...],
     "request": {"action": "s3:GetObject", "resource": ARN, "principal": ARN,
                 "resource_account": "444455556666",
                 "context": {"aws:SourceIp": "192.0.2.1", "aws:TagKeys": ["a", "b"]}}}
    ```

    "request" must be there with its "action"; what else is missing or null does not exist, and a
    key that is not in the context is absent from the request. "scps" and "rcps" are lists of
    levels: the root, each organizational unit, the account. The principal is the ARN of a user,
    of a role's session or of a role, or an AWS service, an identity provider, or `*`.

    Out, one object a line: {"id", "decision": "Allowed" | "ExplicitlyDenied" |
    "ImplicitlyDenied", "because": [...], "errors": [...]}. Errors tell what could not be judged,
    which is taken not to apply. A malformed line becomes {"line", "error"}.

    Try this:

    ```
    echo '{"identity": [{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}],
    "request": {"action": "s3:GetObject"}}' | tr -d '\n' | snapback evaluate
    ```

    Exit code: 0 if every line was read, 1 if not, 2 if it could not be run.
    """
    try:
        good = evaluate_lines.run(file, sys.stdout)
    except OSError as error:
        _refuse(error)
    raise typer.Exit(0 if good else 1)


@app.command()
def baseline(
    region: Annotated[str, typer.Option(help="Where the stack is deployed.")] = "us-east-1",
    as_json: AsJson = False,
) -> None:
    """Have the deployed sweep read your whole account now, and wait for it.

    What was there before a change is known only from what a sweep or an earlier event has read.
    The first sweep runs by itself after deployment. Where something could not be read or told, it
    says what, and the rest is done all the same. With --json: {"subjects", "alertsSent",
    "unannounced", "standing", "digested"}, each a number. Uses your AWS credentials, which need
    cloudformation:DescribeStacks and lambda:InvokeFunction.

    Exit code: 0 if the whole account was read, 2 if not.
    """
    try:
        swept = live.baseline(region)
    except live.BaselineError as error:
        _refuse(error)
    if as_json:
        typer.echo(json.dumps(swept))
    else:
        for line in live.lines(swept):
            _out.print(plain(line))


people.add_to(app)


def _refuse(error: Exception) -> None:
    _err.print(Text.assemble(("snapback: ", "bold red"), plain(str(error))), soft_wrap=True)
    sys.exit(2)


def main() -> None:
    """The console script."""
    app()
