"""Snapback's topics, subscriptions, queues and alarms: calls by which people are not told any more.

https://docs.aws.amazon.com/sns/latest/dg/sns-logging-using-cloudtrail.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html
"""

from lambdas.calls.parts import Sort, calls
from lambdas.model.subject import Kind

_SNS = "sns.amazonaws.com"

TOPIC = Sort(kind=Kind.TOPIC, source=_SNS, resource="{}", named_by=("topicArn", "resourceArn"))
SUBSCRIPTION = Sort(
    kind=Kind.SUBSCRIPTION, source=_SNS, resource="{}", named_by=("subscriptionArn",), ends=""
)
QUEUE = Sort(
    kind=Kind.QUEUE,
    source="sqs.amazonaws.com",
    resource="{}",
    named_by=("queueUrl", "sourceArn"),
)
ALARM = Sort(
    kind=Kind.ALARM,
    source="monitoring.amazonaws.com",
    service="cloudwatch",
    resource="alarm:{}",
    named_by=("alarmName", "alarmNames", "muteTargets.alarmNames"),
)
_ATTRIBUTE = ("attributeName", "attributeValue")

CALLS = (
    *calls(
        TOPIC,
        {
            "AddPermission": ("label",),
            "ConfirmSubscription": (),
            "DeleteTopic": (),
            "PutDataProtectionPolicy": ("dataProtectionPolicy",),
            "RemovePermission": ("label",),
            "SetTopicAttributes": _ATTRIBUTE,
            "Subscribe": ("protocol", "endpoint"),
        },
    ),
    *calls(SUBSCRIPTION, {"SetSubscriptionAttributes": _ATTRIBUTE, "Unsubscribe": ()}),
    *calls(
        QUEUE,
        {
            "AddPermission": ("label",),
            "DeleteQueue": (),
            "PurgeQueue": (),
            "RemovePermission": ("label",),
            "SetQueueAttributes": (
                "attributes.Policy",
                "attributes.MessageRetentionPeriod",
                "attributes.RedrivePolicy",
                "attributes.KmsMasterKeyId",
            ),
            "StartMessageMoveTask": ("destinationArn",),
        },
    ),
    *calls(
        ALARM,
        {
            "DeleteAlarms": (),
            "DisableAlarmActions": (),
            "EnableAlarmActions": (),
            "PutAlarmMuteRule": ("name", "rule.schedule.expression", "rule.schedule.duration"),
            "PutMetricAlarm": ("threshold", "actionsEnabled"),
            "SetAlarmState": ("stateValue",),
        },
    ),
)
