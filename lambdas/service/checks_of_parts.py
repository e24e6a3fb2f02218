"""The checks of the parts that hear and act: watches, functions, and what feeds the undos."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from shlex import quote

from lambdas.model.deployed import SeenFeed, SeenFunction, SeenWatch
from lambdas.service.checking import DEPLOY, Checking, Found

_WELL = frozenset({"Active", "Inactive", "Pending"})
"""A function that was not used for long is made ready again when it is.

https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
"""
_FED = frozenset({"Creating", "Enabled", "Enabling", "Updating"})
"""https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html."""

_ROLLOUT = timedelta(minutes=30)
"""How long the stacks of all regions may take, which are deployed one after another."""
_LOOK = "snapback config regions --check"


def watches(of: Checking) -> Found:
    """Whether every watch of every region is enabled and brings its events to somebody."""
    found = of.sensor.watches()
    coming = _coming(found, of)
    seen = [each for each in found if each.region not in coming]
    home = of.settings.home_region
    ours = sum(each.region == home for each in seen)
    if not ours:
        return _nothing("watches")
    faulty = {_named(each, home): (each, fault) for each in seen for fault in _of_watch(each, of)}
    further = f", and so are all {len(seen) - ours} in further regions" * (len(seen) > ours)
    well = f"all {ours} watches are enabled and have their targets{further}"
    judged = _judged({name: fault for name, (_, fault) in faulty.items()}, well)
    is_unknown = bool(faulty) and all(watch.unread for watch, _ in faulty.values())
    return replace(judged, unknown=is_unknown)


def _coming(seen: Sequence[SeenWatch], of: Checking) -> frozenset[str]:
    """The further regions that a deployment has not come to yet: in these there is no watch."""
    if not _is_under_way(of):
        return frozenset()
    there = {each.region for each in seen if each.state is not None or each.unread}
    return frozenset({each.region for each in seen} - there - {of.settings.home_region})


def _is_under_way(of: Checking) -> bool:
    """Whether a deployment may still be changing watches, after the function that looks at them."""
    deployed = of.sensor.deployed()
    return deployed is not None and of.clock.now() - deployed <= _ROLLOUT


def _named(watch: SeenWatch, home: str) -> str:
    return watch.name if watch.region == home else f"{watch.name} in {watch.region}"


def _of_watch(watch: SeenWatch, of: Checking) -> list[tuple[str, str]]:
    where = f"--name {watch.name} --region {watch.region}"
    if watch.unread:
        return [(f"could not be read: {watch.unread}", _LOOK)]
    if watch.state is None:
        return [("is gone", DEPLOY)]
    if watch.state == "DISABLED":
        return [("is disabled", f"aws events enable-rule {where}")]
    if not watch.targets:
        return [("brings its events to no part of Snapback", DEPLOY)]
    if watch.meant is None or _is_under_way(of):
        return []
    put = f"aws events put-rule {where} --event-pattern {quote(watch.meant)}"
    return [("asks for other events than it should", put)]


def functions(of: Checking) -> Found:
    """Whether every function can run, and as often at once as it was deployed to."""
    seen = of.sensor.functions()
    if not seen:
        return _nothing("functions")
    faults = {each.name: (says, mend) for each in seen for says, mend in _of_function(each)}
    return _judged(faults, f"all {len(seen)} functions are active and not limited")


def _of_function(function: SeenFunction) -> list[tuple[str, str]]:
    if function.state is None:
        return [("is gone", DEPLOY)]
    if function.reserved is not None:
        says = f"may run {function.reserved} times at once, and was deployed without a limit"
        mend = f"aws lambda delete-function-concurrency --function-name {function.name}"
        return [(says, mend)]
    if function.state not in _WELL:
        return [(f"is {function.state}", DEPLOY)]
    return [("failed its last update", DEPLOY)] if function.last_update == "Failed" else []


def feeds(of: Checking) -> Found:
    """Whether the undoing function, where there is one, is handed the messages of its queue."""
    seen = of.sensor.feeds()
    faults = {each.id: (says, mend) for each in seen for says, mend in _of_feed(each)}
    return _judged(faults, "the undo queue is worked off" if seen else "nothing is undone here")


def _of_feed(feed: SeenFeed) -> list[tuple[str, str]]:
    if feed.state is None:
        return [("is gone", DEPLOY)]
    if feed.state in _FED:
        return []
    enable = f"aws lambda update-event-source-mapping --uuid {feed.id} --enabled"
    return [(f"is {feed.state}", enable)]


def _nothing(parts: str) -> Found:
    """A stack without them is no stack of ours: something hides them."""
    return Found(f"the deployed stack has no {parts}", (DEPLOY,), (parts,))


def _judged(faults: dict[str, tuple[str, str]], well: str) -> Found:
    """What is told of faults by the name of their part; ``well`` where there are none."""
    if not faults:
        return Found(well)
    says = "; ".join(f"{name} {says}" for name, (says, _) in sorted(faults.items()))
    return Found(says, tuple(dict.fromkeys(mend for _, mend in faults.values())), tuple(faults))
