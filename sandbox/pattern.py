"""EventBridge's event patterns: which events a rule asks for.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

import ipaddress
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Filter = Callable[[Any, Any], bool]


class PatternError(ValueError):
    """The pattern is none that EventBridge takes; the message says where and why."""


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event has everything that a pattern asks for.

    The pattern is taken to be valid; `check` says whether it is.
    """
    return all(_field(name, asked, event) for name, asked in pattern.items())


def check(pattern: Any, where: str = "pattern") -> None:
    """Make sure that a pattern is one that EventBridge takes.

    Raises:
        PatternError: a leaf is no list, a list is empty, or a filter is unknown or malformed.
    """
    if not isinstance(pattern, Mapping) or not pattern:
        raise PatternError(f"{where}: {pattern!r} is not an object with at least one field")
    for name, asked in pattern.items():
        place = f"{where}.{name}"
        if name == "$or":
            _check_either(asked, place)
        elif isinstance(asked, list):
            _check_leaf(asked, place)
        else:
            check(asked, place)


def _check_either(branches: Any, where: str) -> None:
    if not isinstance(branches, list) or len(branches) < 2:  # noqa: PLR2004  # "or" needs two
        raise PatternError(f"{where}: $or takes a list of at least two patterns")
    for number, branch in enumerate(branches):
        check(branch, f"{where}[{number}]")


def _check_leaf(wanted: list[Any], where: str) -> None:
    if not wanted:
        raise PatternError(f"{where}: an empty list matches nothing")
    for want in wanted:
        if isinstance(want, Mapping):
            _check_filter(want, where)
        elif isinstance(want, list):
            raise PatternError(f"{where}: {want!r} is a list in a list")


def _check_filter(want: Mapping[str, Any], where: str) -> None:
    if len(want) != 1:
        raise PatternError(f"{where}: {want!r} must have exactly one filter")
    ((name, argument),) = want.items()
    if name not in _ARGUMENTS:
        raise PatternError(f"{where}: {name!r} is no filter; there are {', '.join(_ARGUMENTS)}")
    if not _ARGUMENTS[name](argument):
        raise PatternError(f"{where}: {argument!r} is no argument of {name!r}")


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


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _equal(want: Any, value: Any) -> bool:
    """A boolean is no number, though Python says that True is 1."""
    if _number(want) or _number(value):
        return _number(want) and _number(value) and want == value
    return type(want) is type(value) and want == value


def _text(test: Callable[[str, str], bool]) -> Filter:
    def filtered(argument: Any, value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if isinstance(argument, Mapping):  # {"prefix": {"equals-ignore-case": "..."}}
            return test(value.lower(), argument["equals-ignore-case"].lower())
        return test(value, argument)

    return filtered


_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _pairs(argument: list[Any]) -> list[tuple[str, float]]:
    return list(zip(argument[::2], argument[1::2], strict=True))


def _numeric(argument: list[Any], value: Any) -> bool:
    return _number(value) and all(_COMPARISONS[sign](value, n) for sign, n in _pairs(argument))


def _network(text: Any) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _cidr(argument: str, value: Any) -> bool:
    network = _network(argument)
    address = _network(value) if isinstance(value, str) and "/" not in value else None
    return (
        network is not None
        and address is not None
        and network.version == address.version
        and address.network_address in network
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
        return not any(_FILTERS[name](one, value) for one in _listed(inner))
    return not any(_equal(one, value) for one in _listed(argument))


def _listed(argument: Any) -> list[Any]:
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


def _is_text(argument: Any) -> bool:
    return isinstance(argument, str)


def _is_affix(argument: Any) -> bool:
    folded = isinstance(argument, Mapping) and set(argument) == {"equals-ignore-case"}
    return _is_text(argument) or (folded and _is_text(argument["equals-ignore-case"]))


def _is_comparison(argument: Any) -> bool:
    return (
        isinstance(argument, list)
        and len(argument) in (2, 4)
        and all(sign in _COMPARISONS for sign in argument[::2])
        and all(_number(number) for number in argument[1::2])
    )


def _is_exclusion(argument: Any) -> bool:
    if isinstance(argument, Mapping):
        texts = ("prefix", "suffix", "equals-ignore-case", "wildcard")
        return len(argument) == 1 and all(
            name in texts and bool(_listed(inner)) and all(map(_is_text, _listed(inner)))
            for name, inner in argument.items()
        )
    values = _listed(argument)
    return bool(values) and (all(map(_is_text, values)) or all(map(_number, values)))


_ARGUMENTS: Mapping[str, Callable[[Any], bool]] = {
    "prefix": _is_affix,
    "suffix": _is_affix,
    "equals-ignore-case": _is_text,
    "wildcard": lambda argument: _is_text(argument) and "**" not in argument,
    "numeric": _is_comparison,
    "cidr": lambda argument: _is_text(argument) and _network(argument) is not None,
    "anything-but": _is_exclusion,
    "exists": lambda argument: isinstance(argument, bool),
}
