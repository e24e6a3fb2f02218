"""All AWS-managed policies, each assessed by itself: seconds in total, and the worst one."""

import time
from collections.abc import Iterable

from bench.figure import Figure
from cli.aws_policies import aws_policies
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.document import document
from lambdas.policy.escalation import all_ways
from lambdas.policy.power import Power, Source
from lambdas.policy.reading import loaded

_ROUNDS = 3
_MILLISECONDS = 1000


def run() -> Iterable[Figure]:
    """Assess every policy as if it were all that a user has; the best of some rounds counts.

    Each round reads the documents anew, because what is found of a document is kept beside it.
    """
    rounds = [_round() for _ in range(_ROUNDS)]
    reading = min(sum(read for read, _ in each) for each in rounds)
    judging = min(sum(judged for _, judged in each) for each in rounds)
    worst = max(min(each) for each in zip(*([j for _, j in each] for each in rounds), strict=True))
    named = f"assess of {len(rounds[0]):,} AWS-managed policies"
    yield Figure(name=named, value=judging, unit="s", compared_with="aim: under 1 s")
    yield Figure(name="reading their documents before that", value=reading, unit="s")
    yield Figure(
        name="the worst one",
        value=worst * _MILLISECONDS,
        unit="ms",
        compared_with="aim: under 20 ms",
    )


def _round() -> list[tuple[float, float]]:
    """Seconds of reading and of judging each policy."""
    return [_timed(name, text) for name, (_, text) in aws_policies().documents.items()]


def _timed(name: str, text: str) -> tuple[float, float]:
    began = time.perf_counter()
    source = Source(name, document(loaded(text)))
    read = time.perf_counter()
    power = Power(
        subject=Subject(Kind.USER, "alice"),
        arn="arn:aws:iam::123456789012:user/alice",
        identity=(source,),
        variables={"aws:username": "alice"},
    )
    administrator(power)
    all_ways(power)
    return read - began, time.perf_counter() - read
