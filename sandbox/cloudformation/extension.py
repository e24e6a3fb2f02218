"""Extension: how a resource type is added to moto's CloudFormation, or one of moto's completed.

moto finds the types among the direct subclasses of its CloudFormationModel; of two classes for
one type the later wins. A class made here must therefore name both bases itself.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from sandbox.front import Front

Properties = Mapping[str, Any]


class UnsupportedUpdateError(NotImplementedError):
    """A stack update changes a resource of a type that the sandbox can only create."""


class Account:
    """The account that stacks are deployed into: one at a time in a process."""

    front: ClassVar[Front | None] = None
    confirm_mail: ClassVar[bool] = True
    """Whether e-mail subscriptions of a template are confirmed by their owners at once."""
    _clients: ClassVar[dict[tuple[str, str], Any]] = {}

    @classmethod
    def use(cls, front: Front | None, *, confirm_mail: bool = True) -> None:
        """Deploy into this account from now on, or into none."""
        cls.front, cls.confirm_mail = front, confirm_mail
        cls._clients.clear()

    @classmethod
    def client(cls, service: str, region: str) -> Any:
        """A client of the operator.

        Raises:
            RuntimeError: no sandbox is running.
        """
        if cls.front is None:
            raise RuntimeError("no sandbox is running to deploy into")
        if (service, region) not in cls._clients:
            cls._clients[service, region] = cls.front.client(service, region=region)
        return cls._clients[service, region]


class Extension:
    """A resource of a type that moto does not have, made by calls of the service's own API.

    A subclass sets ``TYPE``, and ``NAME`` if a property names the resource, and gives `create`
    and `remove`. Properties that the service's API does not take are refused by botocore.
    """

    TYPE: ClassVar[str]
    NAME: ClassVar[str] = ""

    def __init__(
        self, physical_id: str, region: str, attributes: Mapping[str, str] | None = None
    ) -> None:
        self.physical_resource_id = physical_id
        self.region = region
        self.attributes = dict(attributes or {})
        self.properties: Properties = {}

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Make the resource; ``name`` is the one given, or one made for it."""
        raise NotImplementedError(cls.TYPE)

    def remove(self) -> None:
        """Take the resource away."""
        raise NotImplementedError(self.TYPE)

    @classmethod
    def cloudformation_type(cls) -> str:
        """The type's name."""
        return cls.TYPE

    @classmethod
    def cloudformation_name_type(cls) -> str:
        """The property that names the resource, or nothing."""
        return cls.NAME

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """Whether `Fn::GetAtt` may ask for it: known only once there is a resource."""
        return bool(attr)

    def get_cfn_attribute(self, attribute_name: str) -> str:
        """What `Fn::GetAtt` gives."""
        return self.attributes[attribute_name]

    def is_created(self) -> bool:
        """It is, as soon as there is an object."""
        return True

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Mapping[str, Any],
        account_id: str,  # noqa: ARG003  # moto passes it; there is one account
        region_name: str,
        **_: Any,
    ) -> Self:
        """Make the resource that a template describes."""
        properties = cloudformation_json.get("Properties", {})
        made = cls.create(resource_name, properties, region_name)
        made.properties = properties
        return made

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: Any,
        new_resource_name: str,
        cloudformation_json: Mapping[str, Any],
        account_id: str,
        region_name: str,
    ) -> Self:
        """Replace the resource."""
        original_resource.remove()
        return cls.create_from_cloudformation_json(
            new_resource_name, cloudformation_json, account_id, region_name
        )

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002  # moto passes them
        """Take the resource away with its stack."""
        self.remove()


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
