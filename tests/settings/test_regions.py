"""Regions: where IAM's events arrive is what botocore knows of IAM's endpoints."""

import pytest
from botocore.loaders import create_loader

from lambdas.model.arn import partition_of
from lambdas.settings.regions import IAM_REGIONS, unverified

PARTITIONS = {
    each["partition"]: each for each in create_loader().load_data("endpoints")["partitions"]
}


@pytest.mark.parametrize("partition", IAM_REGIONS)
def test_the_home_is_the_region_of_iams_endpoint(partition: str) -> None:
    service = PARTITIONS[partition]["services"]["iam"]
    endpoint = service["endpoints"][service["partitionEndpoint"]]
    assert endpoint["credentialScope"]["region"] == IAM_REGIONS[partition].name


@pytest.mark.parametrize("partition", PARTITIONS)
def test_every_region_is_known_to_be_of_its_partition(partition: str) -> None:
    regions = PARTITIONS[partition]["regions"]
    assert {partition_of(region) for region in regions} == {partition}


def test_nothing_is_unsure_of_the_commercial_home() -> None:
    assert unverified("us-east-1") is None


@pytest.mark.parametrize("home", ["us-gov-west-1", "cn-north-1"])
def test_what_is_unsure_of_another_home_is_said(home: str) -> None:
    assert f"homeRegion is {home}: it is the region of IAM's endpoint" in str(unverified(home))
