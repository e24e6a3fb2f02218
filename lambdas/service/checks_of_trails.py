"""The check of the trails: EventBridge is told of a call only while a trail logs such events.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""

from collections.abc import Mapping

from lambdas.model.arn import Arn
from lambdas.model.state import ONLY, Part, State, States
from lambdas.rules.recording import FAR, recorded
from lambdas.service.checking import Checking, Found

_NONE = "no trail"
"""The part that is faulty where no trail logs what is needed."""
_CREATE = 'set "createTrail": true in cdk.json, and run make deploy'


def trails(of: Checking) -> Found:
    """Whether a trail logs what changes something here, and none was stopped without an event."""
    seen = of.sensor.trails()
    logging = [each for each in seen.known.values() if _logs(each, of.settings.home_region)]
    halted = [state.arn for state in seen.known.values() if stopped(state, of)]
    if halted:
        says = f"{len(halted)} trails were stopped and no event told of it: {', '.join(halted)}"
        return Found(says, tuple(_start(arn) for arn in halted), (*halted, *_none(logging)))
    if logging:
        return Found(f"{logging[0].arn} logs all management events that change something")
    return _uncovered(seen)


def stopped(state: State, of: Checking) -> bool:
    """Whether a trail does not log that did when it was last remembered, and nobody is at it."""
    if state.value(Part.LOGGING, ONLY) != "false" or state.unique_id in of.records.pending():
        return False
    former = of.records.before(state.unique_id, of.clock.now())
    return isinstance(former, State) and former.value(Part.LOGGING, ONLY) == "true"


def _uncovered(seen: States) -> Found:
    if seen.problems:
        says = "; ".join(problem.says for problem in seen.problems)
        return Found(f"the trails could not be read: {says}", ("snapback doctor",), unknown=True)
    idle = [each.arn for each in seen.known.values() if each.value(Part.LOGGING, ONLY) == "false"]
    says = "no trail logs the management events that change something in the home region"
    return Found(says, (*map(_start, sorted(idle)), _CREATE), (_NONE,))


def _none(logging: list[State]) -> tuple[str, ...]:
    return () if logging else (_NONE,)


def _logs(state: State, region: str) -> bool:
    """Whether a trail logs every management event of a region that changes something, IAM's too.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
    """
    settings = state.parts.get(Part.SETTINGS, {})
    arn = Arn.parse(state.arn)
    is_here = settings.get("IsMultiRegionTrail") == "true" or (arn and arn.region == region)
    has_iam = settings.get("IncludeGlobalServiceEvents") == "true"
    is_on = state.value(Part.LOGGING, ONLY) == "true"
    return bool(is_on and is_here and has_iam and _writes(state.parts.get(Part.SELECTORS)))


def _writes(selectors: Mapping[str, str] | None) -> bool:
    """Whether all that changes something is selected; selectors that are not read select nothing.

    A trail without selectors of its own logs all management events.
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
    """
    if not selectors:
        return selectors is not None
    return any(limits <= FAR for limits in recorded(selectors).writes)


def _start(arn: str) -> str:
    parsed = Arn.parse(arn)
    region = parsed.region if parsed else ""
    return f"aws cloudtrail start-logging --name {arn} --region {region}"
