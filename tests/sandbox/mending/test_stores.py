"""Event data stores behave as CloudTrail documents them."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.front import Front

ROLE = "arn:aws:iam::123456789012:role/athena"


@pytest.fixture
def lake(front: Front) -> Any:
    return front.client("cloudtrail")


@pytest.fixture
def store(lake: Any) -> str:
    made = lake.create_event_data_store(Name="all", TerminationProtectionEnabled=False)
    return str(made["EventDataStoreArn"])


def status(lake: Any, store: str) -> str:
    return str(lake.get_event_data_store(EventDataStore=store)["Status"])


def test_a_new_one_takes_in_management_events_of_all_regions(lake: Any) -> None:
    made = lake.create_event_data_store(Name="new")
    assert (made["Status"], made["MultiRegionEnabled"], made["RetentionPeriod"]) == (
        "ENABLED",
        True,
        2557,
    )
    assert made["TerminationProtectionEnabled"] is True
    assert made["AdvancedEventSelectors"][0]["FieldSelectors"] == [
        {"Field": "eventCategory", "Equals": ["Management"]}
    ]


def test_it_is_found_by_the_last_part_of_its_arn(lake: Any, store: str) -> None:
    assert lake.get_event_data_store(EventDataStore=store.rpartition("/")[2])["Name"] == "all"
    listed = lake.list_event_data_stores()["EventDataStores"]
    assert store in [each["EventDataStoreArn"] for each in listed]


def test_it_is_one_of_its_own_region(front: Front, store: str) -> None:
    with pytest.raises(ClientError, match="EventDataStoreNotFoundException"):
        front.client("cloudtrail", region="eu-west-1").get_event_data_store(EventDataStore=store)


def test_a_stopped_one_is_started_once(lake: Any, store: str) -> None:
    lake.stop_event_data_store_ingestion(EventDataStore=store)
    assert status(lake, store) == "STOPPED_INGESTION"
    lake.start_event_data_store_ingestion(EventDataStore=store)
    assert status(lake, store) == "ENABLED"
    with pytest.raises(ClientError, match="InvalidEventDataStoreStatusException"):
        lake.start_event_data_store_ingestion(EventDataStore=store)


def test_a_deleted_one_waits_and_can_only_be_restored(lake: Any, store: str) -> None:
    lake.delete_event_data_store(EventDataStore=store)
    assert status(lake, store) == "PENDING_DELETION"
    with pytest.raises(ClientError, match="InactiveEventDataStoreException"):
        lake.update_event_data_store(EventDataStore=store, Name="other")
    assert lake.restore_event_data_store(EventDataStore=store)["Status"] == "ENABLED"
    with pytest.raises(ClientError, match="InvalidEventDataStoreStatusException"):
        lake.restore_event_data_store(EventDataStore=store)


KEPT: dict[str, tuple[Callable[[Any, str], Any], str]] = {
    "it is protected": (
        lambda it, arn: it.update_event_data_store(
            EventDataStore=arn, TerminationProtectionEnabled=True
        ),
        "EventDataStoreTerminationProtectedException",
    ),
    "it is federated": (
        lambda it, arn: it.enable_federation(EventDataStore=arn, FederationRoleArn=ROLE),
        "EventDataStoreFederationEnabledException",
    ),
}


@pytest.mark.parametrize(("deed", "code"), KEPT.values(), ids=KEPT)
def test_it_is_not_deleted_while(
    lake: Any, store: str, deed: Callable[[Any, str], Any], code: str
) -> None:
    deed(lake, store)
    with pytest.raises(ClientError, match=code):
        lake.delete_event_data_store(EventDataStore=store)


def test_it_is_federated_by_one_role_at_a_time(lake: Any, store: str) -> None:
    given = {"EventDataStore": store, "FederationRoleArn": ROLE}
    assert lake.enable_federation(**given)["FederationStatus"] == "ENABLED"
    with pytest.raises(ClientError, match="EventDataStoreFederationEnabledException"):
        lake.enable_federation(**given)
    assert lake.disable_federation(EventDataStore=store)["FederationStatus"] == "DISABLED"


def test_its_key_stays(lake: Any, store: str) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/"
    lake.update_event_data_store(EventDataStore=store, KmsKeyId=f"{key}k1")
    with pytest.raises(ClientError, match="InvalidParameterException"):
        lake.update_event_data_store(EventDataStore=store, KmsKeyId=f"{key}k2")


def test_a_policy_is_there_until_it_is_deleted(lake: Any, store: str) -> None:
    text = '{ "Version":"2012-10-17","Statement":[]}'
    lake.put_resource_policy(ResourceArn=store, ResourcePolicy=text)
    assert lake.get_resource_policy(ResourceArn=store)["ResourcePolicy"] == text
    lake.delete_resource_policy(ResourceArn=store)
    with pytest.raises(ClientError, match="ResourcePolicyNotFoundException"):
        lake.get_resource_policy(ResourceArn=store)


def test_of_what_is_no_store_there_is_no_policy(lake: Any, store: str) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        lake.get_resource_policy(ResourceArn=f"{store[:-1]}")


def test_its_event_configuration_is_replaced(lake: Any, store: str) -> None:
    keys = [{"Type": "TagContext", "Equals": ["team"]}]
    lake.put_event_configuration(
        EventDataStore=store, MaxEventSize="Large", ContextKeySelectors=keys
    )
    read = lake.get_event_configuration(EventDataStore=store)
    assert (read["MaxEventSize"], read["ContextKeySelectors"]) == ("Large", keys)


def test_it_has_tags_as_a_trail_has(lake: Any, store: str) -> None:
    lake.add_tags(ResourceId=store, TagsList=[{"Key": "team", "Value": "blue"}])
    (listed,) = lake.list_tags(ResourceIdList=[store])["ResourceTagList"]
    assert listed["TagsList"] == [{"Key": "team", "Value": "blue"}]
