"""Items: keys, numbers and times as DynamoDB's attribute values."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

SCHEMA = 1
"""The version that every stored item carries; a change of the records' shape raises it."""
REMEMBERED = timedelta(days=2)
"""How long what belongs to one event is kept: EventBridge delivers again for at most a day.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
"""

Item = Mapping[str, Any]
"""An item, or some of its attributes: name -> attribute value."""


def key(pk: str, sk: str) -> dict[str, dict[str, str]]:
    """The primary key of an item."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def item(pk: str, sk: str, **attributes: Any) -> dict[str, Any]:
    """An item with its key and the version of its shape."""
    return {**key(pk, sk), "v": number(SCHEMA), **attributes}


def passing(pk: str, sk: str, **attributes: Any) -> dict[str, Any]:
    """An item that DynamoDB deletes after some days."""
    return item(pk, sk, expires=seconds(datetime.now(UTC) + REMEMBERED), **attributes)


def setting(changed: Item) -> dict[str, Any]:
    """The parameters of UpdateItem that set attributes, whichever of their names are reserved."""
    return {
        "UpdateExpression": "SET " + ", ".join(f"#{name} = :{name}" for name in changed),
        "ExpressionAttributeNames": {f"#{name}": name for name in changed},
        "ExpressionAttributeValues": {f":{name}": value for name, value in changed.items()},
    }


def number(value: int) -> dict[str, str]:
    """A whole number."""
    return {"N": str(value)}


def seconds(moment: datetime) -> dict[str, str]:
    """The moment in whole seconds since 1970, as a number."""
    return number(int(moment.timestamp()))


def sortable(moment: datetime) -> str:
    """The moment in UTC with microseconds: texts of one length, in the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def sorted_moment(text: str) -> datetime:
    """The moment that was written as a sortable text."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
