"""Event data stores read live, each in its own region: what they take in, and how they keep it."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from lambdas.aws import trails
from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup
from lambdas.aws.reads import Read, code
from lambdas.calls.selectors import canonical
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_cloudtrail import CloudTrailClient

ABSENT = frozenset({"EventDataStoreNotFoundException", "ResourceNotFoundException"})
_CLOSED = frozenset({"InactiveEventDataStoreException", "InvalidEventDataStoreStatusException"})
"""What CloudTrail answers about a store that waits for its deletion."""
_UNSUPPORTED = "UnsupportedOperationException"
"""What CloudTrail answers where it has no event data stores."""
_NO_POLICY = "ResourcePolicyNotFoundException"
_NO_CONFIGURATION = "InvalidEventDataStoreCategoryException"
"""Only a store of management or data events has any."""
_DELETED = "PENDING_DELETION"
_TAKING_IN = frozenset({"CREATED", "ENABLED", "STARTING_INGESTION"})
"""The statuses in which events come in, or are about to; in others none do.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-eds-disable-termination.html
"""
_SETTINGS = (
    "Name",
    "MultiRegionEnabled",
    "OrganizationEnabled",
    "RetentionPeriod",
    "TerminationProtectionEnabled",
    "KmsKeyId",
    "BillingMode",
)
"""The parameters of UpdateEventDataStore that are no selectors; GetEventDataStore has them, too.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html
"""
_FEDERATED = frozenset({"ENABLING", "ENABLED"})
_CONFIGURED = ("MaxEventSize", "ContextKeySelectors")
_SELECTORS = "AdvancedEventSelectors"
Values = Mapping[str, str]


def store(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of an event data store's state, all at once."""
    parts: Mapping[Part, trails.Get] = {
        Part.EVENT_CONFIGURATION: _configuration,
        Part.RESOURCE_POLICY: _policy,
        Part.TAGS: trails.tags,
    }
    return (
        lookup.identifying(building, "settings", _profile),
        *(
            lookup.guarded(building, part, partial(trails.held, part, get, {*ABSENT, *_CLOSED}))
            for part, get in parts.items()
        ),
    )


def stores(cloudtrail: "CloudTrailClient") -> tuple[Subject, ...]:
    """Every event data store of a region, those that are to be deleted included.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListEventDataStores.html
    """
    listed = (each for page in _pages(cloudtrail) for each in page["EventDataStores"])
    try:
        return tuple(Subject(Kind.EVENT_DATA_STORE, each["EventDataStoreArn"]) for each in listed)
    except ClientError as error:
        if code(error) != _UNSUPPORTED:
            raise
        return ()


def _pages(cloudtrail: "CloudTrailClient") -> Iterable[Mapping[str, Any]]:
    """The pages of the list, which the SDK has no paginator for."""
    token: dict[str, str] | None = {}
    while token is not None:
        page: Mapping[str, Any] = {**cloudtrail.list_event_data_stores(**token)}  # type: ignore[arg-type]  # a text under NextToken is what it takes
        yield page
        token = {"NextToken": page["NextToken"]} if page.get("NextToken") else None


def _profile(_: Lookup, building: Building) -> Iterable[Read]:
    """One that waits for its deletion counts as gone: nothing can be done with it but restore it.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventDataStore.html
    """
    arn = building.subject.name
    try:
        read: Mapping[str, Any] = {**trails.home(arn).get_event_data_store(EventDataStore=arn)}
    except ClientError as error:
        if code(error) not in ABSENT:
            raise
        read = {"Status": _DELETED}
    if read["Status"] == _DELETED:
        building.vanish()
        return ()
    building.hold(Part.SETTINGS, _settings(read))
    selectors = read.get(_SELECTORS)
    building.hold(Part.SELECTORS, {_SELECTORS: canonical(selectors)} if selectors else {})
    building.hold(Part.LOGGING, {ONLY: trails.word(read["Status"] in _TAKING_IN)})
    building.identify(arn, arn)
    return ()


def _settings(read: Mapping[str, Any]) -> Values:
    federated = read.get("FederationStatus") in _FEDERATED
    held = {name: read.get(name) for name in _SETTINGS}
    given = {**held, "FederationRoleArn": read.get("FederationRoleArn") if federated else None}
    return {name: trails.word(value) for name, value in given.items() if value not in (None, "")}


def _configuration(cloudtrail: "CloudTrailClient", arn: str) -> Values:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventConfiguration.html."""
    try:
        read: Mapping[str, Any] = {**cloudtrail.get_event_configuration(EventDataStore=arn)}
    except ClientError as error:
        if code(error) != _NO_CONFIGURATION:
            raise
        return {}
    held = ((name, read.get(name)) for name in _CONFIGURED)
    return {
        name: value if isinstance(value, str) else canonical(value) for name, value in held if value
    }


def _policy(cloudtrail: "CloudTrailClient", arn: str) -> Values:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetResourcePolicy.html."""
    try:
        text = cloudtrail.get_resource_policy(ResourceArn=arn).get("ResourcePolicy")
    except ClientError as error:
        if code(error) != _NO_POLICY:
            raise
        return {}
    return {ONLY: text} if text else {}
