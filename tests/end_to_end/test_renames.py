"""Whoever is renamed right after an attack keeps nothing of what it gave."""

import pytest

from cli.company import ADMINISTRATOR
from tests.end_to_end.attacks import attacked, labels


def attached(iam, user):
    iam.attach_user_policy(UserName=user, PolicyArn=ADMINISTRATOR)


def keyed(iam, user):
    iam.create_access_key(UserName=user)


@pytest.mark.parametrize(
    ("deed", "ends"), [(attached, "RESTORED"), (keyed, "CONTAINED")], ids=["a policy", "a key"]
)
def test_a_user_renamed_right_after_an_attack_is_found(stage, deed, ends):
    user = f"renamed-{ends.lower()}"
    iam = stage.sandbox.operator.client("iam")
    iam.create_user(UserName=user)
    stage.settle()

    def attack(thief):
        deed(thief, user)
        thief.update_user(UserName=user, NewUserName=f"{user}-2")

    _, mails = attacked(stage, attack)
    assert ends in labels(mails)
    ended = stage.sandbox.snapshot()["users"][f"{user}-2"]
    assert ended["attached"] == []
    assert set(ended["access keys"].values()) <= {"Inactive"}
