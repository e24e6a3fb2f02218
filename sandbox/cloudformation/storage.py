"""Storage: tables, buckets and keys, with what moto leaves out of them."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Self

from moto.dynamodb.models.table import Table
from moto.kms.models import Key
from moto.s3.models import FakeBucket

from sandbox.cloudformation.completion import Completion
from sandbox.cloudformation.extension import Extension, Properties, known_to_moto
from sandbox.cloudformation.place import Account
from sandbox.gate import resource_policies


@known_to_moto
class CompleteTable(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html."""

    MODEL = Table
    REVISED = frozenset(
        {
            "DeletionProtectionEnabled",
            "PointInTimeRecoverySpecification",
            "ResourcePolicy",
            "Tags",
            "TimeToLiveSpecification",
        }
    )

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Set the expiry, the recovery, the protection and the policy."""
        resource.deletion_protection_enabled = properties.get("DeletionProtectionEnabled", False)
        client = Account.client("dynamodb", region)
        calls = {
            "TimeToLiveSpecification": client.update_time_to_live,
            "PointInTimeRecoverySpecification": client.update_continuous_backups,
        }
        _set(properties, calls, TableName=resource.name)
        if policy := properties.get("ResourcePolicy"):
            document = json.dumps(policy["PolicyDocument"])
            client.put_resource_policy(ResourceArn=resource.table_arn, Policy=document)


def _set(
    properties: Properties, calls: Mapping[str, Callable[..., object]], **resource: str
) -> None:
    """Make the call of each property that is given: it takes it under the same name."""
    for name, call in calls.items():
        if given := properties.get(name):
            call(**resource, **{name: _spelled(given)})


def _spelled(specification: dict[str, Any]) -> dict[str, Any]:
    """Templates may spell booleans as text, which the API does not take."""
    return {k: v == "true" if v in ("true", "false") else v for k, v in specification.items()}


@known_to_moto
class CompleteKey(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html."""

    MODEL = Key
    REVISED = frozenset({"Description", "EnableKeyRotation", "KeyPolicy", "Tags"})

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:  # noqa: ARG003  # set on moto's object
        """Keep the policy as the text that the API gives, and what else may change."""
        resource.description = properties.get("Description", "")
        resource.key_rotation_status = properties.get("EnableKeyRotation", False)
        resource.policy = json.dumps(properties["KeyPolicy"])
        resource_policies.register(resource.arn, resource.policy)


@known_to_moto
class CompleteBucket(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html."""

    MODEL = FakeBucket

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Set versioning, the block on public access, and for how long versions are kept."""
        client = Account.client("s3", region)
        if lifecycle := properties.get("LifecycleConfiguration"):
            rules = [{**_without_id(rule), "Filter": {}} for rule in lifecycle["Rules"]]
            client.put_bucket_lifecycle_configuration(
                Bucket=resource.name, LifecycleConfiguration={"Rules": rules}
            )
        if properties.get("AccessControl", "Private") != "Private":
            raise NotImplementedError(f"the sandbox opens no bucket: {resource.name}")
        calls = {
            "VersioningConfiguration": client.put_bucket_versioning,
            "PublicAccessBlockConfiguration": client.put_public_access_block,
        }
        _set(properties, calls, Bucket=resource.name)


def _without_id(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A lifecycle rule with its id under the API's name."""
    return {{"Id": "ID"}.get(name, name): value for name, value in rule.items()}


@known_to_moto
class BucketPolicy(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html."""

    TYPE = "AWS::S3::BucketPolicy"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Set the bucket's policy."""
        bucket, document = properties["Bucket"], json.dumps(properties["PolicyDocument"])
        Account.client("s3", region).put_bucket_policy(Bucket=bucket, Policy=document)
        resource_policies.register(f"arn:aws:s3:::{bucket}", document)
        return cls(name, region)

    def remove(self) -> None:
        """Leave the bucket without a policy."""
        bucket = self.properties["Bucket"]
        Account.client("s3", self.region).delete_bucket_policy(Bucket=bucket)
        resource_policies.register(f"arn:aws:s3:::{bucket}", None)
