"""Condition operators: one constant each, and one table.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

from lambdas.policy.match import matches
from lambdas.policy.values import address, moment, network, number, octets, truth

_COLONS = 5


class Operator(NamedTuple):
    """How a value of the request is compared with a value of the policy.

    ``read`` takes a value of the request and ``wanted`` one of the policy from text; both raise
    ValueError, and ``what`` says what they cannot read. ``negative`` operators hold where nothing
    matches, and so for an absent key. In ``wild`` ones ``*`` and ``?`` are wildcards; only in
    ``filled`` ones are policy variables known.
    """

    what: str
    read: Callable[[str], Any]
    wanted: Callable[[str], Any]
    holds: Callable[[Any, Any], bool]
    negative: bool = False
    wild: bool = False
    filled: bool = False


def _text(what: str, read: Callable[[str], str] = str) -> Operator:
    return Operator(what, read, read, operator.eq, filled=True)


def _ordered(
    what: str, read: Callable[[str], Any], holds: Callable[[Any, Any], bool] = operator.eq
) -> Operator:
    return Operator(what, read, read, holds)


def _negated(positive: Operator) -> Operator:
    return positive._replace(negative=True)


def _arn_pattern(text: str) -> str:
    if text.count(":") < _COLONS:
        raise ValueError("an ARN")
    return text


def _is_like(given: str, wanted: str) -> bool:
    return matches(wanted, given)


def _is_arn_like(given: str, wanted: str) -> bool:
    """Whether all six fields match, each by itself; what is no ARN matches none."""
    fields = given.split(":", _COLONS)
    return len(fields) > _COLONS and all(map(matches, wanted.split(":", _COLONS), fields))


def _is_within(given: Any, wanted: Any) -> bool:
    return given in wanted


STRING_EQUALS = _text("a text")
STRING_NOT_EQUALS = _negated(STRING_EQUALS)
STRING_EQUALS_IGNORE_CASE = _text("a text", str.lower)
STRING_NOT_EQUALS_IGNORE_CASE = _negated(STRING_EQUALS_IGNORE_CASE)
STRING_LIKE = Operator("a text", str, str, _is_like, wild=True, filled=True)
STRING_NOT_LIKE = _negated(STRING_LIKE)

NUMERIC_EQUALS = _ordered("a number", number)
NUMERIC_NOT_EQUALS = _negated(NUMERIC_EQUALS)
NUMERIC_LESS_THAN = _ordered("a number", number, operator.lt)
NUMERIC_LESS_THAN_EQUALS = _ordered("a number", number, operator.le)
NUMERIC_GREATER_THAN = _ordered("a number", number, operator.gt)
NUMERIC_GREATER_THAN_EQUALS = _ordered("a number", number, operator.ge)

DATE_EQUALS = _ordered("a date", moment)
DATE_NOT_EQUALS = _negated(DATE_EQUALS)
DATE_LESS_THAN = _ordered("a date", moment, operator.lt)
DATE_LESS_THAN_EQUALS = _ordered("a date", moment, operator.le)
DATE_GREATER_THAN = _ordered("a date", moment, operator.gt)
DATE_GREATER_THAN_EQUALS = _ordered("a date", moment, operator.ge)

BOOL = _ordered("true or false", truth)
BINARY_EQUALS = _ordered("base 64", octets)

IP_ADDRESS = Operator("an IP address", address, network, _is_within)
NOT_IP_ADDRESS = _negated(IP_ADDRESS)

ARN_LIKE = Operator("an ARN", str, _arn_pattern, _is_arn_like, wild=True, filled=True)
ARN_NOT_LIKE = _negated(ARN_LIKE)
ARN_EQUALS, ARN_NOT_EQUALS = ARN_LIKE, ARN_NOT_LIKE
"""Documented to behave identically to ArnLike and ArnNotLike."""

NULL = _ordered("true or false", truth)
"""Asks for the key itself: ``true`` wants it absent. The only one without IfExists."""

OPERATORS = {
    "StringEquals": STRING_EQUALS,
    "StringNotEquals": STRING_NOT_EQUALS,
    "StringEqualsIgnoreCase": STRING_EQUALS_IGNORE_CASE,
    "StringNotEqualsIgnoreCase": STRING_NOT_EQUALS_IGNORE_CASE,
    "StringLike": STRING_LIKE,
    "StringNotLike": STRING_NOT_LIKE,
    "NumericEquals": NUMERIC_EQUALS,
    "NumericNotEquals": NUMERIC_NOT_EQUALS,
    "NumericLessThan": NUMERIC_LESS_THAN,
    "NumericLessThanEquals": NUMERIC_LESS_THAN_EQUALS,
    "NumericGreaterThan": NUMERIC_GREATER_THAN,
    "NumericGreaterThanEquals": NUMERIC_GREATER_THAN_EQUALS,
    "DateEquals": DATE_EQUALS,
    "DateNotEquals": DATE_NOT_EQUALS,
    "DateLessThan": DATE_LESS_THAN,
    "DateLessThanEquals": DATE_LESS_THAN_EQUALS,
    "DateGreaterThan": DATE_GREATER_THAN,
    "DateGreaterThanEquals": DATE_GREATER_THAN_EQUALS,
    "Bool": BOOL,
    "BinaryEquals": BINARY_EQUALS,
    "IpAddress": IP_ADDRESS,
    "NotIpAddress": NOT_IP_ADDRESS,
    "ArnEquals": ARN_EQUALS,
    "ArnNotEquals": ARN_NOT_EQUALS,
    "ArnLike": ARN_LIKE,
    "ArnNotLike": ARN_NOT_LIKE,
    "Null": NULL,
}
"""Name of an operator, without prefix and suffix -> what it asks."""
