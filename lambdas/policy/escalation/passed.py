"""Passing a role to one service: what conditions on iam:PassedToService leave of a power.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from lambdas.policy.document import Statement
from lambdas.policy.match import matches
from lambdas.policy.power import Power, Source
from lambdas.policy.reading import Scalar

_KEY = "iam:passedtoservice"

Test = Callable[[str, str], bool]


def _same(value: str, service: str) -> bool:
    return value == service


def _same_in_any_case(value: str, service: str) -> bool:
    return value.lower() == service.lower()


_TESTS: Mapping[str, tuple[Test, bool]] = {
    "stringequals": (_same, True),
    "stringnotequals": (_same, False),
    "stringequalsignorecase": (_same_in_any_case, True),
    "stringnotequalsignorecase": (_same_in_any_case, False),
    "stringlike": (matches, True),
    "stringnotlike": (matches, False),
}
"""Operator in lower case -> how a value is compared, and whether one must or none may agree.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""


def passing(power: Power, service: str) -> Power:
    """The power over roles that are passed to the service: the key's conditions are settled.

    A statement whose condition the service does not meet is left out. An operator that does not
    compare texts, or a value with a policy variable, stays a condition that is not known.
    """
    sources = (*power.identity, *((power.boundary,) if power.boundary else ()))
    limits = (source for level in power.scps for source in level)
    if not any(
        _asks(each) for source in (*sources, *limits) for each in source.document.statements
    ):
        return power
    return replace(
        power,
        identity=tuple(_settled(source, service) for source in power.identity),
        boundary=power.boundary and _settled(power.boundary, service),
        scps=tuple(tuple(_settled(each, service) for each in level) for level in power.scps),
    )


def _asks(statement: Statement) -> bool:
    return any(key.lower() == _KEY for keys in statement.condition.values() for key in keys)


def _settled(source: Source, service: str) -> Source:
    statements = tuple(_left(source.document.statements, service))
    return replace(source, document=replace(source.document, statements=statements))


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
    return replace(statement, condition={name: keys for name, keys in condition.items() if keys})


def _holds(
    operator: str, values: tuple[Scalar, ...], service: str, statement: Statement
) -> bool | None:
    """Whether the service meets the values; None where that is not known."""
    name = operator.lower().removeprefix("foranyvalue:").removeprefix("forallvalues:")
    if name == "null":
        return any(str(value).lower() == "false" for value in values)
    test, agree = _TESTS.get(name.removesuffix("ifexists"), (None, True))
    if test is None or (statement.variables and any("${" in str(value) for value in values)):
        return None
    return any(test(str(value), service) for value in values) is agree
