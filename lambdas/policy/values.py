"""Values of conditions: texts read as numbers, moments, addresses, truths and bytes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from binascii import Error, a2b_base64
from datetime import date
from decimal import Decimal
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Moment = tuple[int, str]
"""Seconds since 1970 and the digits behind them, without zeros at their end."""
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NUMBER = re.compile(r"[+-]?[0-9]{1,1000}(\.[0-9]{1,1000})?")
_EPOCH = re.compile(r"([0-9]{1,18})(?:\.([0-9]+))?")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"(?:Z|([+-])([0-9]{2}):?([0-9]{2})))?)?)?"
)
_CIDR = re.compile(r"[0-9A-Fa-f:.]+(/[0-9]{1,3})?")
_FIRST_DAY = date(1970, 1, 1).toordinal()
_HOUR = 60 * 60
_DAY = 24 * _HOUR
_LAST_HOUR, _LAST_MINUTE = 23, 59
_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def number(text: str) -> Decimal:
    """An integer or decimal number, exactly.

    Raises:
        ValueError: it is none.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("a number")
    return Decimal(text)


@lru_cache(maxsize=_KEPT)
def moment(text: str) -> Moment:
    """A date as ISO 8601 has it (https://www.w3.org/TR/NOTE-datetime), or seconds since 1970.

    Four digits alone are a year.

    Raises:
        ValueError: it is neither.
    """
    if found := _DATE.fullmatch(text):
        return _of_calendar(*found.groups())
    found = _EPOCH.fullmatch(text)
    if not found:
        raise ValueError("a date")
    return int(found[1]), (found[2] or "").rstrip("0")


def _of_calendar(*fields: str | None) -> Moment:
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
def address(text: str) -> Address:
    """An address of IP, version 4 or 6.

    Raises:
        ValueError: it is none.
    """
    return ip_address(text)


@lru_cache(maxsize=_KEPT)
def network(text: str) -> Network:
    """A range of addresses in CIDR format; one address alone where it has no prefix.

    Raises:
        ValueError: it is none.
    """
    if not _CIDR.fullmatch(text):
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
