"""Feeding: whether a trail writes to a bucket, or encrypts what it writes with a key."""

from lambdas.aws import clients
from lambdas.model.arn import Arn
from lambdas.model.subject import Kind, Subject


def feeds(subject: Subject) -> bool:
    """Whether any trail that the account sees uses a bucket or a key, as of now.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html

    Raises:
        ClientError: the trails cannot be read; the event is tried again.
    """
    trails = clients.cloudtrail(clients.region()).describe_trails()["trailList"]
    arn = Arn.parse(subject.name)
    name = arn.resource if arn else subject.name
    if subject.kind is Kind.BUCKET:
        return any(trail.get("S3BucketName") == name for trail in trails)
    return any(_key(trail.get("KmsKeyId", "")) == _key(subject.name) for trail in trails)


def _key(name: str) -> str:
    """A key's id, of the id or the ARN; nothing of an alias, which no change goes by."""
    return name.rpartition("/")[2]
