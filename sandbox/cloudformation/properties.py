"""Properties: which of a resource have an effect here, because moto ignores the others in silence.

Types that are made by the service's own API need no row: botocore refuses what it does not know.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_APPLIED: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "AWS::CloudWatch::Dashboard": "DashboardBody DashboardName",
        "AWS::DynamoDB::Table": "AttributeDefinitions BillingMode DeletionProtectionEnabled "
        "GlobalSecondaryIndexes KeySchema LocalSecondaryIndexes PointInTimeRecoverySpecification "
        "ProvisionedThroughput ResourcePolicy SSESpecification TableName TimeToLiveSpecification",
        "AWS::Events::EventBus": "Name",
        "AWS::Events::Rule": "Description EventBusName EventPattern Name ScheduleExpression State "
        "Targets",
        "AWS::IAM::ManagedPolicy": "Description Groups ManagedPolicyName Path PolicyDocument "
        "Roles Users",
        "AWS::IAM::Policy": "Groups PolicyDocument PolicyName Roles Users",
        "AWS::IAM::Role": "AssumeRolePolicyDocument Description ManagedPolicyArns "
        "MaxSessionDuration Path PermissionsBoundary Policies RoleName",
        "AWS::KMS::Alias": "AliasName TargetKeyId",
        "AWS::KMS::Key": "Description EnableKeyRotation Enabled KeyPolicy",
        "AWS::Lambda::EventSourceMapping": "BatchSize Enabled EventSourceArn FunctionName "
        "FunctionResponseTypes MaximumBatchingWindowInSeconds ScalingConfig",
        "AWS::Lambda::Function": "Architectures Code DeadLetterConfig Description Environment "
        "EphemeralStorage FunctionName Handler KmsKeyArn LoggingConfig MemorySize "
        "ReservedConcurrentExecutions Role Runtime Timeout TracingConfig",
        "AWS::Lambda::Permission": "Action FunctionName Principal SourceAccount SourceArn",
        "AWS::Logs::LogGroup": "LogGroupName RetentionInDays",
        "AWS::S3::Bucket": "AccessControl BucketEncryption BucketName LifecycleConfiguration "
        "PublicAccessBlockConfiguration "
        "VersioningConfiguration",
        "AWS::SNS::Topic": "DisplayName KmsMasterKeyId TopicName",
        "AWS::SQS::Queue": "DelaySeconds KmsDataKeyReusePeriodSeconds KmsMasterKeyId "
        "MaximumMessageSize MessageRetentionPeriod QueueName ReceiveMessageWaitTimeSeconds "
        "RedrivePolicy SqsManagedSseEnabled VisibilityTimeout",
    }.items()
}
_HARMLESS = frozenset({"Tags"})
"""Without an effect here, and nothing that the sandbox runs depends on them."""


def without_effect(resources: Mapping[str, Any]) -> Iterator[str]:
    """Names the properties of a template's resources that would be ignored."""
    for name, resource in resources.items():
        applied = _APPLIED.get(resource["Type"])
        if applied is not None:
            for unknown in sorted(set(resource.get("Properties", {})) - applied - _HARMLESS):
                yield f"{unknown} of {name} ({resource['Type']})"
