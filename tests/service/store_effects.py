"""What calls on event data stores do to an account in memory.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html
"""

from collections.abc import Iterator

from lambdas.calls.selectors import canonical
from lambdas.model.change import Edit
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part


def store(call: Call) -> str | None:
    """The ARN of the store that a call is on; None where it is on something else."""
    name = call.parameters.get("EventDataStore") or call.parameters.get("ResourceArn")
    return None if name is None else str(name)


def edits(call: Call) -> Iterator[Edit]:
    """What a call changes of a store that is there."""
    given = {name: value for name, value in call.parameters.items() if name not in _NAMES}
    part = _PARTS.get(call.operation, Part.SETTINGS)
    if call.operation == "StartEventDataStoreIngestion":
        yield Edit(Part.LOGGING, ONLY, "true")
    elif call.operation == "DisableFederation":
        yield Edit(Part.SETTINGS, "FederationRoleArn", None)
    elif part is Part.RESOURCE_POLICY:
        text = given.get("ResourcePolicy")
        yield Edit(part, ONLY, None if text is None else str(text))
    for name, value in given.items() if part is not Part.RESOURCE_POLICY else ():
        selected = Part.SELECTORS if name == "AdvancedEventSelectors" else part
        yield Edit(selected, name, _word(value))


_NAMES = frozenset({"EventDataStore", "ResourceArn"})
_PARTS = {
    "PutEventConfiguration": Part.EVENT_CONFIGURATION,
    "PutResourcePolicy": Part.RESOURCE_POLICY,
    "DeleteResourcePolicy": Part.RESOURCE_POLICY,
}


def _word(value: object) -> str | None:
    if isinstance(value, list):
        return canonical(value) if value else None
    return str(value).lower() if isinstance(value, bool) else str(value)
