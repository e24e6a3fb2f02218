"""Happenings: a call with its answer, which is what a record is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.calls.call import ApiCall
from sandbox.calls.caller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One call, who made it, and what came of it.

    ``output`` has the SDK's names; ``error`` is the SDK's (code, message), None on success.
    """

    call: ApiCall
    caller: Caller
    at: datetime
    request_id: str
    output: Mapping[str, Any]
    error: tuple[str, str] | None = None
