"""Callers: who invokes a function, which Lambda does not tell it, proven by a call to STS.

The caller signs sts:GetCallerIdentity together with a digest of what is asked, and hands over the
signed headers instead of sending them. Whoever sends them learns from AWS who signed, and can do
nothing else with them.
https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

import botocore.parsers
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from lambdas.model.actor import Actor
from lambdas.model.arn import Arn

if TYPE_CHECKING:
    from botocore.credentials import Credentials
    from mypy_boto3_sts import STSClient

DIGEST = "X-Snapback-Asked"
"""The header that binds a proof to one question."""

_BODY = "Action=GetCallerIdentity&Version=2011-06-15"
_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
_HEADERS = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token", DIGEST)
_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=[^\s,;=]+, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}"
)
"""What an Authorization header is, whole: one that names its headers twice can be read in two ways.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""
_OK = 200


class UnprovenError(Exception):
    """Who asked is not known; the message says why."""


def proof(asked: str, credentials: "Credentials", sts: "STSClient") -> dict[str, str]:
    """The signed headers by which another one can ask STS who has these credentials."""
    request = _request(asked, sts)
    SigV4Auth(credentials, "sts", sts.meta.region_name).add_auth(request)
    return {name: request.headers[name] for name in _HEADERS if name in request.headers}


def caller(asked: str, given: Mapping[str, str], sts: "STSClient", account: str) -> Actor:
    """Who of the account signed the question.

    Raises:
        UnprovenError: the proof is of another question or account, or STS does not take it.
    """
    signed = _SIGNED.fullmatch(given.get("Authorization", ""))
    if signed is None or DIGEST.lower() not in signed[1].split(";"):
        raise UnprovenError(f"the proof leaves out {DIGEST}: use this version's command line")
    request = _request(asked, sts)
    for name in _HEADERS:
        if name in given and name != DIGEST:
            request.headers[name] = given[name]
    answer = URLLib3Session(timeout=10).send(request.prepare())
    if answer.status_code != _OK:
        raise UnprovenError(f"STS does not know who asked: it answers {answer.status_code}")
    by = _actor(answer, sts)
    if by.account != account:
        raise UnprovenError(f"{by} is of another account than {account}")
    return by


def _request(asked: str, sts: "STSClient") -> AWSRequest:
    digest = sha256(asked.encode()).hexdigest()
    headers = {"Content-Type": _TYPE, DIGEST: digest}
    return AWSRequest("POST", f"{sts.meta.endpoint_url}/", headers, _BODY)


def _actor(answer: AWSResponse, sts: "STSClient") -> Actor:
    """Who signed, as an event's userIdentity would have it: of a role without its path."""
    operation = sts.meta.service_model.operation_model("GetCallerIdentity")
    parser = botocore.parsers.create_parser(operation.metadata["protocol"])
    if operation.output_shape is None:
        raise UnprovenError("botocore does not know what STS answers")
    response = {"status_code": _OK, "headers": answer.headers, "body": answer.content}
    identity = parser.parse(response, operation.output_shape)
    arn = Arn.parse(identity["Arn"])
    if arn is None:
        raise UnprovenError(f"STS answers {identity['Arn']!r}, which is no ARN")
    kind, _, rest = arn.resource.partition("/")
    if kind != "assumed-role":
        return Actor(kind=_KINDS.get(kind, kind), arn=str(arn), account=arn.account)
    role, _, session = rest.partition("/")
    issuer = Arn(arn.partition, "iam", "", arn.account, f"role/{role}")
    return Actor(kind="AssumedRole", arn=str(issuer), account=arn.account, session=session)


_KINDS = {"root": "Root", "user": "IAMUser", "federated-user": "FederatedUser"}
"""How a resource begins -> the word for it in a userIdentity element."""
