"""Decisions on requests over all AWS-managed policies, documents parsed once."""

import random
import time
from collections import Counter
from collections.abc import Iterable
from statistics import median

from bench.figure import Figure
from cli.aws_policies import aws_policies
from lambdas.policy.document import parse
from lambdas.policy.power import Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request
from lambdas.policy.ruling import decide_request

REQUESTS = 10_000
ROUNDS = 5
_MICRO = 1_000_000
_ALICE = "arn:aws:iam::123456789012:user/alice"
_CONTEXT = {"aws:username": "alice", "aws:SourceIp": "192.0.2.1", "aws:SecureTransport": "true"}

_Question = tuple[Policies, str, str]


def run() -> Iterable[Figure]:
    """Ask what documents themselves name, one after the other; requests are made anew each time."""
    questions = _questions(random.Random(0))  # noqa: S311 - repeatable, and no secret
    spent, results = zip(*(_asked(questions) for _ in range(ROUNDS)), strict=True)
    yield Figure(
        name=f"decision over AWS-managed policies ({results[0]})",
        value=median(spent) / len(questions) * _MICRO,
        unit="microseconds",
        compared_with="aim: under 10; existing engines take 270 to 4,000",
    )


def _asked(questions: list[_Question]) -> tuple[float, str]:
    """Seconds of the processor, which others on this machine do not make longer; and results."""
    began = time.process_time()
    results = [
        decide_request(Request(action, resource, _ALICE, context=_CONTEXT), policies).result
        for policies, action, resource in questions
    ]
    spent = time.process_time() - began
    counted = Counter(results).most_common()
    return spent, ", ".join(f"{number:,} {result}" for result, number in counted)


def _questions(dice: random.Random) -> list[_Question]:
    """Actions and resources that the documents name; wildcards become something to be found."""
    questions: list[_Question] = []
    for name, (_, text) in aws_policies().documents.items():
        document = parse(text)
        policies = Policies(identity=(Source(name, document),))
        for statement in document.statements:
            given = statement.actions or statement.not_actions
            actions = given.given if given else ()
            for pattern in dice.sample(actions, min(len(actions), 4)):
                resource = dice.choice(statement.resources or ("*",))
                action = pattern if ":" in pattern else "s3:GetObject"
                questions.append((policies, _concrete(action), _concrete(resource)))
    kept = sorted(dice.sample(range(len(questions)), REQUESTS))
    return [questions[place] for place in kept]


def _concrete(pattern: str) -> str:
    return pattern.replace("*", "Get").replace("?", "a")
