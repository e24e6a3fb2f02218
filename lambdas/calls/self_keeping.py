"""Snapback's table and logs, the keys, and the buckets that trails write to: calls on what is kept.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html
https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
"""

from lambdas.calls.parts import Sort, calls
from lambdas.model.subject import Kind

TABLE = Sort(
    kind=Kind.TABLE,
    source="dynamodb.amazonaws.com",
    resource="table/{}",
    named_by=("tableName", "resourceArn", "tableArn"),
    ends="/",
)
KEY = Sort(kind=Kind.KEY, source="kms.amazonaws.com", resource="key/{}", named_by=("keyId",))
LOG_GROUP = Sort(
    kind=Kind.LOG_GROUP,
    source="logs.amazonaws.com",
    resource="log-group:{}",
    named_by=("logGroupName", "logGroupIdentifier", "resourceIdentifier"),
)
BUCKET = Sort(kind=Kind.BUCKET, source="s3.amazonaws.com", resource="{}", named_by=("bucketName",))
_BLOCK = "PublicAccessBlockConfiguration"

CALLS = (
    *calls(
        TABLE,
        {
            "DeleteResourcePolicy": (),
            "DeleteTable": (),
            "ExportTableToPointInTime": ("s3Bucket",),
            "PutResourcePolicy": ("policy",),
            "UpdateContinuousBackups": (
                "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled",
            ),
            "UpdateTable": ("deletionProtectionEnabled", "billingMode"),
            "UpdateTimeToLive": (
                "timeToLiveSpecification.enabled",
                "timeToLiveSpecification.attributeName",
            ),
        },
    ),
    *calls(
        KEY,
        {
            "CreateGrant": ("granteePrincipal",),
            "DeleteImportedKeyMaterial": (),
            "DisableKey": (),
            "DisableKeyRotation": (),
            "PutKeyPolicy": ("policy",),
            "RevokeGrant": ("grantId",),
            "ScheduleKeyDeletion": ("pendingWindowInDays",),
        },
    ),
    *calls(
        LOG_GROUP,
        {
            "DeleteLogGroup": (),
            "DeleteLogStream": ("logStreamName",),
            "DeleteMetricFilter": ("filterName",),
            "DeleteSubscriptionFilter": ("filterName",),
            "DisassociateKmsKey": (),
            "PutDataProtectionPolicy": ("policyDocument",),
            "PutRetentionPolicy": ("retentionInDays",),
            "PutSubscriptionFilter": ("filterName", "destinationArn"),
        },
    ),
    *calls(
        BUCKET,
        {
            "DeleteBucket": (),
            "DeleteBucketEncryption": (),
            "DeleteBucketPolicy": (),
            "DeleteBucketPublicAccessBlock": (),
            "DeleteBucketReplication": (),
            "PutBucketAcl": ("x-amz-acl",),
            "PutBucketEncryption": (),
            "PutBucketLifecycle": (),
            "PutBucketLogging": (),
            "PutBucketNotification": (),
            "PutBucketObjectLockConfiguration": (),
            "PutBucketOwnershipControls": (),
            "PutBucketPolicy": (),
            "PutBucketPublicAccessBlock": (
                f"{_BLOCK}.BlockPublicAcls",
                f"{_BLOCK}.BlockPublicPolicy",
                f"{_BLOCK}.IgnorePublicAcls",
                f"{_BLOCK}.RestrictPublicBuckets",
            ),
            "PutBucketVersioning": ("VersioningConfiguration.Status",),
        },
    ),
)
