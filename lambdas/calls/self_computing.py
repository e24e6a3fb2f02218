"""Snapback's watches, functions and stacks, and the bus: calls by which events stop being judged.

https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-cw-api-calls-eventbridge.html
https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-api-logging-cloudtrail.html
"""

from lambdas.calls.parts import Sort, calls
from lambdas.model.subject import Kind

_EVENTS = "events.amazonaws.com"
_LAMBDA = "lambda.amazonaws.com"

WATCH = Sort(kind=Kind.WATCH, source=_EVENTS, resource="rule/{}", named_by=("name", "rule"))
BUS = Sort(
    kind=Kind.BUS, source=_EVENTS, resource="event-bus/{}", named_by=("eventBusName", "name")
)
FUNCTION = Sort(
    kind=Kind.FUNCTION,
    source=_LAMBDA,
    resource="function:{}",
    named_by=("functionName", "resource"),
)
MAPPING = Sort(
    kind=Kind.MAPPING,
    source=_LAMBDA,
    resource="event-source-mapping:{}",
    named_by=("uUID", "uuid", "UUID"),
)
STACK = Sort(
    kind=Kind.STACK,
    source="cloudformation.amazonaws.com",
    resource="stack/{}",
    named_by=("stackName",),
    ends="/",
)
_DESTINATION = ("destinationConfig.onFailure.destination",)

CALLS = (
    *calls(
        WATCH,
        {
            "DeleteRule": (),
            "DisableRule": (),
            "EnableRule": (),
            "PutRule": ("state", "eventPattern", "scheduleExpression"),
            "PutTargets": (),
            "RemoveTargets": (),
        },
    ),
    *calls(
        BUS,
        {
            "DeleteEventBus": (),
            "PutPermission": ("principal", "action", "policy"),
            "RemovePermission": ("statementId",),
            "UpdateEventBus": ("kmsKeyIdentifier",),
        },
    ),
    *calls(
        FUNCTION,
        {
            "AddPermission": ("principal", "action", "functionUrlAuthType"),
            "CreateEventSourceMapping": ("eventSourceArn",),
            "CreateFunction": ("role",),
            "CreateFunctionUrlConfig": ("authType",),
            "DeleteFunction": (),
            "DeleteFunctionCodeSigningConfig": (),
            "DeleteFunctionConcurrency": (),
            "DeleteFunctionEventInvokeConfig": (),
            "PutFunctionConcurrency": ("reservedConcurrentExecutions",),
            "PutFunctionEventInvokeConfig": (
                "maximumRetryAttempts",
                "maximumEventAgeInSeconds",
                *_DESTINATION,
            ),
            "RemovePermission": ("statementId",),
            "UpdateFunctionCode": ("dryRun", "s3Bucket", "s3Key"),
            "UpdateFunctionConfiguration": (
                "role",
                "handler",
                "timeout",
                "memorySize",
                "kMSKeyArn",
            ),
        },
    ),
    *calls(
        MAPPING,
        {
            "DeleteEventSourceMapping": (),
            "UpdateEventSourceMapping": ("enabled", "batchSize", "functionName"),
        },
    ),
    *calls(
        STACK,
        {
            "CreateChangeSet": ("changeSetName",),
            "DeleteChangeSet": ("changeSetName",),
            "DeleteStack": (),
            "ExecuteChangeSet": ("changeSetName",),
            "SetStackPolicy": (),
            "UpdateStack": (),
            "UpdateTerminationProtection": ("enableTerminationProtection",),
        },
    ),
)
