"""Support: what of a template the sandbox cannot deploy."""

from collections.abc import Mapping
from typing import Any

from moto.cloudformation import parsing

from sandbox.cloudformation.properties import without_effect


class UnsupportedTemplateError(NotImplementedError):
    """A template names what the sandbox cannot deploy."""


def unsupported(template: Mapping[str, Any]) -> str:
    """The resources and properties that would be left out, or nothing; custom resources are."""
    unknown = sorted(
        f"{logical} ({resource['Type']})"
        for logical, resource in template["Resources"].items()
        if resource["Type"] not in parsing.get_model_map()
    )
    return ", ".join([*unknown, *without_effect(template["Resources"])])


def refuse_unsupported(name: str, template: Mapping[str, Any]) -> None:
    """Let nothing through that would be left out.

    Raises:
        UnsupportedTemplateError: the template names such a thing.
    """
    if cannot := unsupported(template):
        raise UnsupportedTemplateError(f"{name}: the sandbox cannot deploy {cannot}")
