"""Answers: error bodies as each protocol has them, and what an answer says."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.session import get_session

from sandbox.calls.call import ApiCall


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def request_id(self) -> str:
        """The id under which the service answered; a new one where it gave none."""
        named = {name.lower(): value for name, value in self.headers}
        return named.get("x-amzn-requestid") or str(uuid.uuid4())

    @property
    def failed(self) -> bool:
        """Whether the status is that of an error."""
        return not self.status.startswith(("2", "3"))


def refusal(protocol: str, status: int, code: str, message: str) -> Answer:
    """An error in the caller's protocol; one in JSON names its code for query callers, too."""
    request_id = str(uuid.uuid4())
    headers: list[tuple[str, str]] = [("x-amzn-RequestId", request_id)]
    if protocol in {"query", "rest-xml"}:
        headers.append(("Content-Type", "text/xml"))
        body = _xml(protocol, code, message, request_id)
    else:
        headers += [
            ("Content-Type", "application/x-amz-json-1.1"),
            ("x-amzn-ErrorType", code),
            ("x-amzn-query-error", f"{code};Sender"),
        ]
        body = json.dumps({"__type": code, "message": message, "Message": message})
    data = body.encode()
    headers.append(("Content-Length", str(len(data))))
    return Answer(f"{status} Error", tuple(headers), data)


def _xml(protocol: str, code: str, message: str, request_id: str) -> str:
    error = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if protocol == "rest-xml":
        return f"<Error>{error}<RequestId>{request_id}</RequestId></Error>"
    return (
        f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error>"
        f"<RequestId>{request_id}</RequestId></ErrorResponse>"
    )


def understood(call: ApiCall, answer: Answer) -> Mapping[str, Any]:
    """The answer as an SDK reads it, with ``Error`` where it is one."""
    operation = _model(call.service).operation_model(call.operation)
    wire = {
        "status_code": int(answer.status.split()[0]),
        "headers": _Headers(answer.headers),
        "body": answer.body,
    }
    output: Any = operation.output_shape  # None where an operation gives nothing back
    parsed: Mapping[str, Any] = create_parser(call.protocol).parse(wire, output)
    return parsed


class _Headers(dict[str, str]):
    """Headers under lower-case names, as botocore's parsers look for them."""

    def __init__(self, headers: Iterable[tuple[str, str]]) -> None:
        super().__init__({name.lower(): value for name, value in headers})


@cache
def _model(service: str) -> ServiceModel:
    return get_session().get_service_model(service)
