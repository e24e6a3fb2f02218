"""API calls: an HTTP request, parsed with the service's own model."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model

_SCOPE = re.compile(r"Credential=(?P<key>[^/,]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/")
_SERVICES = {"monitoring": "cloudwatch"}
"""Signing name -> botocore's service name, where the two differ."""


class UnreadableCallError(ValueError):
    """The request is no call of a known service, or it is not signed; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiCall:
    """One call to AWS: what was asked for, with whose key, and from where.

    ``service`` is botocore's name (``iam``, ``lambda``, ``events``), ``operation`` and the names
    in ``parameters`` are the SDK's.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    access_key: str
    source_address: str
    user_agent: str
    protocol: str = "json"
    """How the caller speaks: ``query``, ``json``, ``rest-json`` or ``rest-xml``."""

    def __str__(self) -> str:
        return f"{self.service}:{self.operation}"


def parse(request: Request) -> ApiCall:
    """The call that a signed request makes.

    Raises:
        UnreadableCallError: the request is not signed with Signature Version 4, or the service's
            model knows no such operation.
    """
    signed = _SCOPE.search(request.headers.get("Authorization", ""))
    if signed is None:
        raise UnreadableCallError(f"{request.method} {request.path} is not signed")
    service = _SERVICES.get(signed["service"], signed["service"])
    operation, parameters, protocol = _operation(service, request)
    return ApiCall(
        service=service,
        operation=operation,
        parameters=parameters,
        region=signed["region"],
        access_key=signed["key"],
        source_address=request.headers.get("X-Forwarded-For") or request.remote_addr or "",
        user_agent=request.headers.get("User-Agent", ""),
        protocol=protocol,
    )


def _operation(service: str, request: Request) -> tuple[str, Mapping[str, Any], str]:
    try:
        operation, in_path = get_service_router(service).match(request)
        model = get_service_model(service)
        protocol = determine_request_protocol(model, request.content_type)
        wire = {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.get_data(),
            "url_path": request.path,
            "url_params": in_path,
        }
        parameters = PROTOCOL_PARSERS[protocol](operation).parse(wire)
    except Exception as error:  # botocore, werkzeug and moto each raise their own for "unknown"
        raise UnreadableCallError(
            f"{request.method} {request.path} is no operation of {service}: {error!r}"
        ) from error
    return operation.name, parameters, protocol
