"""Messaging resources: topics and queues that stay, subscriptions, and policies."""

import json
from typing import Any, Self

from moto.sns.models import Topic, sns_backends
from moto.sqs.models import Queue

from sandbox import mail
from sandbox.cloudformation.completion import Completion
from sandbox.cloudformation.extension import Extension, Properties, known_to_moto
from sandbox.cloudformation.place import Account
from sandbox.gate import resource_policies


def _text(value: Any) -> str:
    """An attribute's text: documents as JSON, booleans in lower case."""
    return value if isinstance(value, str) else json.dumps(value)


@known_to_moto
class CompleteTopic(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html."""

    MODEL = Topic
    REVISED = frozenset({"DisplayName", "KmsMasterKeyId", "Tags"})

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Nothing is missing."""

    @classmethod
    def revise(cls, resource: Any, properties: Properties, region: str) -> None:
        """Change what it is called in mails, and its key."""
        for name in cls.REVISED & set(properties) - {"Tags"}:
            Account.client("sns", region).set_topic_attributes(
                TopicArn=resource.arn, AttributeName=name, AttributeValue=properties[name]
            )


@known_to_moto
class CompleteQueue(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html."""

    MODEL = Queue
    REVISED = frozenset(
        {
            "DelaySeconds",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "ReceiveMessageWaitTimeSeconds",
            "RedrivePolicy",
            "Tags",
            "VisibilityTimeout",
        }
    )

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Nothing is missing."""

    @classmethod
    def revise(cls, resource: Any, properties: Properties, region: str) -> None:
        """Change its attributes; the messages stay."""
        changed = cls.REVISED & set(properties) - {"Tags"}
        client = Account.client("sqs", region)
        url = client.get_queue_url(QueueName=resource.name)["QueueUrl"]
        attributes = {name: _text(properties[name]) for name in changed}
        client.set_queue_attributes(QueueUrl=url, Attributes=attributes)


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
