"""What goes wrong on the way: none of it loses an alert, and none of it undoes the wrong thing."""

import json

import pytest
from botocore.exceptions import ClientError

from cli.company import ADMINISTRATOR
from cli.stage import SETTINGS
from tests.aws.records_of_cloudtrail import record
from tests.end_to_end.attacks import another_minute, attacked, labels, refused


@pytest.fixture
def since(stage):
    """What was there when the test began: positions in mailbox, invocations and dead letters."""
    stage.settle()
    return len(stage.sandbox.mailbox), len(stage.sandbox.invocations), letters(stage)


def letters(stage):
    return {name: len(bodies) for name, bodies in stage.sandbox.dead_letters().items()}


def subjects(stage, since):
    return [mail.subject for mail in stage.sandbox.mailbox[since[0] :]]


def attach(user):
    return lambda stage: stage.thief.client("iam").attach_user_policy(
        UserName=user, PolicyArn=ADMINISTRATOR
    )


def new_user(stage, name):
    stage.sandbox.operator.client("iam").create_user(UserName=name)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})


def attached(stage, user):
    return stage.sandbox.snapshot()["users"][user]["attached"]


def test_while_mail_cannot_be_sent_the_undo_still_runs_and_the_alert_is_sent_later(stage, since):
    new_user(stage, "unmailed")
    # InternalError would be tried again by the SDK itself; AuthorizationError is final.
    with refused(stage, lambda call: call.service == "sns", times=2, code="AuthorizationError"):
        stage.attack(attach("unmailed"))
        stage.settle()
    assert attached(stage, "unmailed") == []
    assert sorted(subject.partition("]")[0] for subject in subjects(stage, since)) == [
        "[CRITICAL",
        "[RESTORED",
    ]
    assert letters(stage) == since[2]


def test_a_malformed_event_of_a_watched_source_is_kept_as_a_dead_letter(stage, since):
    event = {
        "version": "0",
        "id": "11111111-1111-1111-1111-111111111111",
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.iam",
        "account": stage.sandbox.front.account,
        "time": "2026-01-01T00:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": {"eventSource": "iam.amazonaws.com", "eventName": 7, "eventTime": []},
    }
    assert stage.sandbox.put_event(event)
    stage.settle()
    new = {name: count for name, count in letters(stage).items() if count != since[2].get(name, 0)}
    assert len(new) == 1
    (name,) = new
    assert "eventName" in stage.sandbox.dead_letters()[name][-1]
    assert subjects(stage, since) == []


@pytest.mark.parametrize(
    "parameters",
    [
        None,
        {"reason": "requestParameters too large", "omitted": "true", "originalSize": 131_072},
        {"userName": "mallory"},
        ["mallory"],
    ],
    ids=["null", "omitted because they are too large", "cut", "no object"],
)
def test_parameters_that_say_nothing_are_told_loudly_and_nothing_is_undone(
    stage, since, parameters
):
    another_minute(stage)
    before = stage.sandbox.snapshot()
    hidden = record(
        eventName="PutUserPolicy", requestParameters=parameters, eventID=json.dumps(parameters)
    )
    stage.sandbox.put_record(hidden)
    stage.settle()
    (subject,) = (each for each in subjects(stage, since) if "mallory" in each)
    assert "called iam:PutUserPolicy, and the event hides what it" in subject
    assert stage.sandbox.snapshot() == before
    answers = [json.loads(each.outcome.payload) for each in stage.sandbox.invocations[since[1] :]]
    assert [each["unannounced"] for each in answers if "unannounced" in each] == [0]


def test_an_undo_whose_own_event_lacks_its_parameters_raises_no_alarm_about_itself(stage, since):
    """What is put back is so long that CloudTrail omits it from the event of the call."""
    iam = stage.sandbox.operator.client("iam")
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    long = json.dumps({"Version": "2012-10-17", "Statement": [statement]}) + " " * 110_000
    iam.create_user(UserName="padded")
    iam.put_user_policy(UserName="padded", PolicyName="work", PolicyDocument=long)
    before, mails = attacked(
        stage,
        lambda it: it.put_user_policy(
            UserName="padded",
            PolicyName="work",
            PolicyDocument=long.strip().replace("s3:GetObject", "*"),
        ),
    )
    assert labels(mails) == ["CRITICAL", "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_a_failed_call_is_ignored_and_wakes_nobody(stage, since):
    with pytest.raises(ClientError):
        stage.thief.client("iam").attach_user_policy(UserName="nobody", PolicyArn=ADMINISTRATOR)
    stage.settle()
    (invocation,) = stage.sandbox.invocations[since[1] :]
    assert "failed call" in json.loads(invocation.outcome.payload)["ignored"]
    assert subjects(stage, since) == []


def test_a_user_that_no_sweep_has_seen_is_told_of_and_left_alone(stage, since):
    stage.sandbox.operator.client("iam").create_user(UserName="unseen")
    stage.attack(attach("unseen"))
    stage.settle()
    (subject,) = subjects(stage, since)
    assert subject.startswith("[CRITICAL] user unseen is")
    assert "not known" in stage.sandbox.mailbox[-1].body
    assert attached(stage, "unseen") == [ADMINISTRATOR]


def test_a_policy_that_was_attached_before_stays_attached(stage, since):
    stage.sandbox.operator.client("iam").create_user(UserName="chief")
    stage.sandbox.operator.client("iam").attach_user_policy(
        UserName="chief", PolicyArn=ADMINISTRATOR
    )
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.attack(attach("chief"))
    stage.settle()
    assert attached(stage, "chief") == [ADMINISTRATOR]
    assert [each[:10] for each in subjects(stage, since)] == ["[STANDING]"], "a list, no alert"


def test_whoever_repeats_the_attack_after_each_undo_is_undone_until_it_is_one_too_many(
    stage, since
):
    new_user(stage, "pawn")
    limit = SETTINGS["undoLimits"]["perSubject"]
    for _ in range(limit):
        attach("pawn")(stage)
        stage.settle()
        assert attached(stage, "pawn") == []
    assert len(subjects(stage, since)) == 2 * limit
    attach("pawn")(stage)
    stage.settle()
    [loud] = subjects(stage, since)[2 * limit :]
    assert loud.startswith("[CRITICAL] Snapback undoes no more changes of user pawn: too many of")
    assert attached(stage, "pawn") == [ADMINISTRATOR]


def test_nobody_but_the_evaluating_function_can_have_something_undone(stage):
    queues = stage.sandbox.operator.client("sqs").list_queues()["QueueUrls"]
    (undo,) = [url for url in queues if "UndoQueue" in url]
    stage.sandbox.operator.client("iam").create_role(
        RoleName="intruder", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17"})
    )
    stage.sandbox.operator.client("iam").put_role_policy(
        RoleName="intruder",
        PolicyName="all",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
            }
        ),
    )
    hooks = stage.sandbox.front.hooks
    enforced, hooks.enforced = hooks.enforced, lambda _: True
    try:
        intruder = stage.sandbox.as_role("intruder", "now")
        with pytest.raises(ClientError, match="AccessDenied"):
            intruder.client("sqs").send_message(QueueUrl=undo, MessageBody="{}")
        with pytest.raises(ClientError, match="AccessDenied"):
            intruder.client("dynamodb").put_item(
                TableName=stage.outputs["TableName"], Item={"pk": {"S": "x"}, "sk": {"S": "x"}}
            )
    finally:
        hooks.enforced = enforced
