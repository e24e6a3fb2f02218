"""Doctor on the deployed stage: well as it is, and each fault found that somebody makes."""

import json
import shlex
from functools import partial

import pytest
from boto3.session import Session
from typer.testing import CliRunner

from cli import sandboxed
from cli.company import ADMINISTRATOR
from cli.keeping import variables
from cli.main import app
from lambdas.aws import clients
from lambdas.aws.elsewhere import regions
from lambdas.aws.sensor import LiveSensor
from tests.end_to_end.attacks import labels

EVERYBODY = {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*"}

CROWDS = "lambdas.handlers.tell_crowds.handler"
EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


@pytest.fixture
def doctor(stage, monkeypatch, tmp_path):
    """What doctor finds, by the names of its checks."""
    monkeypatch.setattr(sandboxed.typer, "get_app_dir", lambda _: str(tmp_path))
    for name, value in variables(stage).items():
        monkeypatch.setenv(name, value)
    clients._made.cache_clear()
    monkeypatch.setattr(clients, "_session", Session())  # a former one keeps former credentials
    with sandboxed.found_by_others(variables(stage)):

        def run(*words):
            result = CliRunner().invoke(app, ["doctor", *words, "--sandbox", "--json"])
            assert result.exit_code in (0, 1), result.output
            found = [json.loads(line) for line in result.stdout.splitlines()]
            assert result.exit_code == any(each["state"] != "ok" for each in found)
            return {each["name"]: each for each in found}

        yield run
    clients._made.cache_clear()


def faulty(found):
    return {name: each["says"] for name, each in found.items() if each["state"] != "ok"}


def of_kind(stage, kind, beginning=""):
    """The physical id of the first resource of a type whose logical id begins so."""
    listed = stage.sandbox.operator.client("cloudformation").list_stack_resources(
        StackName="Snapback"
    )
    return next(
        each["PhysicalResourceId"]
        for each in listed["StackResourceSummaries"]
        if each["ResourceType"] == kind and each["LogicalResourceId"].startswith(beginning)
    )


def test_all_is_well_and_a_test_alert_arrives(stage, doctor):
    since = len(stage.sandbox.mailbox)
    assert faulty(doctor("--send-test-alert")) == {}
    stage.settle()
    assert labels(stage.sandbox.mailbox[since:]) == ["DECIDED"]


def test_the_clock_sees_every_watch_ask_for_what_it_was_deployed_to(stage, doctor):
    """For a while after a deployment it would not tell of one that does not."""
    bus = "arn:aws:events:us-east-1:123456789012:event-bus/default"
    further = partial(regions, ["eu-west-1"], bus)
    clock = LiveSensor("Snapback", "us-east-1", account="123456789012", elsewhere=further)
    watches = clock.watches()
    assert {each.region for each in watches} == {"us-east-1", "eu-west-1"}
    assert [each for each in watches if each.meant or not each.targets] == []
    assert {f"Watches{each}" for each in ("Changesiam", "Tamperingkeys")} <= {*clock._asked}


def test_each_fault_is_found_and_named(stage, doctor):
    client = stage.sandbox.operator.client
    rule = of_kind(stage, "AWS::Events::Rule", "WatchesChangesiam")
    role = of_kind(stage, "AWS::IAM::Role", "Sweep")
    key = of_kind(stage, "AWS::KMS::Key", "Alerts")
    topic = of_kind(stage, "AWS::SNS::Topic", "Alerts")
    queue = of_kind(stage, "AWS::SQS::Queue", "WatchDeadLetters")
    policy = client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]

    def set_policy(document):
        client("sns").set_topic_attributes(
            TopicArn=topic, AttributeName="Policy", AttributeValue=document
        )

    abroad = client("events", region="eu-west-1")
    further = abroad.list_rules()["Rules"][0]["Name"]
    abroad.disable_rule(Name=further)
    client("events").disable_rule(Name=rule)
    client("iam").attach_role_policy(RoleName=role, PolicyArn=ADMINISTRATOR)
    set_policy(json.dumps({"Version": "2012-10-17", "Statement": [EVERYBODY]}))
    client("kms").disable_key_rotation(KeyId=key)
    client("sqs").send_message(QueueUrl=queue, MessageBody="{}")
    try:
        found = doctor()
    finally:
        abroad.enable_rule(Name=further)
        client("events").enable_rule(Name=rule)
        client("iam").detach_role_policy(RoleName=role, PolicyArn=ADMINISTRATOR)
        set_policy(policy)
        client("kms").enable_key_rotation(KeyId=key)
        client("sqs").purge_queue(QueueUrl=queue)
    expected = {"watches", "roles", "policies", "keys", "dead letters"}
    assert faulty(found).keys() == expected, faulty(found)
    enable = (f"--name {rule} --region us-east-1", f"--name {further} --region eu-west-1")
    assert {*found["watches"]["mend"]} == {f"aws events enable-rule {each}" for each in enable}
    detach = f"aws iam detach-role-policy --role-name {role} --policy-arn {ADMINISTRATOR}"
    assert found["roles"]["mend"] == [detach]
    assert found["keys"]["mend"] == [f"aws kms enable-key-rotation --key-id {key}"]
    assert found["dead letters"]["says"].startswith("1 letters wait in ")
    assert found["policies"]["parts"] == [topic.rpartition(":")[2]]


def test_what_is_written_anew_is_compared_with_what_was_deployed(stage, doctor):
    client = stage.sandbox.operator.client
    watch = of_kind(stage, "AWS::Events::Rule", "WatchesTamperingowncomputing")
    boundary = of_kind(stage, "AWS::IAM::ManagedPolicy", "UndoBoundary")
    crowds = of_kind(stage, "AWS::Lambda::Function", "Crowds")
    asked = client("events").describe_rule(Name=watch)["EventPattern"]
    client("events").put_rule(Name=watch, EventPattern='{"source":["aws.ec2"]}')
    client("lambda").update_function_configuration(FunctionName=crowds, Handler="eve.handler")
    client("iam").create_policy_version(
        PolicyArn=boundary, PolicyDocument=json.dumps(EVERYTHING), SetAsDefault=True
    )
    try:
        found = doctor()
    finally:
        client("events").put_rule(Name=watch, EventPattern=asked)
        client("lambda").update_function_configuration(FunctionName=crowds, Handler=CROWDS)
        client("iam").set_default_policy_version(PolicyArn=boundary, VersionId="v1")
        client("iam").delete_policy_version(PolicyArn=boundary, VersionId="v2")
    assert faulty(found).keys() == {"watches", "code", "managed policies"}, faulty(found)
    [put] = found["watches"]["mend"]
    assert put.startswith(f"aws events put-rule --name {watch} --region us-east-1")
    assert json.loads(shlex.split(put)[-1]) == json.loads(asked)
    assert found["code"]["says"] == f"{crowds} has another Handler than was deployed"
    restore = f"aws iam set-default-policy-version --policy-arn {boundary} --version-id v1"
    assert found["managed policies"]["mend"] == [restore]
