"""Which documents of a power matter: most name nothing that a way up or an administrator needs."""

from dataclasses import replace
from functools import cache, lru_cache

from lambdas.policy.administrator import GRANTS, REACH, may_be_administrator
from lambdas.policy.chains.boundary import LIFTING
from lambdas.policy.document import Document
from lambdas.policy.escalation.path import Path
from lambdas.policy.escalation.paths import named_paths
from lambdas.policy.escalation.places import REACHING
from lambdas.policy.source import Power

_KEPT = 65536
"""Documents, with the actions that they were asked for, of which the answer is kept."""
_ALWAYS = frozenset(action.lower() for action in REACHING)
_LIFTING = frozenset(action.lower() for action in LIFTING)
_PROBES = frozenset(probe.action.lower() for probe in (*GRANTS, *REACH))


def relevant(power: Power) -> Power:
    """The power without the documents that decide about no way up that its policies may open."""
    documents = [source.document for source in power.identity]
    wanted = _wanted(named_paths(documents), may_be_administrator(documents))
    if power.boundary_arn is not None:
        wanted |= _LIFTING
    return replace(
        power, identity=tuple(each for each in power.identity if _names(each.document, wanted))
    )


@cache
def _wanted(paths: tuple[Path, ...], administers: bool) -> frozenset[str]:
    needed = (action.lower() for path in paths for action in path.needed)
    return _ALWAYS.union(needed, _PROBES if administers else ())


@lru_cache(maxsize=_KEPT)
def _names(document: Document, wanted: frozenset[str]) -> bool:
    return any(True for action in wanted for _ in document.naming(action))
