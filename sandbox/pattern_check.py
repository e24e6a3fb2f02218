"""Pattern checks: is this an event pattern that EventBridge takes?

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.pattern import COMPARISONS, is_number, listed, network


class PatternError(ValueError):
    """The pattern is none that EventBridge takes; the message says where and why."""


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


def _is_text(argument: Any) -> bool:
    return isinstance(argument, str)


def _is_affix(argument: Any) -> bool:
    folded = isinstance(argument, Mapping) and set(argument) == {"equals-ignore-case"}
    return _is_text(argument) or (folded and _is_text(argument["equals-ignore-case"]))


def _is_comparison(argument: Any) -> bool:
    return (
        isinstance(argument, list)
        and len(argument) in (2, 4)
        and all(sign in COMPARISONS for sign in argument[::2])
        and all(is_number(number) for number in argument[1::2])
    )


def _is_exclusion(argument: Any) -> bool:
    if isinstance(argument, Mapping):
        texts = ("prefix", "suffix", "equals-ignore-case", "wildcard")
        return len(argument) == 1 and all(
            name in texts and bool(listed(inner)) and all(map(_is_text, listed(inner)))
            for name, inner in argument.items()
        )
    values = listed(argument)
    return bool(values) and (all(map(_is_text, values)) or all(map(is_number, values)))


_ARGUMENTS: Mapping[str, Callable[[Any], bool]] = {
    "prefix": _is_affix,
    "suffix": _is_affix,
    "equals-ignore-case": _is_text,
    "wildcard": lambda argument: _is_text(argument) and "**" not in argument,
    "numeric": _is_comparison,
    "cidr": lambda argument: _is_text(argument) and network(argument) is not None,
    "anything-but": _is_exclusion,
    "exists": lambda argument: isinstance(argument, bool),
}
