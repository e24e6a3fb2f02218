"""Undos on bad days: each takes back its own part, once, and says so only when it is so."""

import json
import time

import pytest
from moto.sqs.models import sqs_backends

from cli.company import ADMINISTRATOR, allowing
from tests.end_to_end.attacks import attacked, before_the_undo, labels

LARGEST = 131_072
"""Characters of a trust policy, at most, with the quota raised; white space does not count.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""
NARROW, WIDE = allowing("s3:GetObject"), allowing("*")


@pytest.fixture
def iam(stage):
    """The operator's IAM; what it prepares is swept, and done before the attack."""
    stage.settle()
    yield stage.sandbox.operator.client("iam")
    stage.sandbox.front.hooks.read_lag = 0.0


def user(iam, name, **inline):
    iam.create_user(UserName=name)
    for policy, text in inline.items():
        iam.put_user_policy(UserName=name, PolicyName=policy, PolicyDocument=text)


def attach(name):
    return lambda it: it.attach_user_policy(UserName=name, PolicyArn=ADMINISTRATOR)


def put(name, policy, text=WIDE):
    return lambda it: it.put_user_policy(UserName=name, PolicyName=policy, PolicyDocument=text)


def held(stage, name):
    return stage.sandbox.snapshot()["users"][name]


def look_now(stage):
    """The looks that wait in the undo queue take place now, one after the other; how many."""
    count = 0
    for number in (1, 2, 3):
        for message in waiting_looks(stage):
            if json.loads(message.body)["look"] == number:
                message.delayed_until, count = 0, count + 1
        for poller in stage.sandbox._pollers.values():
            poller._wake()
        stage.settle()
    return count


def waiting_looks(stage):
    return [
        message
        for queue in sqs_backends[stage.sandbox.front.account]["us-east-1"].queues.values()
        if "UndoQueue" in queue.name
        for message in list(queue._messages)
        if message.delayed
    ]


@pytest.mark.parametrize(
    ("deed", "lag"),
    [
        pytest.param("put", 1.0, id="a second"),
        pytest.param("attach", 4.0, id="longer than anybody waits"),
    ],
)
def test_reads_that_lag_neither_spoil_nor_invent_an_undo(stage, iam, deed, lag):
    name = f"late-{deed}-{lag:.0f}"
    user(iam, name, work=NARROW)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    before = held(stage, name)
    stage.sandbox.front.hooks.read_lag = lag
    stage.attack(
        lambda s: {"attach": attach(name), "put": put(name, "work")}[deed](s.thief.client("iam"))
    )
    stage.settle()
    time.sleep(lag)
    look_now(stage)
    assert held(stage, name) == before


@pytest.mark.parametrize("deliveries", [2, 5])
def test_copies_of_an_event_at_the_same_moment_undo_once(stage, iam, deliveries):
    name = f"copied-{deliveries}"
    user(iam, name)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    since = len(stage.sandbox.mailbox)
    stage.attack(lambda s: attach(name)(s.thief.client("iam")), deliveries)
    stage.settle()
    assert labels(stage.sandbox.mailbox[since:]) == ["CRITICAL", "RESTORED"]
    assert held(stage, name)["attached"] == []


def test_a_copy_that_comes_late_does_nothing(stage, iam):
    user(iam, "belated")
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    records = []
    hooks = stage.sandbox.front.hooks
    deliver, hooks.on_record = hooks.on_record, records.append
    time.sleep(1.05 - time.time() % 1)
    attach("belated")(stage.thief.client("iam"))
    hooks.on_record = deliver
    since = len(stage.sandbox.mailbox)
    for _ in range(2):
        stage.sandbox.put_record(records[0])
        stage.settle()
    assert labels(stage.sandbox.mailbox[since:]) == ["CRITICAL", "RESTORED"]


@pytest.mark.parametrize("harmless_first", [True, False], ids=["harmless first", "harmless last"])
@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "in the wrong order"])
def test_of_two_changes_within_a_second_the_harmless_one_survives(
    stage, iam, harmless_first, reverse
):
    name = f"twice-{harmless_first:d}{reverse:d}"
    user(iam, name)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    deeds = [put(name, "reports", NARROW), attach(name)]
    held_back = []
    hooks = stage.sandbox.front.hooks
    deliver, hooks.on_record = hooks.on_record, held_back.append
    time.sleep(1.05 - time.time() % 1)
    for deed in deeds if harmless_first else deeds[::-1]:
        deed(stage.thief.client("iam"))
    hooks.on_record = deliver
    for record in held_back[::-1] if reverse else held_back:
        stage.sandbox.put_record(record)
    stage.settle()
    assert held(stage, name)["attached"] == []
    assert held(stage, name)["inline"] == {"reports": NARROW}


def test_a_user_deleted_before_the_undo_is_gone(stage, iam):
    user(iam, "fleeting")

    def deletes():
        iam.detach_user_policy(UserName="fleeting", PolicyArn=ADMINISTRATOR)
        iam.delete_user(UserName="fleeting")

    with before_the_undo(stage, deletes):
        _, mails = attacked(stage, attach("fleeting"))
    assert labels(mails) == ["CRITICAL", "ALREADY GONE"]
    assert "fleeting" not in stage.sandbox.snapshot()["users"]


def test_a_user_made_again_under_the_name_is_not_the_one_that_was_attacked(stage, iam):
    """Somebody else has the name by now, and may hold the same policy."""
    user(iam, "phoenix")

    def rises():
        iam.detach_user_policy(UserName="phoenix", PolicyArn=ADMINISTRATOR)
        iam.delete_user(UserName="phoenix")
        iam.create_user(UserName="phoenix")
        attach("phoenix")(iam)

    with before_the_undo(stage, rises):
        _, mails = attacked(stage, attach("phoenix"))
    assert labels(mails) in (["CRITICAL", "OVERTAKEN"], ["CRITICAL", "ALREADY GONE"])
    assert held(stage, "phoenix")["attached"] == [ADMINISTRATOR]
    iam.detach_user_policy(UserName="phoenix", PolicyArn=ADMINISTRATOR)


def test_a_policy_that_is_detached_and_deleted_is_gone(stage, iam):
    user(iam, "brief")
    arn = iam.create_policy(PolicyName="brief", PolicyDocument=WIDE)["Policy"]["Arn"]

    def deletes():
        iam.detach_user_policy(UserName="brief", PolicyArn=arn)
        iam.delete_policy(PolicyArn=arn)

    with before_the_undo(stage, deletes):
        _, mails = attacked(
            stage, lambda it: it.attach_user_policy(UserName="brief", PolicyArn=arn)
        )
    assert labels(mails) == ["CRITICAL", "ALREADY GONE"]
    assert held(stage, "brief")["attached"] == []


def test_a_largest_document_comes_back_to_the_letter(stage, iam):
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "ec2.amazonaws.com"},
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    former = text[:-1] + " " * (LARGEST - len(text)) + text[-1]
    outside = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [statement | {"Principal": {"AWS": "arn:aws:iam::999988887777:root"}}],
        }
    )
    iam.create_role(RoleName="large", AssumeRolePolicyDocument=former)
    before, mails = attacked(
        stage, lambda it: it.update_assume_role_policy(RoleName="large", PolicyDocument=outside)
    )
    assert labels(mails)[-1] == "RESTORED"
    assert stage.sandbox.snapshot() == before


def test_where_five_versions_are_there_the_former_default_is_chosen_again(stage, iam):
    arn = iam.create_policy(PolicyName="full", PolicyDocument=NARROW)["Policy"]["Arn"]
    for _ in range(3):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=NARROW)
    user(iam, "versed")
    iam.attach_user_policy(UserName="versed", PolicyArn=arn)
    before, mails = attacked(
        stage,
        lambda it: it.create_policy_version(PolicyArn=arn, PolicyDocument=WIDE, SetAsDefault=True),
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_a_default_version_that_the_attacker_deleted_is_made_again_from_its_text(stage, iam):
    arn = iam.create_policy(PolicyName="burnt", PolicyDocument=NARROW)["Policy"]["Arn"]
    user(iam, "bridge")
    iam.attach_user_policy(UserName="bridge", PolicyArn=arn)

    def burns(it):
        it.create_policy_version(PolicyArn=arn, PolicyDocument=WIDE, SetAsDefault=True)
        it.delete_policy_version(PolicyArn=arn, VersionId="v1")

    _, mails = attacked(stage, burns)
    assert sorted({*labels(mails)}) == ["CRITICAL", "RESTORED"]
    since = len(stage.sandbox.mailbox)
    assert look_now(stage) >= 3
    assert stage.sandbox.mailbox[since:] == []
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [(each["VersionId"], each["IsDefaultVersion"]) for each in versions] == [("v3", True)]
    found = iam.get_policy_version(PolicyArn=arn, VersionId="v3")["PolicyVersion"]["Document"]
    assert found == json.loads(NARROW)


def test_a_harmless_change_to_whoever_held_a_risky_policy_undoes_nothing(stage, iam):
    user(iam, "mighty")
    attach("mighty")(iam)
    _, mails = attacked(stage, put("mighty", "reports", NARROW))
    assert "RESTORED" not in labels(mails)
    assert held(stage, "mighty")["attached"] == [ADMINISTRATOR]
    assert held(stage, "mighty")["inline"] == {"reports": NARROW}


def test_whoever_undoes_the_undo_unseen_is_found_by_a_look_and_told_loudly(stage, iam):
    user(iam, "haunted")
    before, _ = attacked(stage, attach("haunted"))
    since = len(stage.sandbox.mailbox)
    attach("haunted")(iam)
    assert look_now(stage) >= 3
    assert labels(stage.sandbox.mailbox[since:]) == ["CRITICAL, AGAIN: RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_an_undo_that_holds_is_confirmed_and_nobody_is_told_again(stage, iam):
    user(iam, "calm")
    attacked(stage, attach("calm"))
    since = len(stage.sandbox.mailbox)
    invocations = stage.sandbox.invocations
    look_now(stage)
    found = [
        each
        for each in stage.incidents(invocations)
        if "calm" in str(each.change.subject) and each.planned_by is None
    ]
    assert [each.outcome.confirmed for each in found] == [True]
    assert stage.sandbox.mailbox[since:] == []
