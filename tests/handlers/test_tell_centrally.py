"""The central account's function: what it is given by its queue, and what it gives back."""

import json
from types import ModuleType
from typing import Any
from unittest.mock import Mock

import pytest

from lambdas.service.ports import AlertNotSentError
from tests.handlers.conftest import Context, Start
from tests.service.fakes import FakeAlerts, FakeClock

FORGED = "{}"


def body(number: int) -> str:
    return json.dumps(
        {
            "source": "snapback",
            "detail-type": "Snapback Mail",
            "account": f"{number:012}",
            "region": "us-east-1",
            "detail": {"subject": f"[HIGH] eve {number}", "message": "text", "id": "1"},
        }
    )


def batch(*bodies: str) -> dict[str, Any]:
    records = [{"messageId": f"m{number}", "body": each} for number, each in enumerate(bodies)]
    return {"Records": records}


@pytest.fixture
def alerts() -> FakeAlerts:
    return FakeAlerts()


@pytest.fixture
def module(function: Start, alerts: FakeAlerts, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    made = function("tell_centrally")
    monkeypatch.setattr(made, "TopicAlerts", Mock(return_value=alerts))
    monkeypatch.setattr(made, "WallClock", FakeClock)
    return made


def given_back(answer: Any) -> list[str]:
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def test_what_was_told_is_not_given_back(module: ModuleType, alerts: FakeAlerts) -> None:
    assert given_back(module.handler(batch(body(1), body(2)), Context())) == []
    assert [each.subject for each in alerts.sent] == [
        "000000000001 [HIGH] eve 1",
        "000000000002 [HIGH] eve 2",
    ]


def test_what_is_no_mail_keeps_no_other_waiting(module: ModuleType, alerts: FakeAlerts) -> None:
    bodies = (FORGED, *(body(number) for number in range(4)))
    assert given_back(module.handler(batch(*bodies), Context())) == ["m0"]
    [mail] = alerts.sent
    assert mail.subject == "[HIGH] 4 mails of 4 accounts told together"


def test_what_is_no_mail_is_no_error_of_the_function(module: ModuleType) -> None:
    """Whoever may send to the bus would else have Lambda slow down for everybody."""
    assert given_back(module.handler(batch(FORGED), Context())) == ["m0"]


def test_what_sns_refused_is_given_back(module: ModuleType, alerts: FakeAlerts) -> None:
    alerts.refusals = 1
    assert given_back(module.handler(batch(body(1), body(2)), Context())) == ["m0"]


def test_where_nothing_can_be_sent_the_run_fails(module: ModuleType, alerts: FakeAlerts) -> None:
    alerts.refusals = 2
    with pytest.raises(AlertNotSentError, match="none of 2 mails"):
        module.handler(batch(FORGED, body(1), body(2)), Context())
