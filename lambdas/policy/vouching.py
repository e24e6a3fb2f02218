"""Vouching: whom a trust policy lets in by the word of an identity provider.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

import re
from collections.abc import Iterator

from lambdas.policy.document import Statement

_TEXTUAL = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike")
"""Operators that hold only where the key is there and is one of the texts, in lower case."""
_CLAIMS = (":aud", ":sub", ":app_id")
"""Ends of the keys that say for whom, or about whom, a web identity's token was issued."""
_OWNERS = {
    "token.actions.githubusercontent.com": (
        "repo|repository|repository_id|repository_owner|repository_owner_id"
        "|job_workflow_ref|enterprise|enterprise_id"
    ),
    "gitlab.com": "project_path",
    "app.terraform.io": "organization",
}
"""Issuers whose audience every customer can ask for -> what of a subject names its owner.

A subject that its owner composed anew names one only if one of these is among its parts.
https://docs.github.com/en/actions/reference/security/oidc
"""


def shared(issuer: str) -> bool:
    """Whether every customer of an issuer has tokens for the same audience."""
    return issuer.startswith(tuple(_OWNERS))


def asks_for_whom(statement: Statement, issuer: str) -> bool:
    """Whether a condition names the audience or the subject; of a shared issuer, the owner."""
    owner = next((kinds for name, kinds in _OWNERS.items() if issuer.startswith(name)), None)
    keys = {f"{issuer}{claim}" for claim in ((":sub",) if owner else _CLAIMS)}
    return any(
        key in keys and (_name_owners(values, owner) if owner else name_somebody(values))
        for key, values in _texts_asked_for(statement)
    )


def name_somebody(values: tuple[object, ...]) -> bool:
    """Whether the values leave somebody out: none is made of wildcards alone."""
    return bool(values) and all(str(value).strip("*?") for value in values)


def _name_owners(values: tuple[object, ...], kinds: str) -> bool:
    """Whether each subject, such as repo:owner/name:ref, says whole and first whose it is."""
    named = re.compile(rf"(?:[^*?]*:)?(?:{kinds}):[^*?/:]+(?:[/:].*)?", re.DOTALL)
    return bool(values) and all(named.fullmatch(str(value)) for value in values)


def _texts_asked_for(statement: Statement) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Keys in lower case with the texts of which they must be one."""
    for operator, keys in statement.condition.items():
        if operator.lower().removeprefix("foranyvalue:") in _TEXTUAL:
            for key, values in keys.items():
                yield key.lower(), values
