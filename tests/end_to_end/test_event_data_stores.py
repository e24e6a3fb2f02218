"""What is done to an event data store, from the call to what was there before."""

import json

import pytest

from tests.end_to_end.attacks import attacked, labels

OUTSIDER = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::999988887777:root"},
                "Action": ["cloudtrail:StartQuery", "cloudtrail:GetQueryResults"],
                "Resource": "*",
            }
        ],
    }
)
DATA = [
    {
        "FieldSelectors": [
            {"Field": "eventCategory", "Equals": ["Data"]},
            {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
        ]
    }
]
KEYS = [{"Type": "TagContext", "Equals": ["team"]}]


@pytest.fixture(scope="module")
def store(stage):
    lake = stage.sandbox.operator.client("cloudtrail")
    arn = lake.create_event_data_store(Name="all", TagsList=[{"Key": "a", "Value": "b"}])[
        "EventDataStoreArn"
    ]
    lake.put_event_configuration(EventDataStore=arn, MaxEventSize="Large", ContextKeySelectors=KEYS)
    return arn


RESTORED = {
    "stopped": (lambda it, arn: it.stop_event_data_store_ingestion(EventDataStore=arn), "HIGH"),
    "no longer protected": (
        lambda it, arn: it.update_event_data_store(
            EventDataStore=arn, TerminationProtectionEnabled=False
        ),
        "HIGH",
    ),
    "kept less long, and of one region only": (
        lambda it, arn: it.update_event_data_store(
            EventDataStore=arn, RetentionPeriod=7, MultiRegionEnabled=False
        ),
        "HIGH",
    ),
    "without management events": (
        lambda it, arn: it.update_event_data_store(EventDataStore=arn, AdvancedEventSelectors=DATA),
        "HIGH",
    ),
    "without the context of its events": (
        lambda it, arn: it.put_event_configuration(
            EventDataStore=arn, MaxEventSize="Large", ContextKeySelectors=[]
        ),
        "MEDIUM",
    ),
    "opened to another account": (
        lambda it, arn: it.put_resource_policy(ResourceArn=arn, ResourcePolicy=OUTSIDER),
        "HIGH",
    ),
}


@pytest.mark.parametrize(("deed", "severity"), RESTORED.values(), ids=RESTORED)
def test_it_is_put_back(stage, store, deed, severity):
    before, mails = attacked(stage, lambda it: deed(it, store), "cloudtrail")
    assert labels(mails) == [severity, "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_a_deleted_one_is_restored(stage):
    lake = stage.sandbox.operator.client("cloudtrail")
    arn = lake.create_event_data_store(Name="bare", TerminationProtectionEnabled=False)[
        "EventDataStoreArn"
    ]
    before, mails = attacked(
        stage, lambda it: it.delete_event_data_store(EventDataStore=arn), "cloudtrail"
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_one_that_is_federated_is_told_and_left_to_a_person(stage, store):
    role = "arn:aws:iam::123456789012:role/athena"
    _, mails = attacked(
        stage,
        lambda it: it.enable_federation(EventDataStore=store, FederationRoleArn=role),
        "cloudtrail",
    )
    assert labels(mails) == ["MEDIUM"]
    assert "disable-federation" in mails[0].body
