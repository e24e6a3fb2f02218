"""The door: who calls is found, asked for permission, answered, and recorded."""

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.front.hooks import Hooks

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Door:
    """The WSGI application in front of moto's; safe to call from many threads."""

    def __init__(self, inner: App, account: str, hooks: Hooks) -> None:
        self._inner = inner
        self._account = account
        self._hooks = hooks

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        return self._inner(environ, start_response)
