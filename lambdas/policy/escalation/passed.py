"""Passing a role to one service: what conditions on iam:PassedToService leave of a power.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from lambdas.policy.condition import UndecidedError, asked
from lambdas.policy.document import Document, Effect, Statement
from lambdas.policy.escalation.spelling import plain_if
from lambdas.policy.reading import Scalar
from lambdas.policy.source import Power, Source

_KEY = "iam:passedtoservice"
_KEPT = 8192
"""Documents kept as they are for one service: many principals draw on the same."""


def passing(power: Power, service: str) -> Power:
    """The power over roles that are passed to the service: the key's conditions are settled.

    A statement whose condition the service does not meet is left out. A value with a policy
    variable stays a condition that is not known, and so does what cannot be judged.
    """
    identity = _all_settled(power.identity, service)
    scps = tuple(_all_settled(level, service) for level in power.scps)
    boundary = power.boundary and _settled(power.boundary, service)
    if (identity, scps, boundary) == (power.identity, power.scps, power.boundary):
        return power
    return replace(power, identity=identity, scps=scps, boundary=boundary)


def _asks(statement: Statement) -> bool:
    return any(key.lower() == _KEY for keys in statement.condition.values() for key in keys)


def _all_settled(sources: tuple[Source, ...], service: str) -> tuple[Source, ...]:
    return tuple(_settled(source, service) for source in sources)


def _settled(source: Source, service: str) -> Source:
    left = _settled_document(source.document, service)
    return source if left is source.document else source._replace(document=left)


@lru_cache(maxsize=_KEPT)
def _settled_document(document: Document, service: str) -> Document:
    if not any(map(_asks, document.statements)):
        return document
    return Document(document.version, tuple(_left(document.statements, service)))


def _left(statements: Iterable[Statement], service: str) -> Iterator[Statement]:
    for statement in statements:
        found = [
            (operator, key, _holds(operator, values, service, statement))
            for operator, keys in statement.condition.items()
            for key, values in keys.items()
            if key.lower() == _KEY
        ]
        settled = {(operator, key) for operator, key, holds in found if holds}
        if not any(holds is False for _, _, holds in found):
            yield _without(statement, settled) if settled else statement


def _without(statement: Statement, settled: set[tuple[str, str]]) -> Statement:
    condition = {
        operator: {key: values for key, values in keys.items() if (operator, key) not in settled}
        for operator, keys in statement.condition.items()
    }
    left = {name: keys for name, keys in condition.items() if keys}
    return replace(statement, condition=left, asked=asked(left, variables=statement.variables))


def _holds(
    operator: str, values: tuple[Scalar, ...], service: str, statement: Statement
) -> bool | None:
    """Whether the service meets the values; None where that is not known.

    Values may name it by another spelling: an Allow is met by any, a Deny only whatever it is.
    """
    plainly = tuple(plain_if(v, service) if isinstance(v, str) else v for v in values)
    found = [_met(operator, each, service, statement) for each in dict.fromkeys((values, plainly))]
    if None in found:
        return None
    return any(found) if statement.effect is Effect.ALLOW else all(found)


def _met(
    operator: str, values: tuple[Scalar, ...], service: str, statement: Statement
) -> bool | None:
    (each,) = asked({operator: {_KEY: values}}, variables=statement.variables)
    try:
        return None if each.templates else each.holds({_KEY: (service,)})
    except UndecidedError:
        return None
