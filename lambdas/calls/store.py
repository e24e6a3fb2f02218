"""Event data stores: made, stopped and started, deleted and restored; what their calls share.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-lake.html
"""

from collections.abc import Iterator, Mapping
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.trail import calling
from lambdas.calls.watched import (
    CLOUDTRAIL,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    text,
)
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

watching = partial(
    WatchedCall,
    source=CLOUDTRAIL,
    family=Family.EVENT_DATA_STORE,
    scope=Scope.STORE_HOME,
    kind=Kind.EVENT_DATA_STORE,
)
"""The catalogue's entry for a call on an event data store."""
PROTECTED = "TerminationProtectionEnabled"


def store(parameters: Parameters, where: Where) -> Subject:
    """The store that a call names, by its ARN or the last part of it.

    Raises:
        UnreadableParametersError: it names none.
    """
    return named(text(parameters, "eventDataStore"), where)


def named(name: str, where: Where) -> Subject:
    """The store that an ARN or an id means: an id is one of the call's own region."""
    arn = where.arn("cloudtrail", f"eventdatastore/{name}", region=where.region)
    return Subject(Kind.EVENT_DATA_STORE, name if Arn.parse(name) else arn)


def permitted(operation: str) -> Permission:
    """The permission for a call on any event data store of the account, in whatever region."""
    resources = ("arn:{partition}:cloudtrail:*:{account}:eventdatastore/*",)
    return Permission(action=f"cloudtrail:{operation}", resources=resources)


def on(change: Change, arn: str, operation: str, **given: object) -> Call:
    """A call on a store, in its own region."""
    return calling(change, arn, operation, {"EventDataStore": arn, **given})


def _created(parameters: Parameters, where: Where) -> Target:
    """A new one's ARN stands in the answer only; what it begins with is read."""
    arn = where.answer.get("eventDataStoreArn")
    name = text(parameters, "name")
    if not isinstance(arn, str) or not arn:
        raise UnreadableParametersError(f"responseElements do not say the ARN of store {name}")
    return named(arn, where), ()


def _ingesting(value: str, parameters: Parameters, where: Where) -> Target:
    return store(parameters, where), (Edit(Part.LOGGING, ONLY, value),)


def _named_only(parameters: Parameters, where: Where) -> Target:
    return store(parameters, where), ()


def _start(change: Change, live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    return (on(change, live.arn, "StartEventDataStoreIngestion"),)


def _restored(change: Change, before: State | None, live: State | None) -> Revert:
    """What is missing until it is as before: it waits for seven days to be deleted for good.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RestoreEventDataStore.html
    """
    if before is None or not before.parts.keys() >= {Part.SETTINGS, Part.LOGGING}:
        return Irreversible("what the event data store was before was not read in full")
    return tuple(_missing(change, before, live))


def _missing(change: Change, before: State, live: State | None) -> Iterator[Call]:
    """Only what is protected no longer can be deleted: where it was before, it is so again."""
    now: Mapping[Part, Mapping[str, str]] = live.parts if live else {}
    if live is None:
        yield on(change, before.arn, "RestoreEventDataStore")
    if (
        _was(before, Part.SETTINGS, PROTECTED)
        and now.get(Part.SETTINGS, {}).get(PROTECTED) != "true"
    ):
        yield on(change, before.arn, "UpdateEventDataStore", **{PROTECTED: True})
    if _was(before, Part.LOGGING, ONLY) and now.get(Part.LOGGING, {}).get(ONLY) == "false":
        yield on(change, before.arn, "StartEventDataStoreIngestion")


def _was(before: State, part: Part, key: str) -> bool:
    return before.value(part, key) == "true"


CALLS = (
    watching(
        name="StopEventDataStoreIngestion",
        parse=partial(_ingesting, "false"),
        restore=_start,
        permissions=(permitted("StartEventDataStoreIngestion"),),
    ),
    watching(
        name="StartEventDataStoreIngestion",
        parse=partial(_ingesting, "true"),
        irreversible="Snapback never stops an event data store",
    ),
    watching(
        name="DeleteEventDataStore",
        parse=_named_only,
        lifecycle=Lifecycle.DELETED,
        rebuild=_restored,
        permissions=(
            permitted("RestoreEventDataStore"),
            permitted("UpdateEventDataStore"),
            permitted("StartEventDataStoreIngestion"),
        ),
    ),
    watching(
        name="RestoreEventDataStore",
        parse=_named_only,
        irreversible="Snapback never deletes an event data store",
    ),
    watching(
        name="CreateEventDataStore",
        parse=_created,
        lifecycle=Lifecycle.CREATED,
        irreversible="an extra event data store is not deleted without a person",
    ),
)
