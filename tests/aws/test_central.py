"""Mails become events for the central bus, and events become mails."""

import json

import pytest

from lambdas.aws.central import MalformedMailError, NotForwardedError, forward, forwarded
from lambdas.model.forwarded import Forwarded

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


EVENT = {
    "source": "snapback",
    "detail-type": "Snapback Mail",
    "account": "123456789012",
    "region": "us-east-1",
    "detail": {"subject": "[HIGH] eve", "message": "text", "account": "999988887777"},
}


def test_the_account_of_a_mail_is_the_envelopes():
    assert forwarded(json.dumps(EVENT)) == Forwarded(
        account="123456789012", region="us-east-1", subject="[HIGH] eve", text="text"
    )


def test_what_is_forwarded_arrives_as_it_was():
    _, detail = sent("first\nsecond")
    found = forwarded(json.dumps({**EVENT, "detail": detail}))
    assert (found.subject, found.text) == ("[HIGH] eve", "first\nsecond")


MALFORMED = {
    "no JSON": ("{", "not JSON"),
    "JSON without an end": ("[" * 100_000, "not JSON"),
    "a list": ([EVENT], "the event is"),
    "another source": ({**EVENT, "source": "aws.iam"}, "'aws.iam'"),
    "another kind": ({**EVENT, "detail-type": "Other"}, "'Other'"),
    "no account": ({**EVENT, "account": "12345678901\n"}, "no account"),
    "an account that is no text": ({**EVENT, "account": 123456789012}, "account is int"),
    "no region": ({**EVENT, "region": None}, "region is NoneType"),
    "no detail": ({**EVENT, "detail": "text"}, "detail.subject is NoneType"),
    "a text that is none": (
        {**EVENT, "detail": {"subject": "s", "message": ["text"]}},
        "detail.message is list",
    ),
}


@pytest.mark.parametrize(("found", "why"), MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_mail_is_refused(found, why):
    body = found if isinstance(found, str) else json.dumps(found)
    with pytest.raises(MalformedMailError, match=why):
        forwarded(body)
