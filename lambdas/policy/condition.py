"""Conditions: the Condition element made ready once, and asked of one request's context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from lambdas.policy.operators import NULL, OPERATORS, Operator
from lambdas.policy.reading import Condition, Scalar, shown
from lambdas.policy.variables import Context, Template, template

_IF_EXISTS = "IfExists"


class UndecidedError(Exception):
    """What AWS does here is not documented, or the policy is one that AWS refuses."""


class Of(StrEnum):
    """How many of a key's values must match; only a set operator takes more than one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    """

    ONE = ""
    ALL = "ForAllValues"
    ANY = "ForAnyValue"


class Asked(NamedTuple):
    """One operator with one key and its values: one of them must match, or none if negative."""

    says: str
    key: str
    operator: Operator | None
    """None where its name is not known; then nothing can be said."""
    of: Of = Of.ONE
    absent: bool = False
    """Whether this holds for a request without the key."""
    wanted: tuple[Any, ...] = ()
    templates: tuple[Template, ...] = ()
    problem: str = ""
    """Why some of the values cannot be judged."""

    def holds(self, context: Context) -> bool:
        """Whether this holds for a request.

        Raises:
            UndecidedError: that cannot be said.
        """
        operator, given = self.operator, context.get(self.key)
        if operator is None:
            raise UndecidedError(f"{self.says} is no condition operator")
        if operator is NULL:
            return self._is(operator, given is None, context)
        if given is None:
            return self.absent
        if self.of is Of.ONE:
            if len(given) > 1:
                raise UndecidedError(f"{self.says} meets several values without a set operator")
            return self._matches(operator, given[0], context)
        if tuple(given) == ("",):
            return self.of is Of.ALL
        each = (self._matches(operator, value, context) for value in given)
        return all(each) if self.of is Of.ALL else any(each)

    def _matches(self, operator: Operator, given: str, context: Context) -> bool:
        value = _read(operator.read, given, f"{self.says} meets {shown(given)}", operator)
        return self._is(operator, value, context) is not operator.negative

    def _is(self, operator: Operator, value: Any, context: Context) -> bool:
        holds = operator.holds
        for wanted in self.wanted:
            if holds(value, wanted):
                return True
        for each in self.templates:
            text = each.filled(context, pattern=operator.wild)
            # a variable without a value is like no value and equals none
            if text is not None and holds(value, _read(operator.wanted, text, self.says, operator)):
                return True
        if self.problem:
            raise UndecidedError(self.problem)
        return False


def _read(read: Callable[[str], Any], text: str, says: str, operator: Operator) -> Any:
    try:
        return read(text)
    except ValueError:
        raise UndecidedError(f"{says}, which is not {operator.what}") from None


def hold(asked: tuple[Asked, ...], context: Context) -> bool:
    """Whether all of them hold; one that does not settles it, whatever cannot be said of others.

    Raises:
        UndecidedError: that cannot be said.
    """
    undecided = None
    for each in asked:
        try:
            if not each.holds(context):
                return False
        except UndecidedError as error:
            undecided = error
    if undecided:
        raise undecided
    return True


def asked(condition: Condition, *, variables: bool) -> tuple[Asked, ...]:
    """A Condition element, made ready; ``variables`` says whether ``${...}`` is a variable."""
    return tuple(
        _asked(operator, key, values, variables=variables)
        for operator, keys in condition.items()
        for key, values in keys.items()
    )


def _asked(name: str, key: str, values: tuple[Scalar, ...], *, variables: bool) -> Asked:
    prefix, _, rest = name.rpartition(":")
    plain = rest.removesuffix(_IF_EXISTS)
    operator = OPERATORS.get(plain)
    if operator is None or prefix not in tuple(Of) or (operator is NULL and plain != name):
        return Asked(says=shown(name), key=key.lower(), operator=None)
    says, of = f"{name} {key}", Of(prefix)
    texts = [spelled(value) for value in values]
    templates = {text: template(text) for text in texts} if variables and operator.filled else {}
    wanted, problem = _wanted(operator, [text for text in texts if not templates.get(text)], says)
    return Asked(
        says=says,
        key=key.lower(),
        operator=operator,
        of=of,
        absent=plain != rest or of is Of.ALL or (of is Of.ONE and operator.negative),
        wanted=wanted,
        templates=tuple(each for each in templates.values() if each),
        problem=problem,
    )


def _wanted(operator: Operator, texts: list[str], says: str) -> tuple[tuple[Any, ...], str]:
    wanted, problem = [], ""
    for text in texts:
        try:
            wanted.append(operator.wanted(text))
        except ValueError:
            problem = f"{says} asks for {shown(text)}, which is not {operator.what}"
    return tuple(wanted), problem


def spelled(value: Scalar) -> str:
    """A value as JSON itself spells it: true, not True."""
    return str(value).lower() if isinstance(value, bool) else str(value)
