"""Drilling: the attacks prepared together, then played one after the other to their end."""

from collections.abc import Iterable

from botocore.exceptions import BotoCoreError, ClientError

from cli.company import ON_CALL
from cli.drill.attack import Answers, Attack, Deed, distinct
from cli.drill.by_hand import NotDoneError, reverted
from cli.drill.drilled import BY_HAND, HELD, UNSEEN, Drilled
from cli.drill.mode import mode
from cli.stage import THIEF, Stage
from lambdas.calls.watched import WatchedCall
from lambdas.model.incident import Incident
from lambdas.model.revert import Call, Irreversible


class NotPreparedError(RuntimeError):
    """The account could not be brought to where the attacks begin; the message says why."""


def prepare(attacks: Iterable[Attack], stage: Stage) -> Answers:
    """Do all that attacks need, and have the account swept, so that it is known as it is then.

    Raises:
        NotPreparedError: a deed or the sweep failed.
    """
    answers: Answers = {}
    stage.sandbox.as_user(ON_CALL)  # whose access key is then there in every state
    _done(distinct(deed for attack in attacks for deed in attack.needs), answers, stage)
    swept = stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    if swept.error is not None:
        raise NotPreparedError(f"the sweep failed: {swept.payload.decode(errors='replace')}")
    stage.settle()
    return answers


def _done(deeds: Iterable[Deed], answers: Answers, stage: Stage) -> None:
    for deed in deeds:
        try:
            answers[deed.key] = deed.made(stage.sandbox.operator, answers)
        except (ClientError, BotoCoreError) as error:
            raise NotPreparedError(f"{deed.action} of {deed.parameters}: {error}") from error


def drill(entry: WatchedCall, attack: Attack, answers: Answers, stage: Stage) -> Drilled:
    """Play one attack; whatever its mode leaves to a person is then done by one.

    Raises:
        NotPreparedError: the attack, or what it needs just before it, could not be done.
    """
    sandbox = stage.sandbox
    _done(attack.just_before, answers, stage)
    mails, invocations = len(sandbox.mailbox), len(sandbox.invocations)
    failures, before = sandbox.failures, sandbox.snapshot()
    try:
        stage.attack(lambda it: attack.deed.made(it.thief, answers, THIEF))
    except (ClientError, BotoCoreError) as error:
        raise NotPreparedError(f"{attack.call} could not be made: {error}") from error
    stage.settle()
    sandbox.drop_delayed()  # the looks at this undo, which would come in on the next one's way
    incident = _incident(stage.incidents(sandbox.invocations[invocations:]), attack)
    wrong = [f"{each.what}: {each.why}" for each in stage.failures_since(failures)]
    plan = _plan(incident)
    outcome, mailed = _outcome(incident), len(sandbox.mailbox) - mails
    if incident is not None and outcome == HELD and plan:
        outcome = BY_HAND
        try:
            reverted(incident.id, stage)
        except NotDoneError as error:
            wrong.append(str(error))
        stage.settle()
    return Drilled(
        call=attack.call,
        family=str(entry.family),
        mode=mode(entry),
        verdict=incident.verdict.severity if incident else None,
        mailed=mailed,
        plan=tuple(call.command() for call in plan),
        outcome=outcome,
        equal=sandbox.snapshot() == before,
        reason=_reason(incident),
        failures=wrong,
    )


def _incident(incidents: Iterable[Incident], attack: Attack) -> Incident | None:
    """The attack's own, not those of the calls that undid it."""
    found = (each for each in incidents if each.planned_by is None)
    return next((each for each in found if each.change.call == attack.call), None)


def _plan(incident: Incident | None) -> tuple[Call, ...]:
    if incident is None or isinstance(incident.revert, Irreversible):
        return ()
    return incident.revert


def _outcome(incident: Incident | None) -> str | None:
    if incident is None:
        return None
    return str(incident.outcome.ending) if incident.outcome else HELD


def _reason(incident: Incident | None) -> str | None:
    """Why no calls exist, else why they are held, else how they ended."""
    if incident is None:
        return UNSEEN
    if isinstance(incident.revert, Irreversible):
        return incident.revert.reason
    return incident.held or (incident.outcome.says if incident.outcome else None)
