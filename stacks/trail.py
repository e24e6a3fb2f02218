"""The trail's stack: for an account without a trail, of whose calls EventBridge would hear nothing.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""

from typing import Any

from aws_cdk import Aws, RemovalPolicy, Stack
from aws_cdk import aws_cloudtrail as cloudtrail
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from stacks.acknowledge import acknowledge

_NAME = "snapback"
_TRAIL = f"arn:{Aws.PARTITION}:cloudtrail:{Aws.REGION}:{Aws.ACCOUNT_ID}:trail/{_NAME}"
_FOR_THE_TRAIL = {"StringEquals": {"aws:SourceArn": _TRAIL}}
_CLOUDTRAIL = iam.ServicePrincipal("cloudtrail.amazonaws.com")


class TrailStack(Stack):
    """A trail of all regions with its key and its bucket; both outlive the stack."""

    def __init__(self, scope: Construct, id_: str, **options: Any) -> None:
        super().__init__(
            scope, id_, description="Snapback: the trail that it hears from", **options
        )
        key, bucket = self._key(), self._bucket()
        trail = cloudtrail.CfnTrail(
            self,
            "Trail",
            trail_name=_NAME,
            is_logging=True,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            s3_bucket_name=bucket.bucket_name,
            kms_key_id=key.key_arn,
        )
        # CloudTrail refuses a bucket that it may not write to yet.
        trail.node.add_dependency(bucket.policy or bucket)

    def _key(self) -> kms.Key:
        """Encrypts what the trail records, and for no other trail.

        https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
        """
        key = kms.Key(
            self,
            "Key",
            description="Encrypts what Snapback's trail records",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        trails = f"arn:{Aws.PARTITION}:cloudtrail:*:{Aws.ACCOUNT_ID}:trail/*"
        of_a_trail = {"StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": trails}}
        for sid, action, conditions in (
            ("TrailEncrypts", "kms:GenerateDataKey*", {**_FOR_THE_TRAIL, **of_a_trail}),
            ("TrailDescribes", "kms:DescribeKey", _FOR_THE_TRAIL),
        ):
            key.add_to_resource_policy(_trail_may(sid, action, "*", conditions))
        return key

    def _bucket(self) -> s3.Bucket:
        """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html."""
        bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            versioned=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        written = bucket.arn_for_objects(f"AWSLogs/{Aws.ACCOUNT_ID}/*")
        acl = {**_FOR_THE_TRAIL["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control"}
        for sid, action, resource, conditions in (
            ("TrailChecks", "s3:GetBucketAcl", bucket.bucket_arn, _FOR_THE_TRAIL),
            ("TrailWrites", "s3:PutObject", written, {"StringEquals": acl}),
        ):
            bucket.add_to_resource_policy(_trail_may(sid, action, resource, conditions))
        acknowledge(
            bucket,
            "Its changes are calls that the trail records; a log of its reads would need another "
            "bucket, of which the same would be asked.",
            "AwsSolutions::AwsSolutions-S1",
        )
        return bucket


def _trail_may(
    sid: str, action: str, resource: str, conditions: dict[str, Any]
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid,
        principals=[_CLOUDTRAIL],
        actions=[action],
        resources=[resource],
        conditions=conditions,
    )
