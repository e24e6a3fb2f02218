"""Policy variables in resources: what is known of them before a request is made.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re

_VARIABLE = re.compile(r"\$\{([^}]*)\}")


def resolved(pattern: str, known: dict[str, str]) -> tuple[str, bool]:
    """The pattern with its variables replaced, and whether all of them were known.

    ``known`` maps names in lower case to values: case does not matter in them. A variable that is
    not known becomes ``*``: it may stand for anything, and what is found by it is conditional.
    """
    body, brace, rest = pattern.rpartition("}")  # behind it no variable ends: do not look for one
    names = [name.lower() for name in _VARIABLE.findall(body + brace)]
    text = _VARIABLE.sub(lambda found: known.get(found[1].lower(), "*"), body + brace)
    return text + rest, all(name in known for name in names)
