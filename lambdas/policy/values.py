"""Values of conditions: texts read as numbers, moments, addresses, truths and bytes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from binascii import Error, a2b_base64
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Moment = tuple[int, str]
"""Seconds since 1970 and the digits behind them, without zeros at their end."""

# Patterns are texts, which `re` compiles when they are first used: few processes need them.
_NUMBER = r"([+-]?[0-9]{1,100})(?:\.([0-9]{1,100}))?"
_DIGITS = 100
_EPOCH = r"([0-9]{1,18})(?:\.([0-9]+))?"
_DATE = (
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"(?:Z|([+-])([0-9]{2}):?([0-9]{2})))?)?)?"
)
_CIDR = r"[0-9A-Fa-f:.]+(/[0-9]{1,3})?"
_FIRST_DAY = 719_163
"""1970-01-01, counted as ``date.toordinal`` does."""
_HOUR = 60 * 60
_DAY = 24 * _HOUR
_LAST_HOUR, _LAST_MINUTE = 23, 59
_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def number(text: str) -> int:
    """An integer or decimal number, exactly, in units of its last possible digit.

    Raises:
        ValueError: it is none, or of more than 100 digits before or behind the point.
    """
    found = re.fullmatch(_NUMBER, text)
    if not found:
        raise ValueError("a number")
    return int(found[1] + (found[2] or "").ljust(_DIGITS, "0"))


@lru_cache(maxsize=_KEPT)
def moment(text: str) -> Moment:
    """A date as ISO 8601 has it (https://www.w3.org/TR/NOTE-datetime), or seconds since 1970.

    Four digits alone are a year.

    Raises:
        ValueError: it is neither.
    """
    if found := re.fullmatch(_DATE, text):
        return _of_calendar(*found.groups())
    found = re.fullmatch(_EPOCH, text)
    if not found:
        raise ValueError("a date")
    return int(found[1]), (found[2] or "").rstrip("0")


def _of_calendar(*fields: str | None) -> Moment:
    from datetime import date  # noqa: PLC0415 - slow to import, and few policies need it

    year, month, day, hour, minute, second = (
        int(field or least) for field, least in zip(fields[:6], (0, 1, 1, 0, 0, 0), strict=True)
    )
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE:
        raise ValueError("a time")
    fraction, sign, hours, minutes = fields[6:]
    offset = int(hours or 0) * _HOUR + int(minutes or 0) * 60
    days = date(year, month, day).toordinal() - _FIRST_DAY
    seconds = days * _DAY + hour * _HOUR + minute * 60 + second
    return seconds + (offset if sign == "-" else -offset), (fraction or "").rstrip("0")


@lru_cache(maxsize=_KEPT)
def address(text: str) -> "IPv4Address | IPv6Address":
    """An address of IP, version 4 or 6.

    Raises:
        ValueError: it is none.
    """
    from ipaddress import ip_address  # noqa: PLC0415 - slow to import, and few policies need it

    return ip_address(text)


@lru_cache(maxsize=_KEPT)
def network(text: str) -> "IPv4Network | IPv6Network":
    """A range of addresses in CIDR format; one address alone where it has no prefix.

    Raises:
        ValueError: it is none.
    """
    from ipaddress import ip_network  # noqa: PLC0415 - slow to import, and few policies need it

    if not re.fullmatch(_CIDR, text):
        raise ValueError("an address or range")
    return ip_network(text, strict=False)


def truth(text: str) -> bool:
    """``true`` or ``false``, in any case.

    Raises:
        ValueError: it is neither.
    """
    lowered = text.lower()
    if lowered not in {"true", "false"}:
        raise ValueError("true or false")
    return lowered == "true"


def octets(text: str) -> bytes:
    """The bytes that a text in base 64 spells.

    Raises:
        ValueError: it is none.
    """
    try:
        return a2b_base64(text, strict_mode=True)
    except (Error, ValueError) as error:
        raise ValueError("base 64") from error
