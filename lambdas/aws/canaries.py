"""Canaries: the daily flight, and the note in the table of the last one that came back.

pk      sk      holds
canary  canary  when the newest canary flew that came back as an event
"""

from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from lambdas.aws.items import sortable, sorted_moment
from lambdas.aws.reads import code
from lambdas.aws.table import Table
from lambdas.model.canary import TAG, flown, spelled
from lambdas.model.deployed import SeenCanary

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

_KEY = "canary"


def fly(iam: "IAMClient", policy: str, now: datetime) -> str:
    """Tag the policy with this moment; what the tag says.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html
    """
    value = spelled(now)
    iam.tag_policy(PolicyArn=policy, Tags=[{"Key": TAG, "Value": value}])
    return value


def seen(iam: "IAMClient", policy: str) -> SeenCanary | None:
    """The policy as it is: made when, and last tagged when; None where it is gone.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html
    """
    try:
        found = iam.get_policy(PolicyArn=policy)["Policy"]
    except ClientError as error:
        if code(error) != "NoSuchEntity":
            raise
        return None
    tags = {each["Key"]: each["Value"] for each in found.get("Tags", ())}
    return SeenCanary(made=found["CreateDate"], tagged=flown(tags.get(TAG)))


class Canaries:
    """The note in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def hear(self, moment: datetime) -> None:
        """Note that the canary of that moment came back, unless a newer one has."""
        try:
            self._table.update(
                _KEY,
                _KEY,
                UpdateExpression="SET flown = :flown",
                ConditionExpression="attribute_not_exists(flown) OR flown < :flown",
                ExpressionAttributeValues={":flown": {"S": sortable(moment)}},
            )
        except ClientError as error:
            if code(error) != "ConditionalCheckFailedException":
                raise

    def heard(self) -> datetime | None:
        """When the newest flew that came back; None before the first."""
        found = self._table.get(_KEY, _KEY)
        return sorted_moment(found["flown"]["S"]) if found else None
