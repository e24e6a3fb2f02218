"""The backend: moto's own application, called with a whole request and heard to the end."""

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sandbox.front.answers import Answer

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_IN_TURN = {"iam": "iam", "sts": "iam", "dynamodb": "dynamodb", "cloudtrail": "cloudtrail"}
"""Service -> the state that its calls change.

Calls on one of these states wait for each other: moto has no locks of its own, and a conditional
write must be one step.
"""


class Backend:
    """moto, safe to call from many threads."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._locks = {state: threading.Lock() for state in _IN_TURN.values()}

    def answer(
        self,
        environ: Environ,
        service: str | None = None,
        within: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> Answer:
        """What moto answers; ``service`` is None where the request names none.

        ``within`` is entered when it is the request's turn.
        """
        heard: list[tuple[str, tuple[tuple[str, str], ...]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            heard.append((status, tuple(headers)))

        with self._turn(service), within():
            body = b"".join(self._app(environ, start))
        status, headers = heard[-1]
        return Answer(status, headers, body)

    def _turn(self, service: str | None) -> AbstractContextManager[object]:
        state = _IN_TURN.get(service or "")
        return self._locks[state] if state else nullcontext()
