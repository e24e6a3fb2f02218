"""`snapback config`: what of the settings can be looked up instead of written by hand."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.foreign import plain
from cli.regions import ConfigError, Regions, regions, write

config = typer.Typer(
    name="config",
    help="Look up what the settings in cdk.json need.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
_out = Console()
_err = Console(stderr=True)


@config.callback()
def _config() -> None:
    """Keep `config` a group of commands, however many there are."""


@config.command("regions")
def _regions(
    file: Annotated[Path, typer.Option(help="The cdk.json with the settings.")] = Path("cdk.json"),
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: say what is wrong with the list.")
    ] = False,
) -> None:
    """List all regions that are enabled for your account under `regions` in cdk.json.

    Each gets a small stack that watches trails and sign-ins there. Uses your AWS credentials,
    which need ec2:DescribeRegions; synthesis and deployment then read the list. Run it again when
    a region has been enabled.

    Exit code: 0 if the list is as it should be, or is now; 1 if --check found it is not; 2 if it
    could not be looked up or written.
    """
    try:
        found = regions(file)
        if not check:
            write(file, found.enabled)
    except ConfigError as error:
        _err.print(plain(f"snapback: {error}"), soft_wrap=True)
        raise typer.Exit(2) from error
    if check:
        _checked(found)
    else:
        _written(found, file)


def _checked(found: Regions) -> None:
    faults = [*found.faults()]
    for fault in faults:
        _err.print(plain(f"snapback: {fault}"), soft_wrap=True)
    raise typer.Exit(1 if faults else 0)


def _written(found: Regions, file: Path) -> None:
    for says, names in (("Added", found.missing), ("Removed", found.disabled)):
        if names:
            _out.print(plain(f"{says}: {', '.join(names)}"), soft_wrap=True)
    _out.print(
        plain(f"{len(found.enabled)} further regions are listed in {file}: deploy to watch them."),
        soft_wrap=True,
    )
