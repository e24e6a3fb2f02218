"""The account's password policy: what is asked of the passwords of its users."""

import json
from collections.abc import Mapping

DEFAULTS: Mapping[str, object] = {
    "MinimumPasswordLength": 6,
    "RequireSymbols": False,
    "RequireNumbers": False,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": False,
    "AllowUsersToChangePassword": False,
    "MaxPasswordAge": 0,
    "PasswordReusePrevention": 0,
    "HardExpiry": False,
}
"""A parameter of UpdateAccountPasswordPolicy -> what it is where it is not given.

An age or a number of 0 cannot be given, so it means that there is none.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
"""


def spelled(policy: Mapping[str, object]) -> str:
    """A policy as JSON that is equal where the same is asked.

    What is left to a default is left out, so the text can be sent as it is to restore it.
    """
    given = {name: policy.get(name) for name in DEFAULTS}
    kept = {name: value for name, value in given.items() if value not in (None, DEFAULTS[name])}
    return json.dumps(kept, sort_keys=True)
