"""Mails become events for the central bus, and events become mails."""

import json

import pytest

from lambdas.aws.central import NotForwardedError, forward, mail

BUS = "arn:aws:events:us-east-1:999988887777:event-bus/Snapback"


class Events:
    def __init__(self, failed=0):
        self.entries = []
        self._failed = failed

    def put_events(self, *, Entries):  # noqa: N803 - as boto3 names it
        self.entries += Entries
        return {"FailedEntryCount": self._failed, "Entries": [{"ErrorCode": "Throttled"}]}


def brought(message, subject="[HIGH] eve"):
    return [{"Sns": {"Subject": subject, "Message": message, "MessageId": "1"}}]


def sent(message, **more):
    client = Events()
    assert forward(client, BUS, brought(message, **more)) == 1
    [entry] = client.entries
    return entry, json.loads(entry["Detail"])


def test_a_mail_is_sent_whole():
    entry, detail = sent('what "eve" did,\nwith ü')
    assert (entry["EventBusName"], entry["Source"]) == (BUS, "snapback")
    assert detail == {"subject": "[HIGH] eve", "message": 'what "eve" did,\nwith ü', "id": "1"}


def test_an_alarm_without_a_subject_has_one():
    assert sent("ALARM", subject=None)[1]["subject"] == "Snapback"


@pytest.mark.parametrize("letter", ["a", "ü", "\n", "😀"])
def test_what_is_too_long_is_cut_and_says_so(letter):
    entry, detail = sent(letter * 250_000)
    assert len(entry["Detail"].encode()) < 256 * 1024
    assert detail["message"].endswith("[The rest is in the mail of the account itself.]")


def test_what_the_bus_refuses_is_raised():
    with pytest.raises(NotForwardedError, match="Throttled"):
        forward(Events(failed=1), BUS, brought("text"))


def test_the_account_of_a_mail_is_the_envelopes():
    subject, body = mail(
        {
            "account": "123456789012",
            "region": "us-east-1",
            "detail": {"subject": "x" * 99, "message": "text", "account": "999988887777"},
        }
    )
    assert body == "Account 123456789012, us-east-1\n\ntext"
    assert subject.startswith("123456789012 x")
    assert len(subject) == 99
