"""Times: changes that are announced, and a time in which nothing is undone."""

from datetime import timedelta

from lambdas.model.actor import Actor
from lambdas.model.arn import Arn
from lambdas.model.decision import Expectation, Pause
from lambdas.service.deciding.job import (
    Answer,
    Deciding,
    Question,
    RefusedError,
    seconds,
    tell,
    text,
    whoever,
)
from lambdas.service.wording import shown

LONGEST = timedelta(days=1)
"""An announcement, or a pause, that holds for longer is a gap."""


def expect(question: Question, by: Actor, of: Deciding) -> Answer:
    """Announce calls of one principal: they are recorded, and not undone.

    Raises:
        RefusedError: the principal is no user's or role's ARN, or the time too long.
    """
    principal, call = text(question, "principal"), text(question, "call")
    arn = Arn.parse(principal)
    if arn is None or arn.service != "iam" or ":" not in call:
        says = "the ARN of a user or role, and a call such as iam:AttachUserPolicy"
        raise RefusedError(f"{principal!r} and {call!r} are given; allowed are {says}")
    now = of.clock.now()
    until = now + seconds(question, "seconds", LONGEST)
    whom = f"{shown(call)} by {shown(principal)}"
    tell(
        by,
        f"announced {whom}",
        (f"  Until {until:%Y-%m-%d %H:%M:%S} UTC it is recorded, and neither mailed nor undone.",),
        of,
    )
    of.decisions.expect(
        Expectation(by=whoever(by), at=now, until=until, principal=principal, call=call)
    )
    return {"principal": principal, "call": call, "until": until.isoformat()}


def pause(question: Question, by: Actor, of: Deciding) -> Answer:
    """Let nothing be undone without a person, for a time; alerts go out as ever."""
    now = of.clock.now()
    until = now + seconds(question, "seconds", LONGEST)
    tell(
        by,
        f"paused all undoing until {until:%Y-%m-%d %H:%M:%S} UTC",
        (
            "  Changes are still judged and mailed. Nothing is undone meanwhile, nor afterwards:",
            "  what happens in this time is left to people. `snapback resume` ends it.",
        ),
        of,
    )
    of.decisions.pause(Pause(by=whoever(by), at=now, until=until))
    return {"until": until.isoformat()}


def resume(_: Question, by: Actor, of: Deciding) -> Answer:
    """Let undoing go on."""
    paused = of.decisions.paused()
    if paused is not None:
        tell(by, "ended the pause: risky changes are undone again where settings say so", (), of)
    of.decisions.resume()
    return {"paused": paused is not None}
