"""Central: mails as events for the organisation's bus, and such events as mails again."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lambdas.model.forwarded import Forwarded

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
_KIND = {"source": SOURCE, "detail-type": DETAIL_TYPE}
_ACCOUNT = re.compile(r"[0-9]{12}")


class NotForwardedError(RuntimeError):
    """EventBridge did not take every event."""


class MalformedMailError(ValueError):
    """A message of the central queue that is no mail of an account."""


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


def forwarded(body: str) -> Forwarded:
    """The mail in a message of the central queue, whose body is an event of the central bus.

    Raises:
        MalformedMailError: the event is no mail that an account has forwarded.
    """
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedMailError(f"the message is not JSON: {error}") from error
    kind = {key: _at(event, key) for key in _KIND}
    if kind != _KIND:
        raise MalformedMailError(f"the event is {kind} and not {_KIND}")
    if not _ACCOUNT.fullmatch(_text(event, "account")):
        raise MalformedMailError(f"{event['account']!r} is no account")
    return Forwarded(
        account=_text(event, "account"),
        region=_text(event, "region"),
        subject=_text(event, "detail", "subject"),
        text=_text(event, "detail", "message"),
    )


def _at(event: Any, *path: str) -> Any:
    for key in path:
        event = event.get(key) if isinstance(event, Mapping) else None
    return event


def _text(event: Any, *path: str) -> str:
    found = _at(event, *path)
    if not isinstance(found, str):
        raise MalformedMailError(f"{'.'.join(path)} is {type(found).__name__} and no text")
    return found


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
