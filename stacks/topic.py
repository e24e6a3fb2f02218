"""Topics as all of ours are: encrypted with a key of their own, published to over TLS only."""

from collections.abc import Iterable

from aws_cdk import RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct


def topic(
    scope: Construct, *, of: str, name: str, emails: Iterable[str]
) -> tuple[sns.Topic, kms.Key]:
    """The one topic of a construct, with its key and its e-mail subscriptions.

    ``name`` is whom its mails are from, ``of`` what they are about.
    https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
    """
    key = kms.Key(
        scope,
        "Key",
        description=f"Encrypts {of}",
        enable_key_rotation=True,
        removal_policy=RemovalPolicy.RETAIN,
    )
    made = sns.Topic(scope, "Topic", display_name=name, master_key=key, enforce_ssl=True)
    for address in emails:
        made.add_subscription(subscriptions.EmailSubscription(address))
    return made, key
