"""The parameter that holds where good minutes are reported, and the check of how it is named."""

import re
from collections.abc import Iterator
from typing import Any

# AWS keeps names that begin with aws or ssm for itself.
# https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
_NAME = re.compile(r"(?!/(?:aws|ssm))(?:/[A-Za-z0-9_.-]+){1,15}", re.IGNORECASE)
_LONGEST = 900


def parameter(where: str, found: Any) -> Iterator[str]:
    """A check for null, or the name of a parameter of SSM."""
    if found is None:
        return
    is_name = isinstance(found, str) and len(found) <= _LONGEST and _NAME.fullmatch(found)
    if not is_name:
        yield (
            f"{where} is {found!r}; allowed is null, or the name of a parameter of SSM that holds"
            ' an https address, such as "/snapback/heartbeat-url": the address itself would stand'
            " in the template, and whoever knows it can report good minutes in Snapback's place"
        )
