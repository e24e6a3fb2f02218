"""Events: a customer cannot put one whose source is an AWS service.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
"""

import json
from typing import Any

from moto.events.responses import EventsHandler

from sandbox.mending.patch import Patch

_REFUSED = {
    "ErrorCode": "NotAuthorizedForSourceException",
    "ErrorMessage": "Not authorized for the source.",
}


def _put(response: EventsHandler) -> str:
    """Put what may be put; the results keep the order of the request."""
    entries: list[dict[str, Any]] = response._get_param("Entries")  # noqa: SLF001  # as moto does
    mine = [entry for entry in entries if not _reserved(entry)]
    put = iter(response.events_backend.put_events(mine) if mine else [])
    results = [_REFUSED if _reserved(entry) else next(put) for entry in entries]
    failed = sum("ErrorCode" in result for result in results)
    return json.dumps({"FailedEntryCount": failed, "Entries": results})


def _reserved(entry: dict[str, Any]) -> bool:
    return str(entry.get("Source", "")).startswith("aws.")


PATCHES = (Patch(EventsHandler, "put_events", _put),)
"""Sources are looked at before anything is put."""
