"""The running sandbox: where the other commands find the one that `snapback sandbox` keeps."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer

_FILE = "sandbox.json"
_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")


class NoSandboxError(Exception):
    """No sandbox is running; the message says how to start one."""


@contextmanager
def found_by_others(variables: Mapping[str, str]) -> Iterator[Path]:
    """Let the other commands find this sandbox, for as long as it runs."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps({"process": os.getpid(), "variables": dict(variables)}), "utf-8")
    place.chmod(0o600)
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)


def use() -> None:
    """Let all AWS calls of this process go to the running sandbox.

    Raises:
        NoSandboxError: none is running.
    """
    try:
        told = json.loads(_place().read_text("utf-8"))
        os.kill(told["process"], 0)
    except (OSError, ValueError, KeyError) as error:
        raise NoSandboxError("no sandbox is running: start one with `snapback sandbox`") from error
    for profile in _PROFILES:
        os.environ.pop(profile, None)
    os.environ.update(told["variables"])


def _place() -> Path:
    return Path(typer.get_app_dir("snapback")) / _FILE
