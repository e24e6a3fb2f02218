"""An event data store's settings and selectors, and what its events bring with them.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html
"""

import json
from collections.abc import Iterator, Mapping

from lambdas.calls.holders import Parameters
from lambdas.calls.selectors import canonical
from lambdas.calls.store import on, permitted, store, watching
from lambdas.calls.watched import (
    OtherTargetError,
    Target,
    UnreadableParametersError,
    Where,
    text,
)
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.revert import Irreversible, Revert
from lambdas.model.state import Part, State

_TEXTS = frozenset({"Name", "KmsKeyId", "BillingMode"})
_SWITCHES = frozenset({"MultiRegionEnabled", "OrganizationEnabled", "TerminationProtectionEnabled"})
_NUMBER = "RetentionPeriod"
_SELECTORS = "AdvancedEventSelectors"
_ONE_WAY = {
    "KmsKeyId": "the key of an event data store can neither be changed again nor taken away",
    "BillingMode": "the former way of paying for it cannot be chosen again",
    "OrganizationEnabled": (
        "whether it is an organisation's only the organisation's management account may say"
    ),
}
"""A setting -> why no call puts the former value back.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html
"""
_SIZE, _KEYS = "MaxEventSize", "ContextKeySelectors"
_NONE_BEFORE = "it had no event selectors before, and cannot be left without"


def _updated(parameters: Parameters, where: Where) -> Target:
    return store(parameters, where), tuple(_edits(parameters, where))


def _edits(parameters: Parameters, where: Where) -> Iterator[Edit]:
    for name in sorted(_TEXTS | _SWITCHES | {_NUMBER}):
        asked = parameters.get(_lowered(name))
        if asked is not None:
            told = where.answer.get(_lowered(name))
            yield Edit(Part.SETTINGS, name, _word(name, asked if told in (None, "") else told))
    if parameters.get(_lowered(_SELECTORS)) is not None:
        held = _list(parameters, _lowered(_SELECTORS))
        yield Edit(Part.SELECTORS, _SELECTORS, held)


def _word(name: str, value: object) -> str:
    """A setting's value as a read shows it; a key that is named by an alias is none.

    Raises:
        UnreadableParametersError: it is no such value.
    """
    if name in _SWITCHES and str(value).lower() in ("true", "false"):
        return str(value).lower()
    if name == _NUMBER and str(value).isdigit():
        return str(value)
    if name in _TEXTS and isinstance(value, str) and (name != "KmsKeyId" or _is_key(value)):
        return value
    raise UnreadableParametersError(f"requestParameters set {name} to {value!r}")


def _is_key(value: str) -> bool:
    arn = Arn.parse(value)
    return arn is not None and not arn.resource.startswith("alias/")


def _list(parameters: Parameters, name: str) -> str | None:
    """A list in canonical spelling; None where it is empty."""
    given = parameters.get(name)
    if not isinstance(given, list | None):
        raise UnreadableParametersError(f"requestParameters.{name} is {given!r}, not a list")
    return canonical(given) if given else None


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _former(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """All of them in one call; of some there is no way back."""
    values = {edit.key: value for edit, value in former.items()}
    reasons = [_ONE_WAY[name] for name in _ONE_WAY if name in values]
    if reasons:
        return Irreversible("; ".join(reasons))
    if _SELECTORS in values and values[_SELECTORS] is None:
        return Irreversible(_NONE_BEFORE)
    given = {name: _spelled(name, value) for name, value in values.items() if value is not None}
    return (on(change, live.arn, "UpdateEventDataStore", **given),) if given else ()


def _spelled(name: str, value: str) -> object:
    if name == _SELECTORS:
        return json.loads(value)
    if name == _NUMBER:
        return int(value)
    return value == "true" if name in _SWITCHES else value


def _configured(parameters: Parameters, where: Where) -> Target:
    """What a trail aggregates beside its events is no matter of an event data store.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventConfiguration.html
    """
    trail = parameters.get("trailName")
    if trail and not parameters.get("eventDataStore"):
        raise OtherTargetError(f"requestParameters name trail {trail!r} and no event data store")
    given = {name: _given(parameters, where, _lowered(name)) for name in (_SIZE, _KEYS)}
    edits = [Edit(Part.EVENT_CONFIGURATION, _KEYS, _list(given, _KEYS))]
    if given[_SIZE] is not None:
        edits.append(Edit(Part.EVENT_CONFIGURATION, _SIZE, text(given, _SIZE)))
    return store(parameters, where), tuple(edits)


def _given(parameters: Parameters, where: Where, name: str) -> object:
    """What was asked for; where that is not said, what the answer says there is now."""
    asked = parameters.get(name)
    return where.answer.get(name) if asked is None else asked


def _former_configuration(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """Both at once, which the call asks for."""
    if not former:
        return ()
    now = live.parts[Part.EVENT_CONFIGURATION]
    values: dict[str, str | None] = {**now, **{edit.key: held for edit, held in former.items()}}
    keys = json.loads(values.get(_KEYS) or "[]")
    size = values.get(_SIZE) or "Standard"
    given = {_SIZE: size, _KEYS: keys}
    return (on(change, live.arn, "PutEventConfiguration", **given),)


CALLS = (
    watching(
        name="UpdateEventDataStore",
        parse=_updated,
        together=_former,
        permissions=(permitted("UpdateEventDataStore"),),
    ),
    watching(
        name="PutEventConfiguration",
        parse=_configured,
        together=_former_configuration,
        permissions=(permitted("PutEventConfiguration"),),
    ),
)
