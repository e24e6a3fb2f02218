"""What cdk.json says: CDK's feature flags, and the settings."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lambdas.settings import Settings, from_context

_FILE = Path(__file__).parents[1] / "cdk.json"
_GIVEN = "CDK_CONTEXT_JSON"
_OVERFLOW = "CONTEXT_OVERFLOW_LOCATION_ENV"


def shipped() -> dict[str, Any]:
    """The context of cdk.json, which the CDK command line hands over and nothing else does.

    With it a template comes out the same from the command line, from tests and from Python alone.
    """
    context: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))["context"]
    return context


def chosen(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of context "snapback", as the CDK command line hands it over or cdk.json has it.

    Read as JSON and not asked of the app: on the way through jsii a key that holds null is lost,
    and a mistake with it. What is too long for a variable, the command line leaves in a file.
    https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/app.ts

    Raises:
        SettingsError: they cannot be meant.
    """
    context = shipped()
    if environ.get(_GIVEN):
        context |= json.loads(environ[_GIVEN])
    if environ.get(_OVERFLOW):
        context |= json.loads(Path(environ[_OVERFLOW]).read_text("utf-8"))
    return from_context(context.get("snapback", {}))
