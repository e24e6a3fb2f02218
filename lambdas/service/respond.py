"""Responding: whether a change is undone without a person, and if not, why not."""

from collections.abc import Callable
from dataclasses import dataclass

from lambdas.calls import CATALOG
from lambdas.calls.self_undone import passes_a_role
from lambdas.calls.watched import IAM
from lambdas.model.change import Change
from lambdas.model.finding import Certainty, Finding
from lambdas.model.revert import Irreversible, Revert
from lambdas.model.state import State, States, Unknown
from lambdas.model.verdict import Verdict
from lambdas.service.giving import gives_back
from lambdas.settings import Settings

UNKNOWN_TARGET = "the event does not say what was changed"
_OWN = (
    "`snapback doctor` says what puts it back, or deploy Snapback again with `snapback deploy "
    "--revert-drift`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that decides about an undo."""

    change: Change
    verdict: Verdict
    before: States | Unknown
    after: States
    revert: Revert
    settings: Settings
    attributed: bool
    """Whether what was found comes from this change."""


def calls_for_undo(finding: Finding) -> bool:
    """Whether a finding is grave and sure enough to undo a change for, and nobody agreed to it."""
    if finding.accepted is not None:
        return False
    return finding.severity.mailed and finding.certainty is not Certainty.POSSIBLE


def grave(verdict: Verdict) -> bool:
    """Whether anything in a verdict calls for an undo."""
    return any(calls_for_undo(finding) for finding in verdict.findings)


def revert(change: Change, before: States | Unknown, after: States) -> Revert:
    """The calls that undo a change, or why there are none."""
    entry = CATALOG.get((change.source, change.name))
    if entry is None:
        return Irreversible(f"{change.call} is not in the catalogue")
    if change.subject is None:
        return Irreversible(UNKNOWN_TARGET)
    if (reason := entry.refusal(after.of(change.subject))) is not None:
        return Irreversible(reason)
    if isinstance(before, Unknown):
        if not change.fresh:
            return Irreversible(f"what was there before is not known: {before.reason}")
        before = change.taken_back_in(after, None)
    return entry.revert(change, before.of(change.subject), after.of(change.subject))


def held(situation: Situation) -> str | None:
    """Why the revert is not made without a person; None where it is made."""
    return next((reason for check in _CHECKS if (reason := check(situation))), None)


def _hidden(situation: Situation) -> str | None:
    return UNKNOWN_TARGET if situation.change.subject is None else None


def _harmless(situation: Situation) -> str | None:
    return None if grave(situation.verdict) else "nothing was found that calls for an undo"


def _of_another(situation: Situation) -> str | None:
    if situation.attributed:
        return None
    return "what was found comes from another change beside this one"


def _not_set(situation: Situation) -> str | None:
    family = situation.change.family
    if family is not None and situation.settings.reverts(family):
        return None
    return f'the response to {family or "unknown calls"} is set to "alert"'


def _trusted(situation: Situation) -> str | None:
    actor = situation.change.actor
    return f"{actor} is listed in trustedActors" if situation.settings.trusts(actor.arn) else None


def _deployer(situation: Situation) -> str | None:
    change = situation.change
    if change.own and situation.settings.deploys(change.actor.arn, change.account):
        return f"{change.actor} is listed in deployActors"
    return None


def _own_identity(situation: Situation) -> str | None:
    """The template denies it, whatever the settings say."""
    change = situation.change
    if change.own and change.source == IAM:
        return f"{change.subject} is Snapback's own, which no undo may touch: {_OWN}"
    return None


def _service(situation: Situation) -> str | None:
    service = situation.change.actor.invoked_by
    if service is None or situation.settings.reverts_via(service):
        return None
    return f"{service} made the call on somebody's behalf, and viaServices leaves that to a person"


def _protected(situation: Situation) -> str | None:
    state = _live(situation)
    if state is None or not situation.settings.protects(state.arn):
        return None
    return f"{state.arn} is listed in protectedPrincipals"


def _irreversible(situation: Situation) -> str | None:
    return situation.revert.reason if isinstance(situation.revert, Irreversible) else None


def _unchanged(situation: Situation) -> str | None:
    return None if situation.revert else "the call changed nothing: it was like that before"


def _gives_back(situation: Situation) -> str | None:
    if isinstance(situation.before, Unknown):
        return None
    return gives_back(situation.change, situation.before)


def _manual(situation: Situation) -> str | None:
    """Of what harms nobody by itself, or whose undo always gives."""
    entry = CATALOG.get((situation.change.source, situation.change.name))
    return "its undo is left to a person" if entry and entry.manual else None


def _passes(situation: Situation) -> str | None:
    """Roles are passed to CloudTrail alone; a target in another region is reached by one."""
    calls = () if isinstance(situation.revert, Irreversible) else situation.revert
    if not any(map(passes_a_role, calls)):
        return None
    return "it names a role to EventBridge, which no role of Snapback's may: a person makes it"


def _live(situation: Situation) -> State | None:
    subject = situation.change.subject
    return situation.after.of(subject) if subject else None


_CHECKS: tuple[Callable[[Situation], str | None], ...] = (
    _hidden,
    _harmless,
    _of_another,
    _irreversible,
    _unchanged,
    _gives_back,
    _manual,
    _passes,
    _own_identity,
    _not_set,
    _trusted,
    _deployer,
    _service,
    _protected,
)
"""In this order: the first reason is the one that people read."""
