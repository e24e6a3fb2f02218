"""Readings of moto's account, with the failures that moto has none of put in by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from lambdas.aws import clients
from lambdas.aws.account import LiveAccount
from lambdas.model.state import States
from lambdas.model.subject import Subject

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def read(*subjects: Subject) -> States:
    return LiveAccount().reading(subjects).states()


def read_changed(subject: Subject) -> States:
    return LiveAccount().reading((subject,), reach=subject).states()


def failing(monkeypatch: Any, client: Any, operation: str, error: Any) -> None:
    """Let one operation of a client fail, or answer as the error says if it is a function."""
    call = client._make_api_call

    def maybe(name: str, parameters: Any) -> Any:
        if name == operation:
            if isinstance(error, Callable):
                return error(call(name, parameters))
            raise error
        return call(name, parameters)

    monkeypatch.setattr(client, "_make_api_call", maybe)


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "Operation")


def counted(monkeypatch: Any, client: Any) -> list[str]:
    """The operations that a client is asked for from now on."""
    asked: list[str] = []
    call = client._make_api_call

    def noted(name: str, parameters: Any) -> Any:
        asked.append(name)
        return call(name, parameters)

    monkeypatch.setattr(client, "_make_api_call", noted)
    return asked


def mended(answer: Any) -> Any:
    """What moto leaves out of GetAccountAuthorizationDetails and AWS gives."""
    for policy in answer["Policies"]:
        live = clients.iam().get_policy(PolicyArn=policy["Arn"])["Policy"]
        policy.update({name: live[name] for name in ("PolicyId", "PolicyName")})
    return answer
