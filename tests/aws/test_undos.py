import pytest

from lambdas.aws import clients
from lambdas.aws.undos import MalformedRequestError, NoUndos, QueuedUndos, requested


def test_a_message_names_the_incident_and_no_calls(aws: None) -> None:
    url = clients.sqs().create_queue(QueueName="undos")["QueueUrl"]
    QueuedUndos(clients.sqs(), url).request("20260301-1")
    [message] = clients.sqs().receive_message(QueueUrl=url)["Messages"]
    assert message["Body"] == '{"incident": "20260301-1", "look": 0}'
    assert requested(message["Body"]) == ("20260301-1", 0)


def test_a_look_comes_after_a_while(aws: None) -> None:
    url = clients.sqs().create_queue(QueueName="undos")["QueueUrl"]
    QueuedUndos(clients.sqs(), url).request("20260301-1", after=1, look=2)
    assert "Messages" not in clients.sqs().receive_message(QueueUrl=url, WaitTimeSeconds=0)
    [message] = clients.sqs().receive_message(QueueUrl=url, WaitTimeSeconds=3)["Messages"]
    assert requested(message["Body"]) == ("20260301-1", 2)


def test_a_message_of_a_former_version_asks_for_the_undo_itself() -> None:
    assert requested('{"incident": "20260301-1"}') == ("20260301-1", 0)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"20260301-1"',
        "{}",
        '{"incident": 1}',
        '{"incident": null}',
        '{"incident": "20260301-1", "look": "1"}',
        '{"incident": "20260301-1", "look": true}',
        '{"incident": "20260301-1", "look": -1}',
    ],
)
def test_what_names_no_incident_is_malformed(body: str) -> None:
    with pytest.raises(MalformedRequestError):
        requested(body)


def test_without_a_queue_an_undo_is_a_contradiction() -> None:
    with pytest.raises(RuntimeError, match="there is no undo queue"):
        NoUndos().request("20260301-1")
