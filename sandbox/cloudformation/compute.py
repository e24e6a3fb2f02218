"""Functions: what moto leaves out of them, and how they are invoked."""

import json
from typing import Any, Self

from moto.awslambda.models import (
    EventSourceMapping,
    LambdaFunction,
    Permission,
    lambda_backends,
)
from moto.sqs.models import sqs_backends

from sandbox.cloudformation.completion import Completion, Template
from sandbox.cloudformation.extension import Extension, Properties, known_to_moto
from sandbox.cloudformation.place import Account


@known_to_moto
class CompleteFunction(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html."""

    MODEL = LambdaFunction

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:  # noqa: ARG003  # set on moto's object
        """Set what moto's template reader drops."""
        resource.architectures = properties.get("Architectures", ["x86_64"])
        resource.tracing_config = properties.get("TracingConfig", {"Mode": "PassThrough"})
        resource.ephemeral_storage = properties.get("EphemeralStorage", {}).get("Size", 512)
        resource.kms_key_arn = properties.get("KmsKeyArn")
        resource.reserved_concurrency = properties.get("ReservedConcurrentExecutions")
        resource.dead_letter_config = properties.get("DeadLetterConfig", {})
        resource.logging_config = properties.get("LoggingConfig", {})
        own = f"/aws/lambda/{resource.function_name}"
        resource.logs_group_name = resource.logging_config.get("LogGroup", own)


@known_to_moto
class CompletePermission(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html."""

    MODEL = Permission

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Template, *place: str, **_: Any
    ) -> Any:
        """Add a statement of the shape that AddPermission makes: moto's keeps a stray key."""
        properties = dict(cloudformation_json["Properties"])
        account, region = place
        function = lambda_backends[account][region].get_function(properties.pop("FunctionName"))
        function.policy.add_statement(json.dumps({**properties, "StatementId": resource_name}))
        made = Permission(region=region)
        made.physical_resource_id = resource_name
        return made


@known_to_moto
class CompleteEventSourceMapping(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html."""

    MODEL = EventSourceMapping

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Keep moto from invoking: the sandbox polls the queue itself."""
        if ":sqs:" not in properties["EventSourceArn"]:
            raise NotImplementedError(f"the sandbox polls no {properties['EventSourceArn']}")
        name = properties["EventSourceArn"].split(":")[-1]
        queue = sqs_backends[resource.account_id][region].get_queue(name)
        queue.lambda_event_source_mappings.clear()


@known_to_moto
class EventInvokeConfig(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html."""

    TYPE = "AWS::Lambda::EventInvokeConfig"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Set it for the function, of which there is only the newest version here."""
        if properties["Qualifier"] != "$LATEST":
            raise NotImplementedError(f"the sandbox knows no version {properties['Qualifier']}")
        wanted = {k: v for k, v in properties.items() if k != "Qualifier"}
        Account.client("lambda", region).put_function_event_invoke_config(**wanted)
        return cls(name, region)

    def remove(self) -> None:
        """Return the function to Lambda's own settings."""
        Account.client("lambda", self.region).delete_function_event_invoke_config(
            FunctionName=self.properties["FunctionName"]
        )
