"""Completion: a resource type of moto's CloudFormation, with what moto leaves out of it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sandbox.cloudformation.extension import Properties


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
        cls,
        resource_name: str,
        cloudformation_json: Mapping[str, Any],
        account_id: str,
        region_name: str,
        **more: Any,
    ) -> Any:
        """Make the resource that a template describes."""
        properties = dict(cloudformation_json.get("Properties", {}))
        readable = {**cloudformation_json, "Properties": cls.prepare(dict(properties))}
        made = cls.MODEL.create_from_cloudformation_json(
            resource_name, readable, account_id, region_name, **more
        )
        cls.complete(made, properties, region_name)
        return made

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: Any,
        new_resource_name: str,
        cloudformation_json: Mapping[str, Any],
        account_id: str,
        region_name: str,
    ) -> Any:
        """Update the resource as moto does, then complete it again.

        Raises:
            UnsupportedUpdateError: moto cannot update this type.
        """
        update = cls.MODEL.update_from_cloudformation_json
        if hasattr(update, "__isabstractmethod__"):
            raise UnsupportedUpdateError(f"the sandbox cannot update {cls.cloudformation_type()}")
        properties = dict(cloudformation_json.get("Properties", {}))
        readable = {**cloudformation_json, "Properties": cls.prepare(dict(properties))}
        updated = update(original_resource, new_resource_name, readable, account_id, region_name)
        cls.complete(updated, properties, region_name)
        return updated

    @classmethod
    def delete_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Mapping[str, Any],
        account_id: str,
        region_name: str,
    ) -> None:
        """Take the resource away with its stack."""
        cls.MODEL.delete_from_cloudformation_json(
            resource_name, cloudformation_json, account_id, region_name
        )
