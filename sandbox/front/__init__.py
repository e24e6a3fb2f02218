"""The front door: the HTTP server that everything in the sandbox calls."""

from sandbox.calls.call import ApiCall
from sandbox.calls.caller import Caller, Kind
from sandbox.calls.credentials import Credentials
from sandbox.front.hooks import Fault, Hooks, LoggedCall
from sandbox.front.server import Front

__all__ = [
    "ApiCall",
    "Caller",
    "Credentials",
    "Fault",
    "Front",
    "Hooks",
    "Kind",
    "LoggedCall",
]
