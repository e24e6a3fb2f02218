"""Items: what is written to the table, and read from it, as DynamoDB's attribute values."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lambdas.aws.encoding import SCHEMA, decode, encode
from lambdas.model.incident import Alert, Incident, Outcome
from lambdas.model.state import State

Item = Mapping[str, Any]
"""An item, or some of its attributes: name -> attribute value."""
LARGEST = 350_000
"""Bytes of a state that are kept: an item of DynamoDB holds 400 KB.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""


def key(pk: str, sk: str) -> dict[str, dict[str, str]]:
    """The primary key of an item."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def item(pk: str, sk: str, **attributes: Any) -> dict[str, Any]:
    """An item with its key and the version of its shape."""
    return {**key(pk, sk), "v": {"N": str(SCHEMA)}, **attributes}


def remembered(state: State) -> Item:
    """One entry of a history; of a state too large to keep, that there was one.

    Somebody who pads documents with spaces must not be able to make the write fail.
    """
    data = encode(state)
    kept = {"data": {"B": data}} if len(data) <= LARGEST else {}
    return item(
        f"state#{state.unique_id}",
        sortable(state.as_of),
        subject={"S": str(state.subject)},
        **kept,
    )


def attributes(incident: Incident) -> Item:
    """Everything that is written of an incident; what is not known yet is left as it is."""
    sent = {"sent": {"BOOL": True}} if incident.alert is Alert.SENT else {}
    ended = {"outcome": {"B": encode(incident.outcome)}} if incident.outcome else {}
    return {
        "v": {"N": str(SCHEMA)},
        "data": {"B": encode(replace(incident, outcome=None))},
        "call": {"S": incident.change.call},
        "severity": {"S": str(incident.verdict.severity)},
        "at": {"S": sortable(incident.change.at)},
        **sent,
        **ended,
    }


def setting(changed: Item) -> dict[str, Any]:
    """The parameters of UpdateItem that set attributes, whichever of their names are reserved."""
    return {
        "UpdateExpression": "SET " + ", ".join(f"#{name} = :{name}" for name in changed),
        "ExpressionAttributeNames": {f"#{name}": name for name in changed},
        "ExpressionAttributeValues": {f":{name}": value for name, value in changed.items()},
    }


def incident(stored: Item) -> Incident:
    """The incident that an item holds.

    Raises:
        UnreadableItemError: it holds none.
    """
    name = str(stored["pk"]["S"])
    found = decode(Incident, stored["data"]["B"], name)
    return replace(
        found,
        alert=Alert.SENT if "sent" in stored else found.alert,
        outcome=decode(Outcome, stored["outcome"]["B"], name) if "outcome" in stored else None,
    )


def number(moment: datetime) -> dict[str, str]:
    """The moment in whole seconds since 1970, as a number."""
    return {"N": str(int(moment.timestamp()))}


def sortable(moment: datetime) -> str:
    """The moment in UTC with microseconds: texts of one length, in the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
