"""What cdk.json says: CDK's feature flags, and the settings."""

import json
from pathlib import Path
from typing import Any

from constructs import Construct

from lambdas.settings import Settings, from_context

_FILE = Path(__file__).parents[1] / "cdk.json"


def shipped() -> dict[str, Any]:
    """The context of cdk.json, which the CDK command line hands over and nothing else does.

    With it a template comes out the same from the command line, from tests and from Python alone.
    """
    context: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))["context"]
    return context


def chosen(scope: Construct) -> Settings:
    """The settings of context "snapback".

    Raises:
        SettingsError: they cannot be meant.
    """
    return from_context(scope.node.try_get_context("snapback") or {})
