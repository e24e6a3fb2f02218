"""Which actions and resources topics, queues, keys, buses, logs and functions need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html and its
neighbours; for what is encrypted, see
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html and
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
"""

from urllib.parse import urlparse

from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from sandbox.gate.needs.keys import behind
from sandbox.gate.needs.need import Need
from sandbox.gate.needs.row import Parameters, Row
from sandbox.gate.needs.where import Where

_WRITES = ("kms:GenerateDataKey", "kms:Decrypt")
_READS = ("kms:Decrypt",)


def _publish(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    arn = str(parameters["TopicArn"])
    topic = sns_backends[where.account][where.region].topics.get(arn)
    key = topic.kms_master_key_id if topic else None
    implied = behind(key, _WRITES, where, via="sns", encryption_context={"aws:sns:topicArn": arn})
    return (Need("sns:Publish", arn), *implied)


def _on_topic(operation: str) -> Row:
    return lambda parameters, _: (Need(f"sns:{operation}", str(parameters["TopicArn"])),)


def _on_queue(action: str, uses_key: tuple[str, ...] = ()) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        name = urlparse(str(parameters["QueueUrl"])).path.rpartition("/")[2]
        arn = where.arn("sqs", name)
        queue = sqs_backends[where.account][where.region].queues.get(name)
        key = queue.kms_master_key_id if queue else None
        context = {"aws:sqs:arn": arn}
        implied = behind(key, uses_key, where, via="sqs", encryption_context=context)
        return (Need(f"sqs:{action}", arn), *implied)

    return needs


def _named_queue(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    return (Need("sqs:GetQueueUrl", where.arn("sqs", str(parameters["QueueName"]))),)


def _on_key(operation: str) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        given = {
            f"kms:encryptioncontext:{k.lower()}": v
            for k, v in parameters.get("EncryptionContext", {}).items()
        }
        key = str(parameters["KeyId"])
        arn = key if key.startswith("arn:") else where.arn("kms", f"key/{key}")
        return (Need(f"kms:{operation}", arn, given),)

    return needs


def _log(operation: str) -> Row:
    """Both are checked on the stream: a group's ARN in a policy ends in ``:*`` for that.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
    """

    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        group, stream = parameters["logGroupName"], parameters["logStreamName"]
        arn = where.arn("logs", f"log-group:{group}:log-stream:{stream}")
        return (Need(f"logs:{operation}", arn),)

    return needs


def _on_function(operation: str) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        name = str(parameters["FunctionName"])
        arn = name if name.startswith("arn:") else where.arn("lambda", f"function:{name}")
        return (Need(f"lambda:{operation}", arn),)

    return needs


def _invoke(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    name = str(parameters["FunctionName"])
    arn = name if name.startswith("arn:") else where.arn("lambda", f"function:{name}")
    qualifier = f":{parameters['Qualifier']}" if "Qualifier" in parameters else ""
    return (Need("lambda:InvokeFunction", arn + qualifier),)


def _mapping(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    arn = where.arn("lambda", f"event-source-mapping:{parameters['UUID']}")
    return (Need("lambda:GetEventSourceMapping", arn),)


def _stack_resources(parameters: Parameters, _: Where) -> tuple[Need, ...]:
    """The stack goes by its ARN here: its name alone does not say which of that name it is."""
    return (Need("cloudformation:ListStackResources", str(parameters["StackName"])),)


def _put_events(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    buses = {str(entry.get("EventBusName", "default")) for entry in parameters["Entries"]}
    return tuple(
        Need("events:PutEvents", bus if ":" in bus else where.arn("events", f"event-bus/{bus}"))
        for bus in sorted(buses)
    )


def _on_watch(operation: str) -> Row:
    """A rule on the default bus has no bus in its ARN."""

    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        name = parameters.get("Name") or parameters["Rule"]
        bus = parameters.get("EventBusName", "default")
        within = "" if bus == "default" else f"{bus}/"
        return (Need(f"events:{operation}", where.arn("events", f"rule/{within}{name}")),)

    return needs


def _put_targets(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    """A role by which EventBridge reaches a target is passed to it.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
    """
    roles = {each["RoleArn"]: None for each in parameters["Targets"] if each.get("RoleArn")}
    context = {"iam:passedtoservice": "events.amazonaws.com"}
    passed = (Need("iam:PassRole", role, context) for role in roles)
    return (*_on_watch("PutTargets")(parameters, where), *passed)


ROWS: dict[tuple[str, str], Row] = {
    ("sns", "Publish"): _publish,
    ("sns", "GetTopicAttributes"): _on_topic("GetTopicAttributes"),
    ("sns", "ListSubscriptionsByTopic"): _on_topic("ListSubscriptionsByTopic"),
    ("sqs", "SendMessage"): _on_queue("SendMessage", _WRITES),
    ("sqs", "SendMessageBatch"): _on_queue("SendMessage", _WRITES),
    ("sqs", "ReceiveMessage"): _on_queue("ReceiveMessage", _READS),
    ("sqs", "DeleteMessage"): _on_queue("DeleteMessage"),
    ("sqs", "DeleteMessageBatch"): _on_queue("DeleteMessage"),
    ("sqs", "ChangeMessageVisibility"): _on_queue("ChangeMessageVisibility"),
    ("sqs", "ChangeMessageVisibilityBatch"): _on_queue("ChangeMessageVisibility"),
    ("sqs", "GetQueueAttributes"): _on_queue("GetQueueAttributes"),
    ("sqs", "GetQueueUrl"): _named_queue,
    ("kms", "Decrypt"): _on_key("Decrypt"),
    ("kms", "GenerateDataKey"): _on_key("GenerateDataKey"),
    ("logs", "CreateLogStream"): _log("CreateLogStream"),
    ("logs", "PutLogEvents"): _log("PutLogEvents"),
    ("lambda", "Invoke"): _invoke,
    ("lambda", "DeleteFunctionConcurrency"): _on_function("DeleteFunctionConcurrency"),
    ("lambda", "GetEventSourceMapping"): _mapping,
    ("lambda", "GetFunctionConcurrency"): _on_function("GetFunctionConcurrency"),
    ("lambda", "GetFunctionConfiguration"): _on_function("GetFunctionConfiguration"),
    ("lambda", "ListFunctions"): lambda _, __: (Need("lambda:ListFunctions", "*"),),
    ("lambda", "PutFunctionConcurrency"): _on_function("PutFunctionConcurrency"),
    ("cloudformation", "ListStackResources"): _stack_resources,
    ("events", "PutEvents"): _put_events,
    ("events", "ListRules"): lambda _, __: (Need("events:ListRules", "*"),),
    ("events", "ListRuleNamesByTarget"): lambda _, __: (Need("events:ListRuleNamesByTarget", "*"),),
    ("events", "PutTargets"): _put_targets,
    ("events", "RemoveTargets"): _on_watch("RemoveTargets"),
    ("events", "DescribeRule"): _on_watch("DescribeRule"),
    ("events", "EnableRule"): _on_watch("EnableRule"),
    ("events", "ListTargetsByRule"): _on_watch("ListTargetsByRule"),
}
"""(service, operation) -> what it needs."""
