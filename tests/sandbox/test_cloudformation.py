from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ParamValidationError

from sandbox.account import Sandbox
from sandbox.cloudformation.seeing import QueryDefinition
from sandbox.gate import resource_policies
from tests.sandbox.assemblies import allow, document, function, role, write
from tests.sandbox.handlers import OBEDIENT

ANYONE = {"AWS": "arn:aws:iam::123456789012:root"}


def arn(name: str) -> Any:
    return {"Fn::GetAtt": [name, "Arn"]}


def policy(action: str, resource: Any = "*") -> Any:
    return document({**allow(action, resource), "Principal": ANYONE})


ALARM = {
    "AlarmName": "alarm",
    "Namespace": "AWS/SQS",
    "MetricName": "ApproximateNumberOfMessagesVisible",
    "Dimensions": [{"Name": "QueueName", "Value": "queue"}],
    "Statistic": "Maximum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "AlarmActions": [{"Ref": "Topic"}],
    "TreatMissingData": "notBreaching",
}
RESOURCES = {
    "Role": {
        "Type": "AWS::IAM::Role",
        "Properties": {
            **role(allow("s3:GetObject"))["Properties"],
            "RoleName": "role",
            "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        },
    },
    "Key": {
        "Type": "AWS::KMS::Key",
        "Properties": {"KeyPolicy": policy("kms:*"), "EnableKeyRotation": True},
    },
    "Alias": {
        "Type": "AWS::KMS::Alias",
        "Properties": {"AliasName": "alias/key", "TargetKeyId": arn("Key")},
    },
    "Topic": {
        "Type": "AWS::SNS::Topic",
        "Properties": {"TopicName": "topic", "KmsMasterKeyId": arn("Key")},
    },
    "TopicPolicy": {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {"Topics": [{"Ref": "Topic"}], "PolicyDocument": policy("sns:Publish")},
    },
    "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "queue"}},
    "QueuePolicy": {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {"Queues": [{"Ref": "Queue"}], "PolicyDocument": policy("sqs:SendMessage")},
    },
    "Subscription": {
        "Type": "AWS::SNS::Subscription",
        "Properties": {
            "TopicArn": {"Ref": "Topic"},
            "Protocol": "sqs",
            "Endpoint": arn("Queue"),
            "RawMessageDelivery": True,
            "FilterPolicy": {"a": ["b"]},
        },
    },
    "Bucket": {
        "Type": "AWS::S3::Bucket",
        "Properties": {
            "BucketName": "bucket",
            "VersioningConfiguration": {"Status": "Enabled"},
            "PublicAccessBlockConfiguration": {"BlockPublicAcls": True},
        },
    },
    "BucketPolicy": {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": policy("s3:GetObject")},
    },
    "Table": {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "TableName": "table",
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "BillingMode": "PAY_PER_REQUEST",
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
            "ResourcePolicy": {"PolicyDocument": policy("dynamodb:PutItem")},
        },
    },
    "Function": function(
        "code",
        name="function",
        Architectures=["arm64"],
        DeadLetterConfig={"TargetArn": arn("Queue")},
        LoggingConfig={"LogGroup": {"Ref": "LogGroup"}},
    ),
    "InvokeConfig": {
        "Type": "AWS::Lambda::EventInvokeConfig",
        "Properties": {
            "FunctionName": {"Ref": "Function"},
            "Qualifier": "$LATEST",
            "MaximumEventAgeInSeconds": 3600,
            "MaximumRetryAttempts": 1,
        },
    },
    "Permission": {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": arn("Function"),
            "Principal": "events.amazonaws.com",
            "SourceArn": arn("Rule"),
        },
    },
    "Mapping": {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {"EventSourceArn": arn("Queue"), "FunctionName": {"Ref": "Function"}},
    },
    "LogGroup": {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {"LogGroupName": "logs", "RetentionInDays": 30},
    },
    "MetricFilter": {
        "Type": "AWS::Logs::MetricFilter",
        "Properties": {
            "LogGroupName": {"Ref": "LogGroup"},
            "FilterName": "errors",
            "FilterPattern": "ERROR",
            "MetricTransformations": [
                {"MetricName": "Errors", "MetricNamespace": "Own", "MetricValue": "1"}
            ],
        },
    },
    "Rule": {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "Name": "rule",
            "EventPattern": {"source": ["aws.iam"]},
            "Targets": [{"Id": "t", "Arn": arn("Function")}],
        },
    },
    "Schedule": {
        "Type": "AWS::Scheduler::Schedule",
        "Properties": {
            "Name": "hourly",
            "ScheduleExpression": "rate(1 hour)",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {"Arn": arn("Function"), "RoleArn": arn("Role")},
        },
    },
    "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": ALARM},
    "Dashboard": {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {"DashboardName": "dashboard", "DashboardBody": '{"widgets": []}'},
    },
    "Query": {
        "Type": "AWS::Logs::QueryDefinition",
        "Properties": {
            "Name": "query",
            "QueryString": "fields @message",
            "LogGroupNames": [{"Ref": "LogGroup"}],
        },
    },
    "Trail": {
        "Type": "AWS::CloudTrail::Trail",
        "DependsOn": ["BucketPolicy"],
        "Properties": {
            "TrailName": "trail",
            "S3BucketName": {"Ref": "Bucket"},
            "IsLogging": True,
            "IsMultiRegionTrail": True,
            "IncludeGlobalServiceEvents": True,
            "EnableLogFileValidation": True,
            "EventSelectors": [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}],
        },
    },
    "Metadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2"}},
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with Sandbox() as running:
        folder = tmp_path_factory.mktemp("assembly")
        running.deploy(write(folder, RESOURCES, code={"code": {"main.py": OBEDIENT}}))
        yield running


def queue_attributes(sandbox: Sandbox) -> Any:
    url = f"{sandbox.front.endpoint_url}/123456789012/queue"
    client = sandbox.operator.client("sqs")
    return client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


HELD = {
    "a role's managed policies": (
        "iam",
        lambda iam: iam.list_attached_role_policies(RoleName="role")["AttachedPolicies"],
        "ReadOnlyAccess",
    ),
    "a role's inline policies": (
        "iam",
        lambda iam: iam.get_role_policy(RoleName="role", PolicyName="own")["PolicyDocument"],
        "s3:GetObject",
    ),
    "a key's policy": (
        "kms",
        lambda kms: kms.get_key_policy(
            KeyId=kms.describe_key(KeyId="alias/key")["KeyMetadata"]["KeyId"], PolicyName="default"
        )["Policy"],
        "kms:*",
    ),
    "a topic's policy": (
        "sns",
        lambda sns: sns.get_topic_attributes(TopicArn="arn:aws:sns:us-east-1:123456789012:topic"),
        "sns:Publish",
    ),
    "a subscription's filter": (
        "sns",
        lambda sns: sns.get_subscription_attributes(
            SubscriptionArn=sns.list_subscriptions()["Subscriptions"][0]["SubscriptionArn"]
        )["Attributes"]["FilterPolicy"],
        '{"a": ["b"]}',
    ),
    "a bucket's policy": ("s3", lambda s3: s3.get_bucket_policy(Bucket="bucket"), "s3:GetObject"),
    "a bucket's versioning": (
        "s3",
        lambda s3: s3.get_bucket_versioning(Bucket="bucket")["Status"],
        "Enabled",
    ),
    "a bucket's public access": (
        "s3",
        lambda s3: s3.get_public_access_block(Bucket="bucket")["PublicAccessBlockConfiguration"],
        "'BlockPublicAcls': True",
    ),
    "a table's recovery": (
        "dynamodb",
        lambda db: db.describe_continuous_backups(TableName="table")[
            "ContinuousBackupsDescription"
        ]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
        "ENABLED",
    ),
    "a table's policy": (
        "dynamodb",
        lambda db: db.get_resource_policy(
            ResourceArn="arn:aws:dynamodb:us-east-1:123456789012:table/table"
        )["Policy"],
        "dynamodb:PutItem",
    ),
    "a table's expiry": (
        "dynamodb",
        lambda db: db.describe_time_to_live(TableName="table")["TimeToLiveDescription"],
        "expires",
    ),
    "a function's architecture": (
        "lambda",
        lambda client: client.get_function_configuration(FunctionName="function")["Architectures"],
        "arm64",
    ),
    "how a function is retried": (
        "lambda",
        lambda client: client.get_function_event_invoke_config(FunctionName="function"),
        "'MaximumRetryAttempts': 1",
    ),
    "a function's event sources": (
        "lambda",
        lambda client: client.list_event_source_mappings()["EventSourceMappings"],
        "arn:aws:sqs:us-east-1:123456789012:queue",
    ),
    "a log group's retention": (
        "logs",
        lambda logs: logs.describe_log_groups(logGroupNamePrefix="logs")["logGroups"],
        "'retentionInDays': 30",
    ),
    "a metric filter": (
        "logs",
        lambda logs: logs.describe_metric_filters(logGroupName="logs")["metricFilters"],
        "errors",
    ),
    "a rule's targets": (
        "events",
        lambda events: events.list_targets_by_rule(Rule="rule")["Targets"],
        ":function:function",
    ),
    "a schedule": (
        "scheduler",
        lambda scheduler: scheduler.get_schedule(Name="hourly")["ScheduleExpression"],
        "rate(1 hour)",
    ),
    "an alarm": (
        "cloudwatch",
        lambda watch: watch.describe_alarms(AlarmNames=["alarm"])["MetricAlarms"],
        "GreaterThanOrEqualToThreshold",
    ),
    "a dashboard": (
        "cloudwatch",
        lambda watch: watch.get_dashboard(DashboardName="dashboard")["DashboardBody"],
        "widgets",
    ),
    "a trail": (
        "cloudtrail",
        lambda trail: trail.describe_trails()["trailList"],
        "'IsMultiRegionTrail': True",
    ),
    "that a trail is logging": (
        "cloudtrail",
        lambda trail: f"logging: {trail.get_trail_status(Name='trail')['IsLogging']}",
        "logging: True",
    ),
    "what a trail selects": (
        "cloudtrail",
        lambda trail: trail.get_event_selectors(TrailName="trail")["EventSelectors"],
        "WriteOnly",
    ),
}


@pytest.mark.parametrize(("service", "ask", "said"), HELD.values(), ids=HELD.keys())
def test_the_account_holds(sandbox: Sandbox, service: str, ask: Any, said: str) -> None:
    assert said in str(ask(sandbox.operator.client(service)))


def test_a_queue_has_its_policy(sandbox: Sandbox) -> None:
    assert "sqs:SendMessage" in queue_attributes(sandbox)["Policy"]


POLICIES = {
    "topic": ("arn:aws:sns:us-east-1:123456789012:topic", "sns:Publish"),
    "queue": ("arn:aws:sqs:us-east-1:123456789012:queue", "sqs:SendMessage"),
    "table": ("arn:aws:dynamodb:us-east-1:123456789012:table/table", "dynamodb:PutItem"),
    "bucket": ("arn:aws:s3:::bucket", "s3:GetObject"),
}


@pytest.mark.parametrize(("arn", "action"), POLICIES.values(), ids=POLICIES.keys())
def test_the_gate_knows_the_policy_of_a(sandbox: Sandbox, arn: Any, action: str) -> None:
    assert action in (resource_policies.registered(arn) or "")
    assert sandbox.failures == []


WRONG = {
    "an unknown property": ({"Colour": "red"}, NotImplementedError, "no colour"),
    "a log group's name that is none": ({"LogGroupNames": [3]}, ParamValidationError, "logGroup"),
}


@pytest.mark.parametrize(("more", "error", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_saved_query_is_refused_for(more: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        QueryDefinition.create("q", {"Name": "q", "QueryString": "fields @log", **more}, "here")
