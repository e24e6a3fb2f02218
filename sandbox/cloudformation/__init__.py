"""CloudFormation: moto's own, with the resource types and properties that it skips."""

from moto.cloudformation import parsing

from sandbox.cloudformation import (
    compute,
    identity,
    messaging,
    metadata,
    seeing,
    storage,
    watching,
)
from sandbox.cloudformation.completion import UnsupportedUpdateError
from sandbox.cloudformation.place import Account

__all__ = [
    "Account",
    "UnsupportedUpdateError",
    "compute",
    "identity",
    "messaging",
    "metadata",
    "seeing",
    "storage",
    "supported",
    "watching",
]

# moto remembers the list of its models once it has been asked for it.
for _remembered in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    _remembered.cache_clear()


def supported(resource_type: str) -> bool:
    """Whether a resource type is deployed; custom resources are not."""
    return resource_type in parsing.get_model_map()
