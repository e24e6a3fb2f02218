"""What is recorded outside the region of IAM's calls, and what a regional stack has there.

Its names are fixed: from the home region its parts are found without asking anybody for them.
"""

from collections.abc import Iterable

from lambdas.calls.wanted import wanted
from lambdas.calls.watched import Scope, WatchedCall
from lambdas.model.family import Family

NAMED = "snapback"
"""How the names of a regional stack's watches begin."""
LETTERS = "snapback-not-forwarded"
"""The queue of what a regional stack could not forward."""


def elsewhere(calls: Iterable[WatchedCall]) -> list[WatchedCall]:
    """The calls that are recorded in other regions, too."""
    return [call for call in calls if call.scope is not Scope.IAM_HOME]


def watches(calls: Iterable[WatchedCall]) -> list[str]:
    """The names of a regional stack's watches."""
    found = elsewhere(calls)
    others = {call.source for call in found if call.family is not Family.SELF}
    changes = (f"{NAMED}-changes-{source.partition('.')[0]}" for source in others)
    tampering = (f"{NAMED}-tampering-{each.name}" for each in wanted(found, stack="", ids={}))
    return sorted((*changes, *tampering))
