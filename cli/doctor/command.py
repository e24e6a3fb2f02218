"""`snapback doctor`: what it takes, prints and answers with."""

import json
import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from cli.decider import DecideError, Decider
from cli.foreign import plain
from cli.people import AsJson, InSandbox, Region
from cli.sandboxed import NoSandboxError, use

_out = Console()
_err = Console(stderr=True)


def doctor(
    region: Region = "us-east-1",
    sandbox: InSandbox = False,
    send_test_alert: Annotated[
        bool,
        typer.Option(
            "--send-test-alert", help="Have the deployed Snapback mail everybody that it would."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether the deployed Snapback is well: each check, why it matters, and what mends it.

    Only reads, with your AWS credentials: it needs to read the stack, its parts and its table. With
    --json, one object for each check: {"name", "state": "ok" | "fault" | "unknown", "says", "why",
    "mend": [...], "parts": [...]}.

    Exit code: 0 only if all is well, 1 if anything is not or could not be found out, 2 if nothing
    could be examined.
    """
    try:
        if sandbox:
            use()
        # They make AWS sessions when they are imported: by now these go where they are meant to.
        from cli.doctor import examination, screen  # noqa: PLC0415 - see above
    except NoSandboxError as error:
        _refuse(error)
    try:
        of = examination.examined(region)
        if send_test_alert:
            Decider(region).ask("test-alert")
            _err.print("A test alert is on its way to everybody in alertEmails.")
    except (examination.NotExaminedError, DecideError) as error:
        _refuse(error)
    found = examination.checks(of)
    if as_json:
        for check in found:
            typer.echo(json.dumps(screen.as_json(check)))
    else:
        screen.show(found, _out)
    raise typer.Exit(0 if screen.is_well(found) else 1)


def _refuse(error: Exception) -> NoReturn:
    _err.print(plain(f"snapback: {error}"), soft_wrap=True)
    sys.exit(2)
