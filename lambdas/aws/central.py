"""Central: mails as events for the organisation's bus, and such events as mails again."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

SOURCE = "snapback"
DETAIL_TYPE = "Snapback Mail"
_LONGEST = 200_000
"""Bytes of a mail's text: an entry, with all that JSON adds, may have 256 KB.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
"""
_CUT = "\n[The rest is in the mail of the account itself.]"
_SUBJECT = 99
"""https://docs.aws.amazon.com/sns/latest/api/API_Publish.html"""


class NotForwardedError(RuntimeError):
    """EventBridge did not take every event."""


def forward(client: "EventBridgeClient", bus: str, records: Sequence[Mapping[str, Any]]) -> int:
    """Send the mails that a topic brought to the central bus; how many.

    https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html

    Raises:
        NotForwardedError: EventBridge refused one; all of them are to be sent again.
    """
    answer = client.put_events(Entries=[_entry(record["Sns"], bus) for record in records])
    if answer["FailedEntryCount"]:
        raise NotForwardedError(f"{bus} refused events: {answer['Entries']}")
    return len(records)


def mail(event: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail that another account has forwarded.

    The account is the envelope's, which EventBridge writes and nobody else.
    """
    detail = event["detail"]
    account = event["account"]
    subject = f"{account} {detail['subject']}"[:_SUBJECT]
    return subject, f"Account {account}, {event['region']}\n\n{detail['message']}"


def _entry(message: Mapping[str, Any], bus: str) -> "PutEventsRequestEntryTypeDef":
    subject = message.get("Subject") or "Snapback"
    detail = {"subject": subject, "message": _cut(message["Message"]), "id": message["MessageId"]}
    return {
        "EventBusName": bus,
        "Source": SOURCE,
        "DetailType": DETAIL_TYPE,
        "Detail": json.dumps(detail, ensure_ascii=False),
    }


def _cut(text: str) -> str:
    """The text, or as much of it as an event can carry, with a word that there is more."""
    if len(json.dumps(text, ensure_ascii=False).encode()) <= _LONGEST:
        return text
    return text.encode()[: _LONGEST // 2].decode(errors="ignore") + _CUT
