"""Timing: how long the sandbox waits where AWS waits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """AWS's own waits, each of which a test may shorten.

    ``retry_delays`` are the seconds before the first and the second retry of an asynchronous
    invocation that failed. ``redelivery`` is how many seconds a queue's message stays invisible
    after its handling failed; None means the queue's own visibility timeout. ``gathering`` is for
    how many seconds at most messages are gathered; None means the mapping's own batching window.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
    """

    retry_delays: tuple[float, float] = (60.0, 120.0)
    redelivery: float | None = None
    gathering: float | None = None
