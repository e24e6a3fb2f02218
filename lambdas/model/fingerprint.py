"""Fingerprints: what a call looks like in its own CloudTrail event."""

import json
from collections.abc import Mapping
from hashlib import sha256

from lambdas.model.revert import Call


def event_fingerprint(action: str, parameters: object) -> str:
    """A digest of a call as its event shows it: the action and requestParameters.

    CloudTrail writes null where a call has none.
    """
    spelled = json.dumps([action.lower(), parameters or None], sort_keys=True, default=str)
    return sha256(spelled.encode()).hexdigest()


def call_fingerprint(call: Call) -> str:
    """The fingerprint that the event of a call of ours will have.

    CloudTrail spells a parameter as the SDK does, with its first letter lower-cased, also within.
    """
    return event_fingerprint(call.action, _lowered(call.parameters))


def _lowered(given: object) -> object:
    if isinstance(given, Mapping):
        return {name[:1].lower() + name[1:]: _lowered(value) for name, value in given.items()}
    return [_lowered(each) for each in given] if isinstance(given, list) else given
