"""The heartbeat outside: the address from SSM is asked for once, and never told to anybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ConnectTimeoutError

from lambdas.aws import clients, heartbeat
from lambdas.aws.heartbeat import UnreportedError, report

NAME = "/snapback/heartbeat-url"
ADDRESS = "https://beat.example.com/4f7a"


class Answer:
    def __init__(self, status: int) -> None:
        self.status_code = status


class Outside:
    """What is sent out, and what the service there answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        self.error: Exception | None = None

    def send(self, request: AWSPreparedRequest) -> Any:
        self.asked.append((request.method, request.url))
        if self.error is not None:
            raise self.error
        return Answer(self.status)


@pytest.fixture
def outside(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    clients.ssm().put_parameter(Name=NAME, Value=ADDRESS, Type="SecureString")
    there = Outside()
    monkeypatch.setattr(heartbeat, "URLLib3Session", lambda **given: _Session(there, given))
    return there


class _Session:
    def __init__(self, there: Outside, given: dict[str, Any]) -> None:
        assert given == {"timeout": 3}
        self._there = there

    def send(self, request: AWSPreparedRequest) -> Any:
        return self._there.send(request)


def test_a_good_minute_is_reported_once(outside: Outside) -> None:
    report(clients.ssm(), NAME)
    assert outside.asked == [("GET", ADDRESS)]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_whatever_is_no_success_is_said_so(outside: Outside, status: int) -> None:
    outside.status = status
    with pytest.raises(UnreportedError, match=f"the answer was {status}"):
        report(clients.ssm(), NAME)


def test_a_service_that_does_not_answer_is_named_without_its_address(outside: Outside) -> None:
    outside.error = ConnectTimeoutError(endpoint_url=ADDRESS)
    with pytest.raises(UnreportedError) as caught:
        report(clients.ssm(), NAME)
    assert str(caught.value) == "ConnectTimeoutError"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("held", ["http://beat.example.com/4f7a", "beat.example.com", "file:///x"])
def test_an_address_that_is_not_https_is_never_asked(outside: Outside, held: str) -> None:
    clients.ssm().put_parameter(Name=NAME, Value=held, Type="SecureString", Overwrite=True)
    with pytest.raises(UnreportedError) as caught:
        report(clients.ssm(), NAME)
    assert str(caught.value) == f"the parameter {NAME} holds no https:// address"
    assert outside.asked == []


def test_a_parameter_that_is_not_there_is_no_report(outside: Outside) -> None:
    with pytest.raises(UnreportedError, match="ParameterNotFound"):
        report(clients.ssm(), "/snapback/other")
    assert outside.asked == []
