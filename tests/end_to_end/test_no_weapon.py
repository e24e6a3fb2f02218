"""Whoever can make Snapback undo something cannot make it give anything to anybody."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cli.company import ACCOUNT, ADMINISTRATOR, ON_CALL, allowing, trusting
from lambdas.model.state import Part
from tests.end_to_end.attacks import attacked, before_the_undo, labels

DENY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
)
RISKY = allowing("iam:PutUserPolicy")


@pytest.fixture
def iam(stage):
    """The operator's IAM; what it prepares is swept, and done before the attack."""
    stage.settle()
    return stage.sandbox.operator.client("iam")


def put(name, text):
    return lambda it: it.put_user_policy(UserName=name, PolicyName="work", PolicyDocument=text)


def inline(stage, name):
    return stage.sandbox.snapshot()["users"][name]["inline"]


def test_a_forged_state_before_is_not_restored(stage, iam):
    iam.create_user(UserName="forged")
    made = put("forged", allowing("s3:GetObject"))(iam) and iam.get_user(UserName="forged")["User"]
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    known = stage.records.before(made["UserId"], datetime.now(UTC))
    wide = {**known.parts, Part.INLINE: {"work": allowing("*")}}
    forged = replace(known, parts=wide, as_of=known.as_of + timedelta(milliseconds=1))
    since = len(stage.sandbox.mailbox)
    with before_the_undo(stage, lambda: stage.records.remember([forged])):
        stage.attack(lambda s: put("forged", RISKY)(s.thief.client("iam")))
        stage.settle()
    assert labels(stage.sandbox.mailbox[since:])[-1] == "CRITICAL: UNDO FAILED"
    assert "user forged is now administrator" in stage.sandbox.mailbox[-1].body
    assert inline(stage, "forged") == {"work": RISKY}


@pytest.mark.parametrize(
    "message",
    [{"incident": "20260301-forged"}, {"incident": "20260301-forged", "look": 1}],
    ids=["an undo", "a look"],
)
def test_a_forged_message_becomes_a_dead_letter_and_nothing_else(stage, iam, message):
    before, mails = stage.sandbox.snapshot(), len(stage.sandbox.mailbox)
    sqs = stage.sandbox.operator.client("sqs")
    [queue] = [url for url in sqs.list_queues()["QueueUrls"] if "UndoQueue" in url]
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(message))
    stage.settle()
    letters = [body for bodies in stage.sandbox.dead_letters().values() for body in bodies]
    assert json.dumps(message) in letters
    assert stage.sandbox.snapshot() == before
    assert len(stage.sandbox.mailbox) == mails


def test_an_attack_that_a_defender_wrote_a_deny_over_leaves_the_deny(stage, iam):
    iam.create_user(UserName="defended")
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})

    def deed(s):
        put("defended", allowing("*"))(s.thief.client("iam"))
        put("defended", DENY)(iam)

    since = len(stage.sandbox.mailbox)
    stage.attack(deed)
    stage.settle()
    assert inline(stage, "defended") == {"work": DENY}
    assert "RESTORED" not in labels(stage.sandbox.mailbox[since:])


@pytest.fixture
def nobody(stage, iam):
    """The account without an administrator other than root."""
    iam.detach_role_policy(RoleName="owner", PolicyArn=ADMINISTRATOR)
    iam.update_assume_role_policy(
        RoleName="owner", PolicyDocument=trusting(Service="lambda.amazonaws.com")
    )
    iam.detach_user_policy(UserName=ON_CALL, PolicyArn=ADMINISTRATOR)
    others = _without_other_administrators(stage, iam)
    yield
    iam.attach_role_policy(RoleName="owner", PolicyArn=ADMINISTRATOR)
    iam.update_assume_role_policy(
        RoleName="owner", PolicyDocument=trusting(AWS=f"arn:aws:iam::{ACCOUNT}:root")
    )
    iam.attach_user_policy(UserName=ON_CALL, PolicyArn=ADMINISTRATOR)
    for name in others:
        iam.attach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)


@pytest.fixture
def lasting(iam):
    """Makes users who can sign in; what is attached to them is detached at the end."""
    made = []

    def user(name):
        iam.create_user(UserName=name)
        iam.create_access_key(UserName=name)
        made.append(name)
        return name

    yield user
    for name in made:
        for each in iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]:
            iam.detach_user_policy(UserName=name, PolicyArn=each["PolicyArn"])


def administrators(stage, *names):
    users = stage.sandbox.snapshot()["users"]
    return [name for name in names if ADMINISTRATOR in users[name]["attached"]]


@pytest.mark.usefixtures("nobody")
def test_the_last_administrator_is_left_to_people(stage, lasting):
    last = lasting("last")
    _, mails = attacked(
        stage, lambda it: it.attach_user_policy(UserName=last, PolicyArn=ADMINISTRATOR)
    )
    assert labels(mails) == ["CRITICAL", "CRITICAL: UNDO FAILED"]
    assert "nobody but the root user would be administrator" in mails[-1].body
    assert administrators(stage, last) == [last]


@pytest.mark.usefixtures("nobody")
def test_of_the_last_two_administrators_one_is_left_though_both_are_undone_at_once(stage, lasting):
    two = [lasting(name) for name in ("castor", "pollux")]

    def deed(it):
        for name in two:
            it.attach_user_policy(UserName=name, PolicyArn=ADMINISTRATOR)

    _, mails = attacked(stage, deed)
    assert sorted(labels(mails)) == ["CRITICAL", "CRITICAL", "CRITICAL: UNDO FAILED", "RESTORED"]
    assert len(administrators(stage, *two)) == 1


def _without_other_administrators(stage, iam):
    """The roles of other tests that hold AWS's policy, which is taken from them."""
    roles = stage.sandbox.snapshot()["roles"]
    found = [name for name, role in roles.items() if ADMINISTRATOR in role["attached"]]
    for name in found:
        iam.detach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
    return found
