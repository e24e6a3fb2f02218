"""What regional stacks have, found by its fixed names in moto's other regions."""

import json
from threading import Event

import pytest
from botocore.exceptions import ClientError

from lambdas.aws import clients, elsewhere
from lambdas.aws.elsewhere import Region, regions
from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import LETTERS, watches

THERE = "eu-west-1"
BUS = "arn:aws:events:us-east-1:123456789012:event-bus/default"
NAMES = [*watches(CATALOG.values())]
FIRST = NAMES[0]


@pytest.fixture
def there(aws: None) -> Region:
    """A region as a regional stack leaves it."""
    elsewhere._url.cache_clear()
    events = clients.events(THERE)
    for name, asked in watches(CATALOG.values()).items():
        events.put_rule(Name=name, EventPattern=json.dumps(asked.pattern("123456789012")))
        events.put_targets(Rule=name, Targets=[{"Id": "Target0", "Arn": BUS}])
    clients.sqs(THERE).create_queue(QueueName=LETTERS)
    return seen()


def seen() -> Region:
    [found] = regions([THERE], BUS)
    return found


def first(found: Region) -> tuple[str | None, tuple[str, ...]]:
    [watch] = [each for each in found.watches if each.name == FIRST]
    return watch.state, watch.targets


def test_all_watches_are_enabled_and_nothing_waits(there):
    assert [each.name for each in there.watches] == NAMES
    assert {(each.region, each.state, each.targets, each.meant) for each in there.watches} == {
        (THERE, "ENABLED", (BUS,), None)
    }
    assert [(each.name, each.region, each.letters) for each in there.letters] == [
        (LETTERS, THERE, 0)
    ]


def test_a_disabled_watch(there):
    clients.events(THERE).disable_rule(Name=FIRST)
    assert first(seen()) == ("DISABLED", (BUS,))


def test_a_watch_that_brings_its_events_elsewhere_has_no_target(there):
    events = clients.events(THERE)
    events.remove_targets(Rule=FIRST, Ids=["Target0"])
    other = {"Id": "Target0", "Arn": f"arn:aws:sqs:{THERE}:123456789012:eve"}
    events.put_targets(Rule=FIRST, Targets=[other])
    assert first(seen()) == ("ENABLED", ())


def test_a_watch_that_asks_for_something_else(there):
    clients.events(THERE).put_rule(Name=FIRST, EventPattern='{"source":["aws.iam"]}')
    [watch] = [each for each in seen().watches if each.meant is not None]
    asked = watches(CATALOG.values())[FIRST]
    assert (watch.name, json.loads(watch.meant)) == (FIRST, asked.pattern("123456789012"))


def test_a_watch_that_is_gone(there):
    events = clients.events(THERE)
    events.remove_targets(Rule=FIRST, Ids=["Target0"])
    events.delete_rule(Name=FIRST)
    assert first(seen()) == (None, ())


def test_what_was_not_forwarded_waits(there):
    clients.sqs(THERE).send_message(QueueUrl=there.letters[0].url, MessageBody="{}")
    assert seen().letters[0].letters == 1


def test_a_queue_that_is_gone(there):
    clients.sqs(THERE).delete_queue(QueueUrl=there.letters[0].url)
    assert seen().letters[0].letters is None
    elsewhere._url.cache_clear()
    assert (seen().letters[0].name, seen().letters[0].letters) == (LETTERS, None)


def test_where_nothing_is_only_that_is_said(aws):
    found = seen()
    assert {each.state for each in found.watches} == {None}
    assert found.letters == ()


def refused(*_):
    raise ClientError({"Error": {"Code": "UnrecognizedClientException", "Message": "no"}}, "List")


def test_a_region_that_cannot_be_read_costs_the_others_nothing(there, monkeypatch):
    live = elsewhere._region
    monkeypatch.setattr(
        elsewhere, "_region", lambda name, bus: (live if name == THERE else refused)(name, bus)
    )
    unread, read = regions(["af-south-1", THERE], BUS)
    [watch] = unread.watches
    assert (watch.region, watch.state) == ("af-south-1", None)
    assert watch.unread.startswith("UnrecognizedClientException")
    assert read == there


def test_a_region_that_does_not_answer_is_not_waited_for(aws, monkeypatch):
    answered = Event()
    monkeypatch.setattr(elsewhere, "_DEADLINE", 0.01)
    monkeypatch.setattr(elsewhere, "_region", lambda *_: answered.wait())
    try:
        [watch] = seen().watches
    finally:
        answered.set()
    assert watch.unread == "no answer within 0 seconds"


def test_without_further_regions_nothing_is_asked():
    assert regions([], BUS) == ()
