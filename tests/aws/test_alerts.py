from collections.abc import Iterator
from typing import Any, Never

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from lambdas.aws import clients
from lambdas.aws.alerts import TopicAlerts
from lambdas.model.mail import Mail
from lambdas.service.ports import AlertNotSentError

TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts"
MAIL = Mail("[CRITICAL] alice", "CRITICAL: alice\n")


@pytest.fixture
def sns(aws: None) -> Iterator[Stubber]:
    with Stubber(clients.sns()) as stub:
        yield stub


def test_a_mail_is_published_to_the_topic(sns: Stubber) -> None:
    published = {"TopicArn": TOPIC, "Subject": MAIL.subject, "Message": MAIL.body}
    sns.add_response("publish", {"MessageId": "m"}, published)
    TopicAlerts(clients.sns(), TOPIC).send(MAIL)
    sns.assert_no_pending_responses()


def test_a_mail_that_sns_refuses_is_not_sent(sns: Stubber) -> None:
    sns.add_client_error("publish", "KMSAccessDenied", "no")
    with pytest.raises(AlertNotSentError, match="KMSAccessDenied"):
        TopicAlerts(clients.sns(), TOPIC).send(MAIL)


def test_a_mail_that_does_not_reach_sns_is_not_sent(
    aws: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: Any) -> Never:
        raise EndpointConnectionError(endpoint_url="https://sns")

    monkeypatch.setattr(clients.sns()._endpoint, "make_request", unreachable)
    with pytest.raises(AlertNotSentError, match="EndpointConnectionError"):
        TopicAlerts(clients.sns(), TOPIC).send(MAIL)
