"""Messaging resources: subscriptions, and the policies of topics and queues."""

import json
from typing import Any, Self

from moto.sns.models import sns_backends

from sandbox import mail
from sandbox.cloudformation.extension import Extension, Properties, known_to_moto
from sandbox.cloudformation.place import Account
from sandbox.gate import resource_policies


def _text(value: Any) -> str:
    """An attribute's text: documents as JSON, booleans in lower case."""
    return value if isinstance(value, str) else json.dumps(value)


@known_to_moto
class Subscription(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html."""

    TYPE = "AWS::SNS::Subscription"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:  # noqa: ARG003  # a subscription has no name
        """Subscribe; an e-mail address is confirmed or waits, as the sandbox was told."""
        where = properties.get("Region", region)
        own = ("TopicArn", "Protocol", "Endpoint", "Region")
        client = Account.client("sns", where)
        arn = client.subscribe(
            TopicArn=properties["TopicArn"],
            Protocol=properties["Protocol"],
            Endpoint=properties["Endpoint"],
            Attributes={k: _text(v) for k, v in properties.items() if k not in own},
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]
        if properties["Protocol"] in mail.PROTOCOLS:
            held = sns_backends[arn.split(":")[4]][where].subscriptions[arn]
            (mail.confirm if Account.confirm_mail else mail.unconfirm)(held)
        return cls(arn, where, {"Arn": arn})

    def remove(self) -> None:
        """Unsubscribe."""
        Account.client("sns", self.region).unsubscribe(SubscriptionArn=self.physical_resource_id)


@known_to_moto
class TopicPolicy(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html."""

    TYPE = "AWS::SNS::TopicPolicy"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Set the policy of each topic."""
        document = _text(properties["PolicyDocument"])
        for topic in properties["Topics"]:
            Account.client("sns", region).set_topic_attributes(
                TopicArn=topic, AttributeName="Policy", AttributeValue=document
            )
            resource_policies.register(topic, document)
        return cls(name, region, {"Id": name})

    def remove(self) -> None:
        """Leave the topics without it: who owns a topic keeps its rights to it anyway."""
        for topic in self.properties["Topics"]:
            resource_policies.register(topic, None)


@known_to_moto
class QueuePolicy(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html."""

    TYPE = "AWS::SQS::QueuePolicy"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Set the policy of each queue."""
        for queue in properties["Queues"]:
            _set_queue_policy(queue, region, _text(properties["PolicyDocument"]))
        return cls(name, region, {"Id": name})

    def remove(self) -> None:
        """Leave the queues without a policy."""
        for queue in self.properties["Queues"]:
            _set_queue_policy(queue, self.region, "")


def _set_queue_policy(url: str, region: str, document: str) -> None:
    client = Account.client("sqs", region)
    client.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    resource_policies.register(found["Attributes"]["QueueArn"], document or None)
