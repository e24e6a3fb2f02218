"""Amazon Resource Names: taking them apart and knowing a region's partition."""

from typing import NamedTuple, Self

_PARTITIONS = (
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-", "aws-eusc"),
)
_FIELDS = 6


class Arn(NamedTuple):
    """An ARN in its six fields: arn:partition:service:region:account:resource.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The ARN that text spells, or None when it spells none."""
        fields = text.split(":", _FIELDS - 1)
        if len(fields) != _FIELDS or fields[0] != "arn" or not fields[-1]:
            return None
        return cls(*fields[1:])

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"

    @property
    def name(self) -> str:
        """The last segment of the resource: the name without its type and path."""
        return self.resource.rpartition("/")[2]


def partition_of(region: str) -> str:
    """The partition that a region belongs to; ``aws`` for every commercial region."""
    return next((name for prefix, name in _PARTITIONS if region.startswith(prefix)), "aws")
