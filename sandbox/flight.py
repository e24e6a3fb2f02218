"""Flight: what the sandbox has begun and not yet finished."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class UnsettledError(TimeoutError):
    """Something was still in flight when the time was up; the message names it."""


class Flight:
    """Counts, by name, what is under way; safe to use from many threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._under_way: Counter[str] = Counter()

    def begin(self, name: str) -> None:
        """Note that something has begun; every `begin` needs its `end`."""
        with self._changed:
            self._under_way[name] += 1

    def end(self, name: str) -> None:
        """Note that it is over."""
        with self._changed:
            self._under_way[name] -= 1
            if not self._under_way[name]:
                del self._under_way[name]
            self._changed.notify_all()

    @contextmanager
    def during(self, name: str) -> Iterator[None]:
        """Something is under way while this block runs."""
        self.begin(name)
        try:
            yield
        finally:
            self.end(name)

    def settle(self, timeout: float, waiting: Callable[[], list[str]]) -> None:
        """Wait until nothing is under way and nothing is waiting to be taken up.

        Args:
            timeout: seconds.
            waiting: names what is not begun but will be without anybody's doing.

        Raises:
            UnsettledError: something was left when the time was up.
        """
        until = time.monotonic() + timeout
        with self._changed:
            while left := self._left(waiting()):
                if not self._changed.wait(until - time.monotonic()):
                    raise UnsettledError(f"after {timeout:g} s in flight: {'; '.join(left)}")

    def _left(self, waiting: list[str]) -> list[str]:
        return [f"{name} ({count})" for name, count in self._under_way.items()] + waiting
