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
from sandbox.cloudformation.change_sets import PATCHES
from sandbox.cloudformation.completion import UnsupportedUpdateError
from sandbox.cloudformation.place import Account
from sandbox.cloudformation.support import unsupported

__all__ = [
    "PATCHES",
    "Account",
    "UnsupportedUpdateError",
    "compute",
    "identity",
    "messaging",
    "metadata",
    "seeing",
    "storage",
    "unsupported",
    "watching",
]

# moto remembers the list of its models once it has been asked for it.
for _remembered in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    _remembered.cache_clear()
