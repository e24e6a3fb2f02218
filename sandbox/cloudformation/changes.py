"""Changes: what a change set would do to each resource of a stack.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moto.cloudformation.models import Stack
from moto.dynamodb.models import dynamodb_backends

from sandbox.cloudformation.replacement import changed

Resources = Mapping[str, Mapping[str, Any]]

KEPT = frozenset({"Retain", "RetainExceptOnCreate"})
"""Deletion policies with which a resource stays when its stack goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One resource's change, under the names that moto's answers are made from."""

    action: str
    logical_resource_id: str
    resource_type: str
    physical_resource_id: str | None = None
    replacement: str | None = None
    scope: tuple[str, ...] = ()
    details: tuple[dict[str, Any], ...] = ()


def of(stack: Stack, template: Mapping[str, Any], *, imports: bool) -> list[Change]:
    """What becomes of the stack's resources; ``imports`` takes up what is there already."""
    before: Resources = stack.template_dict.get("Resources", {})
    after: Resources = template["Resources"]
    return [
        *_added(stack, before, after, imports=imports),
        *_modified(stack, before, after),
        *(
            Change(
                action="Remove",
                logical_resource_id=name,
                resource_type=before[name]["Type"],
                physical_resource_id=_physical_id(stack, name),
            )
            for name in before
            if name not in after
        ),
    ]


def existing(stack: Stack, resource: Mapping[str, Any]) -> Any | None:
    """The resource of this name that is there already and that CloudFormation can import, if any.

    Only a static name, a kind that is kept when its stack goes, and one that no stack has.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
    """
    name = resource.get("Properties", {}).get("TableName")
    if resource["Type"] != "AWS::DynamoDB::Table" or not isinstance(name, str):
        return None
    if resource.get("DeletionPolicy") not in KEPT:
        return None
    return dynamodb_backends[stack.account_id][stack.region_name].tables.get(name)


def _added(stack: Stack, before: Resources, after: Resources, *, imports: bool) -> Iterator[Change]:
    for name, resource in after.items():
        if name not in before:
            found = existing(stack, resource) if imports else None
            yield Change(
                action="Add" if found is None else "Import",
                logical_resource_id=name,
                resource_type=resource["Type"],
                physical_resource_id=None if found is None else found.physical_resource_id,
            )


def _modified(stack: Stack, before: Resources, after: Resources) -> Iterator[Change]:
    for name, resource in after.items():
        if name not in before or before[name] == resource:
            continue
        properties = changed(before[name], resource)
        yield Change(
            action="Modify",
            logical_resource_id=name,
            resource_type=resource["Type"],
            physical_resource_id=_physical_id(stack, name),
            replacement=str(any(properties.values())),
            scope=("Properties",) if properties else ("Metadata",),
            details=tuple(_detail(*each) for each in properties.items()),
        )


def _detail(name: str, replaced: bool) -> dict[str, Any]:
    recreation = "Always" if replaced else "Never"
    return {
        "Target": {"Attribute": "Properties", "Name": name, "RequiresRecreation": recreation},
        "Evaluation": "Static",
        "ChangeSource": "DirectModification",
    }


def _physical_id(stack: Stack, name: str) -> str | None:
    held = stack.resource_map._parsed_resources.get(name)  # noqa: SLF001  # asking the map would make it
    found: str | None = getattr(held, "physical_resource_id", None)
    return found
