"""Tags read live: those that a profile holds, and those that only a list of their own tells."""

from collections.abc import Mapping
from typing import Any


def tags_of(profile: Mapping[str, Any]) -> dict[str, str]:
    """Tag key -> value; where there is none, IAM may leave out the list.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
    """
    return {tag["Key"]: tag["Value"] for tag in profile.get("Tags", ())}
