"""Fingerprints: what a call looks like in its own CloudTrail event."""

import json
from collections.abc import Mapping
from hashlib import sha256

from lambdas.model.revert import Call

OMITTED = {"omitted": True}
"""What stands for the parameters that CloudTrail omitted."""
_LONG = 50_000
"""Characters of a call's parameters as JSON from which on its event may come without them.

CloudTrail omits those of more than 100 KB, and does not say how it spells what it measures: escaped
in another way than here, a text takes up to twice as much.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""


def event_fingerprint(action: str, parameters: object) -> str:
    """A digest of a call as its event shows it: the action and requestParameters.

    CloudTrail writes null where a call has none. All events of an action whose parameters are
    omitted look alike, whatever the call was.
    """
    shown = OMITTED if is_omitted(parameters) else parameters or None
    spelled = json.dumps([action.lower(), shown], sort_keys=True, default=str)
    return sha256(spelled.encode()).hexdigest()


def call_fingerprint(call: Call) -> str:
    """The fingerprint that the event of a call of ours will have.

    CloudTrail spells a parameter as the SDK does, with its first letter lower-cased, also within.
    """
    return event_fingerprint(call.action, _lowered(call.parameters))


def own_fingerprints(call: Call) -> tuple[str, ...]:
    """The fingerprints that the event of a call of ours may have, as a plan is to note them.

    The one without parameters is among them only if they are so long that CloudTrail may omit them.
    It stands for any call of that action: so whoever noted no such call is not known by it.
    """
    if len(json.dumps(_lowered(call.parameters), default=str)) < _LONG:
        return (call_fingerprint(call),)
    return (call_fingerprint(call), event_fingerprint(call.action, OMITTED))


def is_omitted(parameters: object) -> bool:
    """Whether an event has a note that CloudTrail omitted requestParameters in place of them."""
    given = parameters if isinstance(parameters, Mapping) else {}
    return str(given.get("omitted")).lower() == "true"


def _lowered(given: object) -> object:
    if isinstance(given, Mapping):
        return {name[:1].lower() + name[1:]: _lowered(value) for name, value in given.items()}
    return [_lowered(each) for each in given] if isinstance(given, list) else given
