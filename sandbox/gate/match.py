"""Matching: wildcards in actions, resources and ARNs.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from functools import cache, lru_cache

_ARN_FIELDS = 6
_KEPT = 65_536
"""Answers about one pattern and one name: the roles ask the same of the same all day."""


@lru_cache(maxsize=_KEPT)
def action(pattern: str, name: str) -> bool:
    """Whether an Action element names this action; case does not count."""
    return like(pattern.lower(), name.lower())


@lru_cache(maxsize=_KEPT)
def resource(pattern: str, arn: str) -> bool:
    """Whether a Resource element names this resource.

    Wildcards stay within the ARN's segments, except that a ``*`` which ends the pattern goes on
    over the colons. Only ``*`` names the resource of an action that has none (``*``).
    """
    if pattern in {"*", arn}:
        return True
    wanted, given = pattern.split(":", _ARN_FIELDS - 1), arn.split(":", _ARN_FIELDS - 1)
    if len(wanted) < _ARN_FIELDS and pattern.endswith("*") and len(given) > len(wanted):
        given = [*given[: len(wanted) - 1], ":".join(given[len(wanted) - 1 :])]
    return len(wanted) == len(given) and all(map(like, wanted, given))


def arn_like(pattern: str, arn: str) -> bool:
    """Whether an ARN operator's value names this ARN: each of six segments is matched apart.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    wanted, given = pattern.split(":", _ARN_FIELDS - 1), arn.split(":", _ARN_FIELDS - 1)
    return len(wanted) == len(given) and all(map(like, wanted, given))


def like(pattern: str, text: str) -> bool:
    """Whether ``*`` (any characters, or none) and ``?`` (any one) make the pattern the text."""
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(c) or re.escape(c) for c in pattern), re.DOTALL)
