"""Cases of requests: what a case leaves out, and its policies made ready."""

from typing import Any

from lambdas.policy.document import parse
from lambdas.policy.power import Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request
from tests.policy.account import text
from tests.policy.cases import Case

ALICE = "arn:aws:iam::111122223333:user/alice"
OBJECT = "arn:aws:s3:::bucket/key"
_ALLOWED_IF = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def asked(case: Case) -> Request:
    """The request of a case; without more, alice reads an object."""
    return Request(
        case.get("action", "s3:GetObject"),
        case.get("resource", OBJECT),
        case.get("principal", ALICE),
        resource_account=case.get("resource_account"),
        context=case.get("context"),
    )


def policies(case: Case) -> Policies:
    """The policies of a case; a condition alone is that of a statement that allows everything."""
    identity = case.get("identity", [])
    if "condition" in case:
        identity = [[{**_ALLOWED_IF, "Condition": case["condition"]}]]
    return Policies(
        identity=_sources("identity policy {}", identity),
        boundary=_source("permissions boundary", case.get("boundary")),
        scps=_levels("service control policy", case.get("scps", [])),
        rcps=_levels("resource control policy", case.get("rcps", [])),
        session=_source("session policy", case.get("session_policy")),
        resource=_source("resource policy", case.get("resource_policy")),
    )


def _source(says: str, document: Any) -> Source | None:
    return None if document is None else Source(says, parse(text(document)))


def _sources(says: str, documents: list[Any]) -> tuple[Source, ...]:
    return tuple(
        Source(says.format(number), parse(text(each))) for number, each in enumerate(documents, 1)
    )


def _levels(says: str, levels: list[Any]) -> tuple[tuple[Source, ...], ...]:
    return tuple(
        _sources(f"{says} {{}} of level {level}", documents)
        for level, documents in enumerate(levels, 1)
    )
