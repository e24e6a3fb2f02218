"""Whoever is renamed right after an attack keeps nothing of what it gave, and what is, is found."""

from contextlib import nullcontext

import pytest

from cli.company import ADMINISTRATOR
from cli.drill.attacks.user_credentials import PEM
from tests.end_to_end.attacks import attacked, before_the_undo, labels


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


def lent(iam, group):
    iam.attach_group_policy(GroupName=group, PolicyArn=ADMINISTRATOR)


def renamed(iam, group):
    iam.update_group(GroupName=group, NewGroupName=f"{group}-2")


@pytest.fixture
def group(stage, request):
    """A group with a member, whom its policies concern."""
    iam, name = stage.sandbox.operator.client("iam"), f"group-{request.node.callspec.id}"
    iam.create_group(GroupName=name)
    iam.create_user(UserName=f"member-of-{name}")
    iam.add_user_to_group(GroupName=name, UserName=f"member-of-{name}")
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    return name


@pytest.mark.parametrize("late", [False, True], ids=["at-once", "before-its-undo"])
def test_a_group_renamed_right_after_an_attack_is_found(stage, group, late):
    thief, since = stage.thief.client("iam"), len(stage.sandbox.mailbox)
    later = before_the_undo(stage, lambda: renamed(thief, group)) if late else nullcontext()
    with later:
        stage.attack(lambda _: lent(thief, group) or late or renamed(thief, group))
        stage.settle()
    assert "RESTORED" in labels(stage.sandbox.mailbox[since:])
    assert stage.sandbox.snapshot()["groups"][f"{group}-2"]["attached"] == []


def test_a_certificate_renamed_right_after_a_call_is_named_as_it_is_called_now(stage):
    iam = stage.sandbox.operator.client("iam")
    named = {"ServerCertificateName": "renamed"}
    iam.upload_server_certificate(**named, CertificateBody=PEM, PrivateKey="of nobody")

    def attack(thief):
        thief.tag_server_certificate(**named, Tags=[{"Key": "team", "Value": "red"}])
        thief.update_server_certificate(**named, NewServerCertificateName="renamed-2")

    before = len(stage.sandbox.invocations)
    attacked(stage, attack)
    found = {each.change.call: each for each in stage.incidents(stage.sandbox.invocations[before:])}
    subject = found["iam:TagServerCertificate"].change.subject
    assert str(subject) == "server certificate renamed-2"
