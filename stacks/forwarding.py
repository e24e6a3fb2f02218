"""What an account of an organisation has beside the rest: its mails go to the central bus, too."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from lambdas.settings.central import BUS, Central
from stacks.function import Function

LOGGED = {"POWERTOOLS_SERVICE_NAME": "snapback", "POWERTOOLS_LOG_LEVEL": "INFO"}


def central_bus(central: Central) -> str:
    """The ARN of the central bus; it is in the region of this stack."""
    return f"arn:{Aws.PARTITION}:events:{Aws.REGION}:{central.account}:event-bus/{BUS}"


def forwarding(
    scope: Construct, topic: sns.ITopic, code: lambda_.Code, central: Central
) -> Function:
    """A function that sends on what a topic mails, and that can do nothing else.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    """
    bus = central_bus(central)
    function = Function(
        scope,
        "Forward",
        handler="forward",
        code=code,
        timeout=Duration.seconds(30),
        environment={**LOGGED, "CENTRAL_BUS_ARN": bus},
    )
    function.allow(iam.PolicyStatement(actions=["events:PutEvents"], resources=[bus]))
    topic.add_subscription(subscriptions.LambdaSubscription(function.function))
    return function
