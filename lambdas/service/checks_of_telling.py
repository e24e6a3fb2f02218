"""The checks of what reaches people: subscriptions, dead letters, mails, and the canary."""

from datetime import datetime, timedelta

from lambdas.model.deployed import SeenQueue
from lambdas.model.incident import DUE, Incident
from lambdas.service.checking import DEPLOY, Checking, Found
from lambdas.service.crowds import WITHIN
from lambdas.service.digest import LONGEST_WAIT

_RUNBOOK = 'what to do with a letter, queue by queue: docs/operations.md, "A dead-letter queue"'
_GATHERED = 3 * WITHIN
"""They are told ten minutes after the first one, by a function that runs every ten minutes."""
_PUT_OFF = timedelta(minutes=3)
"""What is put off, or owed, is told by the clock, a minute later; an outcome after two more."""
CANARY_WITHIN = timedelta(minutes=15)
"""In this time a canary's event must have come back: CloudTrail mostly takes seconds."""
_CANARY_EVERY = timedelta(hours=25)
"""It flies daily; an hour more is for a schedule that is late."""
_DIGEST = LONGEST_WAIT + timedelta(hours=3)
"""The sweep sends it once it is due, and runs each hour."""


def subscriptions(of: Checking) -> Found:
    """Whether each address of the settings has confirmed what is sent to it, on every topic."""
    seen = {(each.topic, each.endpoint): each.confirmed for each in of.sensor.subscriptions()}
    wanted = [(topic, to) for topic in of.sensor.topics() for to in of.settings.alert_emails]
    missing = [each for each in wanted if each not in seen]
    waiting = [each for each in wanted if seen.get(each) is False]
    if not missing and not waiting:
        return Found(f"all {len(wanted)} mail subscriptions are confirmed")
    says = [
        *(f"{to} is not subscribed to {_name(topic)}" for topic, to in missing),
        *(f"{to} has not confirmed its subscription to {_name(topic)}" for topic, to in waiting),
    ]
    mend = [
        *(_subscribe(topic, to) for topic, to in (*missing, *waiting)),
        "follow the link in the mail that AWS sends to the address",
    ]
    parts = tuple(f"{to} {_name(topic)}" for topic, to in (*missing, *waiting))
    return Found("; ".join(says), tuple(mend), parts)


def _subscribe(topic: str, address: str) -> str:
    """Subscribing once more sends the mail with the link again."""
    return (
        f"aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint {address}"
    )


def _name(arn: str) -> str:
    return arn.rpartition(":")[2]


def dead_letters(of: Checking) -> Found:
    """Whether nothing waits for a person in the dead-letter queues."""
    seen = of.sensor.dead_letters()
    full = [each for each in seen if each.letters]
    gone = [each for each in seen if each.letters is None]
    if not full and not gone:
        return Found(f"all {len(seen)} dead-letter queues are empty")
    says = [
        *(f"{each.letters} letters wait in {_of(each, of)}" for each in full),
        *(f"{_of(each, of)} is gone" for each in gone),
    ]
    mend = [
        *(
            f"aws sqs receive-message --queue-url {each.url} --region {each.region}"
            for each in full
        ),
        *(_RUNBOOK for _ in full[:1]),
        *(DEPLOY for _ in gone[:1]),
    ]
    return Found("; ".join(says), tuple(mend), tuple(_of(each, of) for each in (*full, *gone)))


def _of(queue: SeenQueue, of: Checking) -> str:
    """The queue's name, with its region where that is not the home."""
    is_home = queue.region == of.settings.home_region
    return queue.name if is_home else f"{queue.name} in {queue.region}"


def _since(incident: Incident) -> datetime:
    """Since when a mail about it is owed, at the earliest."""
    outcome = incident.outcome
    return incident.change.at if incident.alert in DUE or outcome is None else outcome.at


def mails(of: Checking) -> Found:
    """Whether no alert is owed, and no digest or crowd waits longer than it should."""
    now = of.clock.now()
    owed = [each.id for each in of.records.owed() if now - _since(each) > _PUT_OFF]
    late = [each for each, at in of.records.waiting().items() if now - at > _DIGEST]
    crowded = [each.incident for each in of.records.gathered() if now - each.at > _GATHERED]
    kinds = (
        ("owed", owed, "mails are owed: SNS does not take them"),
        ("digest", late, "incidents have waited too long for the digest"),
        ("crowd", crowded, "incidents have waited too long to be told together"),
    )
    faults = [(part, f"{len(found)} {says}") for part, found, says in kinds if found]
    if not faults:
        return Found("every mail that was due is out")
    mend = ("snapback baseline", "snapback doctor --send-test-alert")
    return Found("; ".join(says for _, says in faults), mend, tuple(part for part, _ in faults))


def canary(of: Checking) -> Found:
    """Whether a canary came back as an event of late, and the last one in time."""
    seen, heard, now = of.sensor.canary(), of.records.heard(), of.clock.now()
    if seen is None:
        return Found("the canary's policy is gone", (DEPLOY,), ("policy",))
    flown = seen.tagged or seen.made
    if now - flown > _CANARY_EVERY:
        return Found(f"no canary has flown since {_at(flown)}", _LOOK, ("grounded",))
    if heard is None and seen.tagged is None:
        return Found("no canary has flown since it was deployed")
    if heard is not None and heard >= flown:
        return Found(f"the canary of {_at(heard)} came back as an event")
    if abs(now - flown) <= CANARY_WITHIN:
        return Found(f"the canary of {_at(flown)} is on its way")
    return Found(f"the canary of {_at(flown)} has not come back as an event", _LOOK, ("lost",))


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


_LOOK = (
    "snapback doctor",
    "look whether a trail logs, and into the logs of the functions Canary and Evaluate",
)
