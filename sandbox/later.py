"""Later: work to be done after a while, by one thread."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable

Work = Callable[[], None]


class Later:
    """Runs work when it is due; what is not due at `stop` is dropped."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: list[tuple[float, int, Work]] = []
        self._order = itertools.count()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="later")
        self._thread.start()

    def after(self, seconds: float, work: Work) -> None:
        """Run ``work``, which must be quick and raise nothing, in ``seconds`` from now."""
        with self._changed:
            due = time.monotonic() + seconds
            heapq.heappush(self._due, (due, next(self._order), work))
            self._changed.notify_all()

    def stop(self) -> None:
        """Drop what is not due and end the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while (work := self._next()) is not None:
            work()

    def _next(self) -> Work | None:
        with self._changed:
            while not self._stopping:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(wait)
        return None
