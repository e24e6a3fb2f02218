"""The root user: what IAM holds of it, which is no IAM user and in no list.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html
"""

from moto.iam.models import IAMBackend, User

NAME = "<root_account>"
"""As the credential report calls it: no IAM user can have this name."""


def root_user(state: IAMBackend) -> User:
    """Who holds the root user's access keys, those that calls have made."""
    held = vars(state).get("root_user")
    made = held or User(state.account_id, state.region_name, NAME)
    only: User = vars(state).setdefault("root_user", made)  # one step, whoever else asks
    return only
