"""What is recorded outside the region of IAM's calls, and what a regional stack has there.

Its names are fixed: from the home region its parts are found without asking anybody for them.
"""

from collections.abc import Iterable, Mapping

from lambdas.calls.patterns import Asked, asked
from lambdas.calls.watched import Scope, WatchedCall

NAMED = "snapback"
"""How the names of a regional stack's watches begin."""
LETTERS = "snapback-not-forwarded"
"""The queue of what a regional stack could not forward."""


def elsewhere(calls: Iterable[WatchedCall]) -> list[WatchedCall]:
    """The calls that are recorded in other regions, too."""
    return [call for call in calls if call.scope is not Scope.IAM_HOME]


def watches(calls: Iterable[WatchedCall]) -> Mapping[str, Asked]:
    """The names of a regional stack's watches, in their order, and what each asks for."""
    found = asked(elsewhere(calls), stack=NAMED.capitalize(), ids={})
    named = {f"{NAMED}-{each.name.lower()}": each for each in found}
    return {name: named[name] for name in sorted(named)}
