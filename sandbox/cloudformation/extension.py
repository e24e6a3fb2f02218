"""Extension: a resource type that moto's CloudFormation lacks, made by the service's own API."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

from moto.core.common_models import CloudFormationModel

Properties = Mapping[str, Any]
Kind = TypeVar("Kind", bound=type)


def known_to_moto(kind: Kind) -> Kind:
    """Make a class a resource type of moto's CloudFormation.

    moto finds its types among the direct subclasses of CloudFormationModel; of two classes for
    one type the later wins. The class's module must have a dot in its name.
    """
    own = {"__module__": kind.__module__, "__doc__": kind.__doc__}
    made: Kind = type(CloudFormationModel)(kind.__name__, (kind, CloudFormationModel), own)
    return made


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
        new_resource_name: str,  # noqa: ARG003  # moto makes one up
        cloudformation_json: Mapping[str, Any],
        account_id: str,
        region_name: str,
    ) -> Self:
        """Make the resource again, under the name that it has."""
        original_resource.remove()
        return cls.create_from_cloudformation_json(
            original_resource.physical_resource_id, cloudformation_json, account_id, region_name
        )

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002  # moto passes them
        """Take the resource away with its stack."""
        self.remove()
