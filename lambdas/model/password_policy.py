"""An account's password policy: what it asks where a setting is not given."""

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
