"""The heartbeat outside: a good minute, reported to a service that no account of ours can silence.

Its address is read from a parameter of SSM, each time: it is in no template, log or variable.
https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
"""

from typing import Any

from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session

_PATIENCE = 3
"""Seconds: the next minute comes soon."""
_HTTPS = "https://"
_GOOD = 200
"""How HTTP begins to count what went well."""


class UnreportedError(Exception):
    """A good minute was not reported; the message says why, without the address."""


def report(ssm: Any, parameter: str) -> None:
    """Report a good minute by asking for the address, without following where it leads.

    Raises:
        UnreportedError: it was not, or nobody knows.
    """
    try:
        address = ssm.get_parameter(Name=parameter, WithDecryption=True)["Parameter"]["Value"]
        status = _asked(address.strip()) if address.startswith(_HTTPS) else None
    except Exception as error:  # noqa: BLE001 - whatever it is, its own text may hold the address
        raise UnreportedError(type(error).__name__) from None
    if status is None:
        raise UnreportedError(f"the parameter {parameter} holds no {_HTTPS} address")
    if not _GOOD <= status < _GOOD + 100:
        raise UnreportedError(f"the answer was {status}")


def _asked(address: str) -> int:
    status: int = (
        URLLib3Session(timeout=_PATIENCE).send(AWSRequest("GET", address).prepare()).status_code
    )
    return status
