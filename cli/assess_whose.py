"""Whose policies a line of `snapback assess` gives, where it does not say: any it speaks of."""

import re
from collections import Counter

NOBODY = "unnamed"
"""Stands for the name of a principal that is not known."""
_HOME = "aws", "123456789012"
"""Partition and account where none is spoken of."""
_MOST = 16
"""Accounts that are judged one by one."""
_ARN = re.compile(r"arn:([a-z*?-]+):[a-z0-9*?-]*:[^:\"]*:(\d{12}):")


def principals(text: str, errors: list[str]) -> list[str]:
    """The ARNs of a user and a role of each account that the line speaks of.

    Those spoken of most often come first. That some were left out is told as an error.
    """
    spoken = Counter((_partition(given), account) for given, account in _ARN.findall(text))
    accounts = [account for account, _ in spoken.most_common()] or [_HOME]
    if len(accounts) > _MOST:
        more = len(accounts) - _MOST
        errors.append(f"there is no principal, and {more} of the accounts named were not judged")
    return [
        f"arn:{partition}:iam::{account}:{kind}/{NOBODY}"
        for partition, account in accounts[:_MOST]
        for kind in ("user", "role")
    ]


def _partition(given: str) -> str:
    return _HOME[0] if "*" in given or "?" in given else given
