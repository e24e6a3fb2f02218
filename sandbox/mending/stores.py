"""Event data stores, which moto lacks: made, changed, stopped, deleted for seven days, restored.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateEventDataStore.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteEventDataStore.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-eds-disable-termination.html
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from moto.cloudtrail.models import CloudTrailBackend
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from sandbox.mending.patch import Patch

Store = dict[str, Any]
_SETTINGS: Mapping[str, Any] = {
    "Name": None,
    "AdvancedEventSelectors": [
        {
            "Name": "Default management events",
            "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}],
        }
    ],
    "MultiRegionEnabled": True,
    "OrganizationEnabled": False,
    "RetentionPeriod": 2557,
    "TerminationProtectionEnabled": True,
    "KmsKeyId": None,
    "BillingMode": "FIXED_RETENTION_PRICING",
}
"""A store's settings, with what CreateEventDataStore takes where they are not given."""
_CONFIGURATION: Mapping[str, Any] = {"MaxEventSize": "Standard", "ContextKeySelectors": []}
_DELETED = "PENDING_DELETION"


class _Error(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400


def held(state: CloudTrailBackend) -> dict[str, Store]:
    """A region's stores by their ARNs; moto's regions have no place for them."""
    stores: dict[str, Store] = state.__dict__.setdefault("event_data_stores", {})
    return stores


def _named(state: CloudTrailBackend, name: str) -> Store:
    """By the ARN or its last part.

    Raises:
        EventDataStoreNotFoundException: there is none.
    """
    for arn, store in held(state).items():
        if name in (arn, arn.rpartition("/")[2]):
            return store
    raise _Error("EventDataStoreNotFoundException", f"Event data store {name} was not found.")


def _active(state: CloudTrailBackend, name: str) -> Store:
    """One that can be changed: nothing can be done with one that waits for its deletion."""
    store = _named(state, name)
    if store["Status"] == _DELETED:
        raise _Error("InactiveEventDataStoreException", f"{name} is pending deletion.")
    return store


def _create(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    arn = f"arn:aws:cloudtrail:{state.region_name}:{state.account_id}:eventdatastore/{uuid4()}"
    settings = {name: given.get(name, default) for name, default in _SETTINGS.items()}
    started = given.get("StartIngestion", True)
    store = {
        "EventDataStoreArn": arn,
        "Status": "ENABLED" if started else "STOPPED_INGESTION",
        "configuration": dict(_CONFIGURATION),
        "policy": None,
        "FederationStatus": "DISABLED",
        **settings,
    }
    held(state)[arn] = store
    state.tagging_service.tag_resource(arn, given.get("TagsList", []))
    return _shown(store)


def _shown(store: Store) -> Mapping[str, Any]:
    hidden = ("configuration", "policy")
    return {
        name: value for name, value in store.items() if name not in hidden and value is not None
    }


def _get(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    return _shown(_named(state, given["EventDataStore"]))


def _list(state: CloudTrailBackend, _: Mapping[str, Any]) -> Mapping[str, Any]:
    names = ("EventDataStoreArn", "Name")
    stores = list(held(state).values())
    return {"EventDataStores": [{name: store[name] for name in names} for store in stores]}


def _update(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    store = _active(state, given["EventDataStore"])
    if store["KmsKeyId"] and given.get("KmsKeyId", store["KmsKeyId"]) != store["KmsKeyId"]:
        raise _Error("InvalidParameterException", "The KMS key cannot be changed.")
    store.update({name: given[name] for name in _SETTINGS if name in given})
    return _shown(store)


def _ingesting(status: str) -> Callable[[CloudTrailBackend, Mapping[str, Any]], Mapping[str, Any]]:
    def set_status(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
        store = _active(state, given["EventDataStore"])
        if store["Status"] == status:
            raise _Error("InvalidEventDataStoreStatusException", f"It is {status} already.")
        store["Status"] = status
        return {}

    return set_status


def _delete(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    store = _active(state, given["EventDataStore"])
    if store["TerminationProtectionEnabled"]:
        raise _Error("EventDataStoreTerminationProtectedException", "It is protected.")
    if store["FederationStatus"] != "DISABLED":
        raise _Error("EventDataStoreFederationEnabledException", "It is federated.")
    store["former"], store["Status"] = store["Status"], _DELETED
    return {}


def _restore(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """At once, where AWS takes minutes; it does then what it did before."""
    store = _named(state, given["EventDataStore"])
    if store["Status"] != _DELETED:
        raise _Error("InvalidEventDataStoreStatusException", "It is not pending deletion.")
    store["Status"] = store.pop("former")
    return _shown(store)


def _federate(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    store = _active(state, given["EventDataStore"])
    if store["FederationStatus"] == "ENABLED":
        raise _Error("EventDataStoreFederationEnabledException", "It is federated.")
    store.update(FederationStatus="ENABLED", FederationRoleArn=given["FederationRoleArn"])
    return {name: store[name] for name in ("EventDataStoreArn", *_FEDERATION)}


def _unfederate(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    store = _active(state, given["EventDataStore"])
    store["FederationStatus"] = "DISABLED"
    store.pop("FederationRoleArn", None)
    return {name: store[name] for name in ("EventDataStoreArn", "FederationStatus")}


_FEDERATION = ("FederationStatus", "FederationRoleArn")


def _configure(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    store = _active(state, given["EventDataStore"])
    store["configuration"] = {
        name: given.get(name, _CONFIGURATION[name]) for name in _CONFIGURATION
    }
    return _configured(store)


def _configuration(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    return _configured(_active(state, given["EventDataStore"]))


def _configured(store: Store) -> Mapping[str, Any]:
    return {"EventDataStoreArn": store["EventDataStoreArn"], **store["configuration"]}


def _put_policy(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    _of(state, given)["policy"] = given["ResourcePolicy"]
    return {name: given[name] for name in ("ResourceArn", "ResourcePolicy")}


def _get_policy(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"ResourceArn": given["ResourceArn"], "ResourcePolicy": _policy(state, given)}


def _delete_policy(state: CloudTrailBackend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    _policy(state, given)
    _of(state, given)["policy"] = None
    return {}


def _policy(state: CloudTrailBackend, given: Mapping[str, Any]) -> str:
    text: str | None = _of(state, given)["policy"]
    if text is None:
        raise _Error("ResourcePolicyNotFoundException", f"{given['ResourceArn']} has no policy.")
    return text


def _of(state: CloudTrailBackend, given: Mapping[str, Any]) -> Store:
    """The store whose policy it is: the sandbox has no channels and no dashboards."""
    store = held(state).get(given["ResourceArn"])
    if store is None:
        raise _Error("ResourceNotFoundException", f"{given['ResourceArn']} was not found.")
    return store


def _answering(
    do: Callable[[CloudTrailBackend, Mapping[str, Any]], Mapping[str, Any]],
) -> Callable[[CloudTrailResponse], str]:
    return lambda response: json.dumps(do(response.cloudtrail_backend, json.loads(response.body)))


_OPERATIONS = {
    "create_event_data_store": _create,
    "get_event_data_store": _get,
    "list_event_data_stores": _list,
    "update_event_data_store": _update,
    "stop_event_data_store_ingestion": _ingesting("STOPPED_INGESTION"),
    "start_event_data_store_ingestion": _ingesting("ENABLED"),
    "delete_event_data_store": _delete,
    "restore_event_data_store": _restore,
    "enable_federation": _federate,
    "disable_federation": _unfederate,
    "put_event_configuration": _configure,
    "get_event_configuration": _configuration,
    "put_resource_policy": _put_policy,
    "get_resource_policy": _get_policy,
    "delete_resource_policy": _delete_policy,
}

PATCHES = tuple(Patch(CloudTrailResponse, name, _answering(do)) for name, do in _OPERATIONS.items())
"""The operations as CloudTrail has them, of event data stores only."""
