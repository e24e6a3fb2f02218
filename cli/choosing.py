"""Settings for a replay: those of a cdk.json, or the defaults with one response to everything."""

import json
from pathlib import Path
from typing import Any

from lambdas.settings import Response, Settings, SettingsError, load


def chosen(file: Path | None, response: Response | None) -> Settings:
    """The settings of context "snapback" of a file; a response that is given goes first.

    Without both, everything is reverted: what could be gained by switching it on.

    Raises:
        SettingsError: the file cannot be read, or its settings cannot be meant.
    """
    context = _context(file) if file else {}
    if response is not None or file is None:
        context = {**context, "response": {"default": response or Response.REVERT}}
    try:
        return load(json.dumps(context))
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from error


def _context(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))["context"]["snapback"]
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"{file}: {error}") from error
    except (KeyError, TypeError) as error:
        raise SettingsError(f'{file} has no context "snapback"') from error
    if not isinstance(found, dict):
        raise SettingsError(f'{file}: context "snapback" is no JSON object')
    return found
