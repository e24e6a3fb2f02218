"""The front door: the HTTP server that everything in the sandbox calls."""

from sandbox.front.call import ApiCall
from sandbox.front.caller import Caller, Kind
from sandbox.front.credentials import Credentials
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
