"""Metadata: the resource by which CDK tells which of its constructs are used."""

from typing import Self

from sandbox.cloudformation.extension import Extension, Properties, known_to_moto


@known_to_moto
class Metadata(Extension):
    """AWS::CDK::Metadata, which does nothing anywhere."""

    TYPE = "AWS::CDK::Metadata"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:  # noqa: ARG003  # it does nothing
        """Nothing is made."""
        return cls(name, region)

    def remove(self) -> None:
        """Nothing is there."""
