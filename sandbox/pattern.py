"""EventBridge's event patterns: which events a rule asks for.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

import ipaddress
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Filter = Callable[[Any, Any], bool]


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event has everything that a pattern asks for.

    The pattern is taken to be valid; `check` says whether it is.
    """
    return all(_field(name, asked, event) for name, asked in pattern.items())


def _field(name: str, asked: Any, event: Any) -> bool:
    if name == "$or":
        return any(matches(branch, event) for branch in asked)
    present = isinstance(event, Mapping) and name in event
    found = event[name] if present else None
    if isinstance(asked, list):
        return _leaf(asked, _leaves(found) if present else [])
    # An object inside a list: the fields asked for must all be in the same element.
    inside = found if isinstance(found, list) else [found]
    return any(matches(asked, one if isinstance(one, Mapping) else {}) for one in inside or [{}])


def _leaves(found: Any) -> list[Any]:
    """The values a leaf filter sees: an object is no leaf, of a list every element is."""
    if isinstance(found, list):
        return [leaf for one in found for leaf in _leaves(one)]
    return [] if isinstance(found, Mapping) else [found]


def _leaf(wanted: list[Any], values: list[Any]) -> bool:
    return any(_one(want, values) for want in wanted)


def _one(want: Any, values: list[Any]) -> bool:
    if not isinstance(want, Mapping):
        return any(_equal(want, value) for value in values)
    ((name, argument),) = want.items()
    if name == "exists":
        return bool(values) is argument
    return any(_FILTERS[name](argument, value) for value in values)


def is_number(value: Any) -> bool:
    """Whether JSON calls it a number: a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _equal(want: Any, value: Any) -> bool:
    """A boolean is no number, though Python says that True is 1."""
    if is_number(want) or is_number(value):
        return is_number(want) and is_number(value) and want == value
    return type(want) is type(value) and want == value


def _text(test: Callable[[str, str], bool]) -> Filter:
    def filtered(argument: Any, value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if isinstance(argument, Mapping):  # {"prefix": {"equals-ignore-case": "..."}}
            return test(value.lower(), argument["equals-ignore-case"].lower())
        return test(value, argument)

    return filtered


COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _pairs(argument: list[Any]) -> list[tuple[str, float]]:
    return list(zip(argument[::2], argument[1::2], strict=True))


def _numeric(argument: list[Any], value: Any) -> bool:
    return is_number(value) and all(COMPARISONS[sign](value, n) for sign, n in _pairs(argument))


def network(text: Any) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The network or address that a text names, if it names one."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _cidr(argument: str, value: Any) -> bool:
    inside = network(argument)
    address = network(value) if isinstance(value, str) and "/" not in value else None
    return (
        inside is not None
        and address is not None
        and inside.version == address.version
        and address.network_address in inside
    )


def _wildcard(value: str, argument: str) -> bool:
    parts = re.findall(r"\\[*\\]|\*|[^*\\]+|\\", argument)
    regex = "".join(".*" if part == "*" else re.escape(_unescaped(part)) for part in parts)
    return re.fullmatch(regex, value, re.DOTALL) is not None


def _unescaped(part: str) -> str:
    return part[1:] if part in (r"\*", r"\\") else part


def _anything_but(argument: Any, value: Any) -> bool:
    if isinstance(argument, Mapping):
        ((name, inner),) = argument.items()
        return not any(_FILTERS[name](one, value) for one in listed(inner))
    return not any(_equal(one, value) for one in listed(argument))


def listed(argument: Any) -> list[Any]:
    """A list, whether or not there was one."""
    return argument if isinstance(argument, list) else [argument]


_FILTERS: Mapping[str, Filter] = {
    "prefix": _text(str.startswith),
    "suffix": _text(str.endswith),
    "equals-ignore-case": _text(lambda value, want: value.lower() == want.lower()),
    "wildcard": _text(_wildcard),
    "numeric": _numeric,
    "cidr": _cidr,
    "anything-but": _anything_but,
}
