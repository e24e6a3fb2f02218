"""Delegation requests read live: how far each has come."""

from collections.abc import Iterable, Mapping
from typing import Any

from lambdas.aws import clients
from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, found
from lambdas.aws.reads import Read
from lambdas.model.arn import Arn, partition_of
from lambdas.model.state import Part


def delegation(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The one read of a delegation request's state."""
    return (lookup.identifying(building, "state", _request),)


def _request(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html."""
    name, get = building.subject.name, lookup.iam.get_delegation_request
    answer = found(building, lambda: get(DelegationRequestId=name))
    if answer is not None:
        held: Mapping[str, Any] = answer["DelegationRequest"]
        building.hold(Part.SETTINGS, {"State": held["State"]})
        owner, resource = held.get("OwnerAccountId", ""), f"delegation-request/{name}"
        arn = Arn(partition_of(clients.region()), "iam", "", owner, resource)
        building.identify(name, str(arn))
    return ()
