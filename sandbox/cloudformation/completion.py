"""Completion: a resource type of moto's CloudFormation, with what moto leaves out of it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sandbox.cloudformation.extension import Properties

Template = Mapping[str, Any]
"""What a template says of one resource."""


class UnsupportedUpdateError(NotImplementedError):
    """A stack update changes a resource of a type that the sandbox can only create."""


class Completion:
    """A resource of a type that moto has, with what moto leaves out of it.

    A subclass sets ``MODEL`` to moto's class and gives `complete`, which must bear repetition.
    """

    MODEL: ClassVar[Any]

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Give a resource that moto made what moto left out."""
        raise NotImplementedError(cls.MODEL)

    @classmethod
    def prepare(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties as moto can read them."""
        return properties

    @classmethod
    def cloudformation_type(cls) -> str:
        """The type's name."""
        found: str = cls.MODEL.cloudformation_type()
        return found

    @classmethod
    def cloudformation_name_type(cls) -> str:
        """The property that names the resource, or nothing."""
        found: str = cls.MODEL.cloudformation_name_type()
        return found

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """Whether `Fn::GetAtt` may ask for it."""
        found: bool = cls.MODEL.has_cfn_attr(attr)
        return found

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Template, *place: str, **more: Any
    ) -> Any:
        """Make the resource that a template describes; ``place`` is the account and the region."""
        readable = cls._readable(cloudformation_json)
        made = cls.MODEL.create_from_cloudformation_json(resource_name, readable, *place, **more)
        return cls._completed(made, cloudformation_json, place[-1])

    @classmethod
    def update_from_cloudformation_json(
        cls, *, cloudformation_json: Template, region_name: str, **more: Any
    ) -> Any:
        """Update the resource as moto does, then complete it again.

        Raises:
            UnsupportedUpdateError: moto cannot update this type.
        """
        update = cls.MODEL.update_from_cloudformation_json
        if hasattr(update, "__isabstractmethod__"):
            raise UnsupportedUpdateError(f"the sandbox cannot update {cls.cloudformation_type()}")
        readable = cls._readable(cloudformation_json)
        updated = update(cloudformation_json=readable, region_name=region_name, **more)
        return cls._completed(updated, cloudformation_json, region_name)

    @classmethod
    def delete_from_cloudformation_json(cls, *resource: Any) -> None:
        """Take the resource away with its stack."""
        cls.MODEL.delete_from_cloudformation_json(*resource)

    @classmethod
    def _readable(cls, template: Template) -> dict[str, Any]:
        properties = cls.prepare(dict(template.get("Properties", {})))
        return {**template, "Properties": properties}

    @classmethod
    def _completed(cls, resource: Any, template: Template, region: str) -> Any:
        cls.complete(resource, dict(template.get("Properties", {})), region)
        return resource
