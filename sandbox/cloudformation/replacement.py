"""Replacement: which properties CloudFormation can change only by making the resource anew."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

_SCHEMAS = Path(str(distribution("cfn-lint").locate_file("cfnlint/data/schemas")))
"""AWS's own schemas of its resource types, as cfn-lint brings them.

They are found without an import of it, which takes seconds.
"""


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, bool]:
    """The properties in which two descriptions of a resource differ -> whether it is replaced.

    https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
    """
    old, new = before.get("Properties", {}), after.get("Properties", {})
    fixed = _fixed(after["Type"])
    return {
        name: name in fixed or before["Type"] != after["Type"]
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    }


@cache
def _fixed(resource_type: str) -> frozenset[str]:
    """The properties of a type that a resource keeps for life; none for a type without a schema."""
    key = _types().get(resource_type)
    if key is None:
        return frozenset()
    schema = json.loads((_SCHEMAS / "resources" / f"{key}.json").read_text("utf-8"))
    listed = [
        *schema.get("createOnlyProperties", []),
        *schema.get("conditionalCreateOnlyProperties", []),
    ]
    return frozenset(path.removeprefix("/properties/").partition("/")[0] for path in listed)


@cache
def _types() -> dict[str, str]:
    found: dict[str, str] = json.loads(
        (_SCHEMAS / "providers" / "us-east-1.json").read_text("utf-8")
    )
    return found
