"""Lag: IAM's reads answered from the state of a while ago, as IAM's own may be.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from moto.iam.models import iam_backends


class Past:
    """What IAM held before each of the last writes; its methods are called in IAM's turn."""

    def __init__(self, account: str) -> None:
        self._account = account
        self._kept: list[tuple[float, dict[str, Any]]] = []

    def keep(self, lag: float) -> None:
        """Keep the state that a write is about to change, for as long as reads may show it."""
        now = time.monotonic()
        younger = [each for each in self._kept if each[0] > now - lag]
        self._kept = [*younger, (now, deepcopy(vars(self._backend())))]

    @contextmanager
    def seen(self, lag: float) -> Iterator[None]:
        """Let IAM be as it was so many seconds ago for the length of the block."""
        moment = time.monotonic() - lag
        former = next((state for until, state in self._kept if until > moment), None)
        backend = self._backend()
        now = backend.__dict__
        backend.__dict__ = now if former is None else former
        try:
            yield
        finally:
            backend.__dict__ = now

    def _backend(self) -> Any:
        return iam_backends[self._account]["aws"]
