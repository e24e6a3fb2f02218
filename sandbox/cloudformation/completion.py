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
    Where moto would make an updated resource anew, or not at all, it also sets ``REVISED``, the
    properties that an update may change, and gives `revise` for those that `complete` leaves.
    """

    MODEL: ClassVar[Any]
    REVISED: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Give a resource that moto made what moto left out."""
        raise NotImplementedError(cls.MODEL)

    @classmethod
    def revise(cls, resource: Any, properties: Properties, region: str) -> None:
        """Give a resource that stays what an update says of it."""

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
        cls,
        *,
        original_resource: Any,
        new_resource_name: str,
        cloudformation_json: Template,
        account_id: str,
        region_name: str,
    ) -> Any:
        """Update the resource, which keeps its name, then complete it again.

        Raises:
            UnsupportedUpdateError: neither the sandbox nor moto can update this.
        """
        readable = cls._readable(cloudformation_json)
        if cls.REVISED:
            cls._refuse_others(original_resource, readable["Properties"])
            cls.revise(original_resource, readable["Properties"], region_name)
            return cls._completed(original_resource, cloudformation_json, region_name)
        update = cls.MODEL.update_from_cloudformation_json
        if hasattr(update, "__isabstractmethod__"):
            raise UnsupportedUpdateError(f"the sandbox cannot update {cls.cloudformation_type()}")
        updated = update(
            original_resource=original_resource,
            new_resource_name=getattr(original_resource, "name", new_resource_name),
            cloudformation_json=readable,
            account_id=account_id,
            region_name=region_name,
        )
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
        properties = dict(template.get("Properties", {}))
        cls.complete(resource, properties, region)
        resource.described = properties
        return resource

    @classmethod
    def _refuse_others(cls, resource: Any, properties: Properties) -> None:
        before = cls.prepare(dict(resource.described))
        differ = {
            name for name in {*before, *properties} if before.get(name) != properties.get(name)
        }
        gone = differ - set(properties)
        if others := sorted((differ - cls.REVISED) | gone):
            kind = cls.cloudformation_type()
            raise UnsupportedUpdateError(f"the sandbox cannot change {', '.join(others)} of {kind}")
