import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.account import Sandbox
from sandbox.flight import UnsettledError
from sandbox.snapshot import differences
from sandbox.timing import Timing
from tests.sandbox.assemblies import allow, document, function, role, write, zipped
from tests.sandbox.handlers import OBEDIENT

ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ANYTHING = json.dumps(document(allow("*")))
TRUST = json.dumps(
    document({"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"})
)
WATCH = {
    "Type": "AWS::Events::Rule",
    "Properties": {
        "Name": "watch",
        "EventPattern": {"source": ["aws.iam", "test"]},
        "Targets": [{"Id": "t", "Arn": {"Fn::GetAtt": ["Worker", "Arn"]}}],
    },
}
RESOURCES = {
    "Role": {
        "Type": "AWS::IAM::Role",
        "Properties": {**role(allow("iam:ListUsers"))["Properties"], "RoleName": "worker"},
    },
    "Worker": function(
        "code", name="worker", Timeout=20, Environment={"Variables": {"OWN": "value"}}
    ),
    "Watch": WATCH,
    "Permission": {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": "Worker"},
            "Principal": "events.amazonaws.com",
            "SourceArn": {"Fn::GetAtt": ["Watch", "Arn"]},
        },
    },
    "Single": function("code", name="single", ReservedConcurrentExecutions=1),
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with Sandbox(timing=Timing(retry_delays=(0.01, 0.02))) as running:
        folder = tmp_path_factory.mktemp("assembly")
        running.deploy(write(folder, RESOURCES, code={"code": {"main.py": OBEDIENT}}))
        running.operator.client("iam").create_user(UserName="alice")
        running.operator.client("iam").put_user_policy(
            UserName="alice", PolicyName="all", PolicyDocument=ANYTHING
        )
        yield running


def answer(sandbox: Sandbox, function: str = "worker", **event: Any) -> Any:
    return json.loads(sandbox.invoke(function, event).payload)


def test_a_function_gets_its_environment(sandbox: Sandbox) -> None:
    variables = answer(sandbox)["variables"]
    assert variables["OWN"] == "value"
    assert variables["AWS_LAMBDA_FUNCTION_NAME"] == "worker"
    assert variables["_HANDLER"] == "main.handler"
    assert variables["AWS_REGION"] == "us-east-1"
    assert variables["AWS_LAMBDA_LOG_FORMAT"] == "Text"
    assert variables["AWS_ENDPOINT_URL"] == sandbox.front.endpoint_url
    assert "HOME" not in variables
    assert "PYTHONPATH" not in variables


def test_a_function_runs_from_its_package_and_not_from_the_working_tree(sandbox: Sandbox) -> None:
    found = answer(sandbox)
    folder = Path(found["variables"]["LAMBDA_TASK_ROOT"])
    assert Path(found["file"]) == folder / "main.py"
    assert not folder.is_relative_to(Path(__file__).parents[2])
    assert "site-packages" in found["boto3"]


def test_a_package_comes_before_what_is_installed(sandbox: Sandbox) -> None:
    code = {
        "main.py": "import boto3, sys\n"
        "def handler(event, context):\n"
        "    return {'boto3': boto3.__file__, 'sandbox': 'sandbox' in sys.modules}",
        "boto3/__init__.py": "",
    }
    client = sandbox.operator.client("lambda")
    client.update_function_code(FunctionName="single", ZipFile=zipped(code))
    found = answer(sandbox, "single")
    client.update_function_code(FunctionName="single", ZipFile=zipped({"main.py": OBEDIENT}))
    assert "sandbox-task-" in found["boto3"]
    assert not found["sandbox"]


def test_the_working_tree_cannot_be_imported(sandbox: Sandbox) -> None:
    code = {"main.py": "import lambdas\ndef handler(event, context): ..."}
    client = sandbox.operator.client("lambda")
    client.update_function_code(FunctionName="single", ZipFile=zipped(code))
    outcome = sandbox.invoke("single", {})
    client.update_function_code(FunctionName="single", ZipFile=zipped({"main.py": OBEDIENT}))
    assert "No module named 'lambdas'" in json.loads(outcome.payload)["errorMessage"]


def test_a_process_is_used_again_until_the_configuration_changes(sandbox: Sandbox) -> None:
    first, second = answer(sandbox)["pid"], answer(sandbox)["pid"]
    sandbox.operator.client("lambda").update_function_configuration(
        FunctionName="worker", Timeout=21
    )
    assert first == second
    assert answer(sandbox)["pid"] != first


def at_once(sandbox: Sandbox, function: str, count: Any) -> Any:
    before = len(sandbox.invocations)
    client = sandbox.operator.client("lambda")
    payload = json.dumps({"do": "sleep", "seconds": 0.3})
    for _ in range(count):
        client.invoke(FunctionName=function, InvocationType="Event", Payload=payload)
    sandbox.settle(60)
    return {json.loads(i.outcome.payload)["pid"] for i in sandbox.invocations[before:]}


def test_events_at_the_same_time_have_processes_of_their_own(sandbox: Sandbox) -> None:
    assert len(at_once(sandbox, "worker", 3)) > 1


def test_a_reservation_limits_the_processes(sandbox: Sandbox) -> None:
    assert len(at_once(sandbox, "single", 3)) == 1


def test_the_api_invokes_and_waits(sandbox: Sandbox) -> None:
    client = sandbox.operator.client("lambda")
    fine = client.invoke(FunctionName="worker", Payload=b"{}")
    broken = client.invoke(FunctionName="worker", Payload=b'{"do": "fail"}')
    assert "pid" in json.loads(fine["Payload"].read())
    assert "FunctionError" not in fine
    assert broken["FunctionError"] == "Unhandled"
    assert json.loads(broken["Payload"].read())["errorType"] == "ValueError"


def test_who_is_invoked_without_a_payload_gets_an_empty_event(sandbox: Sandbox) -> None:
    answered = sandbox.operator.client("lambda").invoke(FunctionName="worker")
    assert "FunctionError" not in answered


def test_a_call_reaches_the_watch_under_its_callers_name(sandbox: Sandbox) -> None:
    sandbox.settle(60)
    sandbox.as_user("alice").client("iam", address="192.0.2.7").attach_user_policy(
        UserName="alice", PolicyArn=ARN
    )
    sandbox.settle(60)
    event = json.loads(sandbox.invocations[-1].payload)
    assert (event["source"], event["detail"]["eventName"]) == ("aws.iam", "AttachUserPolicy")
    assert event["detail"]["userIdentity"]["userName"] == "alice"
    assert event["detail"]["sourceIPAddress"] == "192.0.2.7"


def test_a_session_is_told_from_its_role(sandbox: Sandbox) -> None:
    sandbox.settle(60)
    with pytest.raises(ClientError, match="AccessDenied"):
        sandbox.as_role("worker", "who-knows").client("iam").create_user(UserName="eve")
    sandbox.settle(60)
    identity = json.loads(sandbox.invocations[-1].payload)["detail"]["userIdentity"]
    assert identity["arn"].endswith(":assumed-role/worker/who-knows")


def test_the_operators_calls_are_not_told(sandbox: Sandbox) -> None:
    sandbox.settle(60)
    before = len(sandbox.invocations)
    sandbox.operator.client("iam").create_group(GroupName="staff")
    sandbox.settle(60)
    assert len(sandbox.invocations) == before


def test_settling_names_what_is_in_flight(sandbox: Sandbox) -> None:
    sandbox.settle(60)
    payload = json.dumps({"do": "sleep", "seconds": 1})
    sandbox.operator.client("lambda").invoke(
        FunctionName="worker", InvocationType="Event", Payload=payload
    )
    with pytest.raises(UnsettledError, match="worker"):
        sandbox.settle(0.01)
    sandbox.settle(60)


def test_a_failure_names_the_function_and_the_error(sandbox: Sandbox) -> None:
    sandbox.invoke("worker", {"do": "fail"})
    assert any(f.what == "worker" and "told to fail" in f.why for f in sandbox.failures)


def test_a_function_that_is_killed_at_work_fails_and_starts_anew(sandbox: Sandbox) -> None:
    idle = answer(sandbox, "single")["pid"]
    sandbox.kill("single")
    assert answer(sandbox, "single")["pid"] == idle
    hooks = sandbox.front.hooks
    hooks.on_answer = lambda entry: (
        sandbox.kill("single") if str(entry.call) == "iam:ListUsers" else None
    )
    try:
        died = sandbox.invoke("single", {"do": "list"})
    finally:
        hooks.on_answer = None
    assert died.error == "Runtime.ExitError"
    assert answer(sandbox, "single")["pid"] != idle


def test_a_role_that_may_not_write_its_logs_is_a_failure(sandbox: Sandbox) -> None:
    sandbox.invoke("worker", {})
    lost = {failure.why for failure in sandbox.failures if failure.what == "logs"}
    assert "worker may not logs:PutLogEvents: its logs are lost" in lost


PROVIDER = "arn:aws:iam::123456789012:oidc-provider/id.example.com"


def _keys(iam: Any) -> list[str]:
    keys = iam.list_access_keys(UserName="bob")["AccessKeyMetadata"]
    return [key["AccessKeyId"] for key in keys]


STATE = {
    "nothing": (lambda iam: iam.list_users(), []),
    "an access key": (
        lambda iam: iam.create_access_key(UserName="bob"),
        ["users bob access keys"],
    ),
    "an access key that is switched off": (
        lambda iam: iam.update_access_key(
            UserName="bob", AccessKeyId=_keys(iam)[0], Status="Inactive"
        ),
        ["users bob access keys"],
    ),
    "a password": (
        lambda iam: iam.create_login_profile(UserName="bob", Password="Made-up-1"),
        ["users bob login profile"],
    ),
    "an MFA device": (
        lambda iam: iam.enable_mfa_device(
            UserName="bob",
            SerialNumber="GAHT12345678",
            AuthenticationCode1="123456",
            AuthenticationCode2="654321",
        ),
        ["users bob MFA devices"],
    ),
    "an instance profile": (
        lambda iam: iam.create_instance_profile(InstanceProfileName="new"),
        ["instance profiles new path", "instance profiles new roles", "instance profiles new tags"],
    ),
    "a role in an instance profile": (
        lambda iam: iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="worker"),
        ["instance profiles web roles"],
    ),
    "an identity provider's certificate": (
        lambda iam: iam.update_open_id_connect_provider_thumbprint(
            OpenIDConnectProviderArn=PROVIDER, ThumbprintList=["b" * 40]
        ),
        [f"identity providers {PROVIDER} thumbprint_list"],
    ),
    "an inline policy": (
        lambda iam: iam.put_user_policy(UserName="bob", PolicyName="p", PolicyDocument=ANYTHING),
        ["users bob inline"],
    ),
    "an attached policy": (
        lambda iam: iam.attach_user_policy(UserName="bob", PolicyArn=ARN),
        ["users bob attached"],
    ),
    "a boundary": (
        lambda iam: iam.put_user_permissions_boundary(UserName="bob", PermissionsBoundary=ARN),
        ["users bob boundary"],
    ),
    "a membership": (
        lambda iam: iam.add_user_to_group(UserName="bob", GroupName="team"),
        ["groups team members", "users bob groups"],
    ),
    "a tag": (
        lambda iam: iam.tag_user(UserName="bob", Tags=[{"Key": "k", "Value": "v"}]),
        ["users bob tags"],
    ),
    "a trust policy": (
        lambda iam: iam.update_assume_role_policy(RoleName="worker", PolicyDocument=TRUST),
        ["roles worker trust"],
    ),
    "a version": (
        lambda iam: iam.create_policy_version(
            PolicyArn="arn:aws:iam::123456789012:policy/own", PolicyDocument=ANYTHING
        ),
        ["policies arn:aws:iam::123456789012:policy/own versions"],
    ),
    "a deleted group": (
        lambda iam: iam.delete_group(GroupName="empty"),
        [
            "groups empty attached",
            "groups empty inline",
            "groups empty members",
            "groups empty path",
        ],
    ),
}


@pytest.fixture(scope="module")
def people(sandbox: Sandbox) -> Any:
    iam = sandbox.operator.client("iam")
    iam.create_user(UserName="bob")
    iam.create_access_key(UserName="bob")
    iam.create_instance_profile(InstanceProfileName="web")
    iam.create_group(GroupName="team")
    iam.create_group(GroupName="empty")
    iam.create_policy(PolicyName="own", PolicyDocument=ANYTHING)
    iam.create_open_id_connect_provider(
        Url="https://id.example.com", ThumbprintList=["a" * 40], ClientIDList=["web"]
    )
    return iam


@pytest.mark.parametrize(("change", "changed"), STATE.values(), ids=STATE.keys())
def test_a_snapshot_shows(sandbox: Sandbox, people: Any, change: Any, changed: list[str]) -> None:
    before = sandbox.snapshot()
    change(people)
    found = differences(before, sandbox.snapshot())
    assert [line.split(": ", 1)[0] for line in found] == changed


def test_a_snapshot_has_the_exact_text_of_documents(sandbox: Sandbox, people: Any) -> None:
    text = '{ "Version":"2012-10-17",\n "Statement":[] , "Id": "x"}'
    text = text.replace("[]", '{"Effect":"Deny","Action":"*","Resource":"*"}')
    people.put_user_policy(UserName="bob", PolicyName="exact", PolicyDocument=text)
    assert sandbox.snapshot()["users"]["bob"]["inline"]["exact"] == text


def test_a_snapshot_shows_a_trail_that_stops(sandbox: Sandbox) -> None:
    sandbox.operator.client("s3").create_bucket(Bucket="logs")
    trails = sandbox.operator.client("cloudtrail")
    trails.create_trail(Name="trail", S3BucketName="logs")
    trails.start_logging(Name="trail")
    before = sandbox.snapshot()
    trails.stop_logging(Name="trail")
    [line] = differences(before, sandbox.snapshot())
    assert line.endswith("trail/trail logging: True -> False")
