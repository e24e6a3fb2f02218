"""OIDC providers: who vouches for the users of an outside service, and for which application."""

import json
from collections.abc import Iterable


def listed(texts: Iterable[str]) -> str:
    """A list whose order means nothing as JSON that is equal where it holds the same."""
    return json.dumps(sorted(set(texts)))
