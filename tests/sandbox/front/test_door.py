"""The door: who is asked for permission, what a refusal looks like, and what the hooks do."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ClientError

from sandbox.front import Credentials, Fault, Front, Kind
from tests.sandbox.front import roles

GET_USER = {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}
STRANGER = Credentials("AKIASTRANGER00000000", "secret")
SESSION = "arn:aws:sts::123456789012:assumed-role/{}/session"


def refused(client: Any, method: str, **parameters: Any) -> tuple[str, int, str]:
    with pytest.raises(ClientError) as raised:
        getattr(client, method)(**parameters)
    answer = raised.value.response
    return (
        answer["Error"]["Code"],
        answer["ResponseMetadata"]["HTTPStatusCode"],
        answer["Error"]["Message"],
    )


def test_what_a_functions_role_is_granted_goes_through(front: Front) -> None:
    front.client("iam").create_user(UserName="granted")
    client = front.client("iam", credentials=roles.function(front, "granted", GET_USER))
    assert client.get_user(UserName="granted")["User"]["UserName"] == "granted"
    entry = front.hooks.log[-1]
    assert entry.caller.arn == SESSION.format("granted")
    assert [(d.need.action, d.allowed) for d in entry.decisions or ()] == [("iam:GetUser", True)]


def test_an_attached_aws_managed_policy_grants(front: Front) -> None:
    credentials = roles.function(front, "attached")
    front.client("iam").attach_role_policy(
        RoleName="attached", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess"
    )
    assert "Users" in front.client("iam", credentials=credentials).list_users()


def test_of_a_managed_policys_versions_the_default_one_counts(front: Front) -> None:
    iam = front.client("iam")
    credentials = roles.function(front, "versioned")
    grants, nothing = (roles.document([GET_USER | {"Effect": e}]) for e in ("Allow", "Deny"))
    policy = iam.create_policy(PolicyName="versioned", PolicyDocument=nothing)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="versioned", PolicyArn=policy)
    ask = (credentials, "iam", "GetUser", {"UserName": "u"})
    before = front.ask(*ask)
    iam.create_policy_version(PolicyArn=policy, PolicyDocument=grants, SetAsDefault=True)
    assert [each.allowed for each in (*before, *front.ask(*ask))] == [False, True]


@pytest.mark.parametrize("kind", ["operator", "root", "user", "role that is no function's"])
def test_who_is_not_checked(front: Front, kind: str) -> None:
    iam = front.client("iam")
    name = kind.partition(" ")[0]
    if kind == "user":
        iam.create_user(UserName=name)
    callers = {
        "operator": lambda: front.operator,
        "root": lambda: front.root,
        "user": lambda: front.credentials_for_user(name),
        "role": lambda: roles.session(front, name, service="ec2.amazonaws.com", allow=[]),
    }
    assert front.client("iam", credentials=callers[name]()).list_users()["Users"] is not None
    assert front.hooks.log[-1].decisions is None


def test_others_are_checked_where_that_is_asked_for(front: Front) -> None:
    credentials = roles.session(front, "batch", service="ec2.amazonaws.com", allow=[])
    former = front.hooks.enforced
    front.hooks.enforced = lambda caller: caller.kind is Kind.ROLE
    try:
        code, _, _ = refused(front.client("iam", credentials=credentials), "list_users")
    finally:
        front.hooks.enforced = former
    assert code == "AccessDenied"


@pytest.mark.parametrize(
    ("service", "method", "parameters", "code", "status"),
    [
        pytest.param("iam", "get_user", {"UserName": "u"}, "AccessDenied", 403, id="IAM"),
        pytest.param("sqs", "send_message", {"MessageBody": "m"}, "AccessDenied", 403, id="SQS"),
        pytest.param("sns", "publish", {"Message": "m"}, "AuthorizationError", 403, id="SNS"),
        pytest.param(
            "dynamodb",
            "get_item",
            {"TableName": "t", "Key": {}},
            "AccessDeniedException",
            400,
            id="DynamoDB",
        ),
        pytest.param(
            "cloudtrail",
            "stop_logging",
            {"Name": "t"},
            "AccessDeniedException",
            400,
            id="CloudTrail",
        ),
        pytest.param(
            "lambda", "invoke", {"FunctionName": "f"}, "AccessDeniedException", 403, id="Lambda"
        ),
    ],
)
def test_a_denial_is_the_services_own(
    front: Front, service: str, method: str, parameters: dict[str, Any], code: str, status: int
) -> None:
    address = {
        "sqs": {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/q"},
        "sns": {"TopicArn": "arn:aws:sns:us-east-1:123456789012:t"},
    }
    client = front.client(service, credentials=roles.function(front, f"denied-{service}"))
    answer = refused(client, method, **parameters, **address.get(service, {}))
    assert answer[:2] == (code, status)
    assert answer[2].startswith(f"User: {SESSION.format(f'denied-{service}')} is not authorized")


def test_a_denial_is_worded_as_aws_words_it(front: Front) -> None:
    client = front.client("iam", credentials=roles.function(front, "worded"))
    _, _, message = refused(client, "get_user", UserName="u")
    assert message == (
        f"User: {SESSION.format('worded')} is not authorized to perform: iam:GetUser on resource: "
        "arn:aws:iam::123456789012:user/u because no identity-based policy allows the iam:GetUser "
        "action"
    )


def test_a_permissions_boundary_counts(front: Front) -> None:
    credentials = roles.function(front, "bounded", GET_USER)
    front.client("iam").put_role_permissions_boundary(
        RoleName="bounded", PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess"
    )
    _, _, message = refused(front.client("iam", credentials=credentials), "get_user", UserName="u")
    assert message.endswith("because no permissions boundary allows the iam:GetUser action")


def test_a_queues_policy_counts_once_it_is_set(front: Front) -> None:
    url = front.client("sqs").create_queue(QueueName="shut")["QueueUrl"]
    grant = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    client = front.client("sqs", credentials=roles.function(front, "sender", grant))
    client.send_message(QueueUrl=url, MessageBody="before")
    policy = '{"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}}'
    front.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    _, _, message = refused(client, "send_message", QueueUrl=url, MessageBody="after")
    assert message.endswith("with an explicit deny in a resource-based policy")


def test_asking_who_one_is_needs_no_permission(front: Front) -> None:
    client = front.client("sts", credentials=roles.function(front, "anyone"))
    assert client.get_caller_identity()["Arn"] == SESSION.format("anyone")


@pytest.mark.parametrize(
    ("service", "method", "code"),
    [
        pytest.param("iam", "list_users", "InvalidClientTokenId", id="IAM"),
        pytest.param("dynamodb", "list_tables", "UnrecognizedClientException", id="DynamoDB"),
        pytest.param("s3", "list_buckets", "InvalidAccessKeyId", id="S3"),
    ],
)
def test_a_key_that_nobody_has_is_refused(
    front: Front, service: str, method: str, code: str
) -> None:
    assert refused(front.client(service, credentials=STRANGER), method)[0] == code


def test_a_key_that_was_made_inactive_is_refused(front: Front) -> None:
    iam = front.client("iam")
    iam.create_user(UserName="keyed")
    credentials = front.credentials_for_user("keyed")
    client = front.client("iam", credentials=credentials)
    client.list_users()
    iam.update_access_key(
        UserName="keyed", AccessKeyId=credentials.access_key_id, Status="Inactive"
    )
    assert refused(client, "list_users")[0] == "InvalidClientTokenId"


def test_a_session_of_a_deleted_role_is_refused(front: Front) -> None:
    credentials = roles.function(front, "gone")
    front.client("iam").delete_role(RoleName="gone")
    client = front.client("sts", credentials=credentials)
    assert refused(client, "get_caller_identity")[0] == "InvalidClientTokenId"


def test_a_fault_is_given_in_place_of_the_answer(front: Front) -> None:
    fault = Fault(
        when=lambda call, _: call.operation == "ListGroups",
        code="Throttling",
        message="Rate exceeded",
        status=400,
    )
    front.hooks.faults.append(fault)
    try:
        answer = refused(front.client("iam"), "list_groups")
    finally:
        front.hooks.faults.remove(fault)
    assert answer == ("Throttling", 400, "Rate exceeded")
    assert front.hooks.log[-1].error == "Throttling"


def test_each_call_is_told_once_it_is_carried_out(front: Front) -> None:
    told: list[str] = []
    front.hooks.on_answer = lambda entry: told.append(f"{entry.call} {entry.error}")
    try:
        front.client("iam").list_groups()
        refused(front.client("iam"), "get_user", UserName="nobody")
    finally:
        front.hooks.on_answer = None
    assert told == ["iam:ListGroups None", "iam:GetUser NoSuchEntity"]


def test_latency_is_added_to_every_call_but_the_operators(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    front.hooks.latency = 0.5
    try:
        front.client("sts").get_caller_identity()
        front.client("sts", credentials=front.root).get_caller_identity()
    finally:
        front.hooks.latency = 0.0
    assert slept == [0.5]


def test_of_many_conditional_writes_at_once_one_succeeds(front: Front) -> None:
    front.client("dynamodb").create_table(
        TableName="claims",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client = front.client("dynamodb")

    def claimed(_: int) -> bool:
        try:
            client.put_item(
                TableName="claims",
                Item={"id": {"S": "one"}},
                ConditionExpression="attribute_not_exists(id)",
            )
        except client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claimed, range(24))) == 1


@pytest.fixture
def own_front(front: Front) -> Any:
    """The shared front, with its problems put aside afterwards."""
    yield front
    front.hooks.problems.clear()


def test_a_call_that_the_gate_does_not_know_fails_the_run(own_front: Front) -> None:
    grant = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    client = own_front.client("iam", credentials=roles.function(own_front, "curious", grant))
    code, _, message = refused(
        client,
        "list_policies_granting_service_access",
        Arn="arn:aws:iam::123456789012:user/a",
        ServiceNamespaces=["s3"],
    )
    assert (code, message.partition(":")[0]) == ("SandboxCannot", "UnknownActionError")
    with pytest.raises(ExceptionGroup, match="what it cannot do"):
        own_front.check()


def test_a_call_of_which_only_a_part_arrives_is_not_made(front: Front) -> None:
    """Its caller was killed while it sent it."""
    made: list[AWSPreparedRequest] = []
    client = front.client("iam")
    client.meta.events.register("before-send.iam", lambda request, **_: made.append(request))
    client.create_user(UserName="whole")
    request = made[0]
    head = [
        "POST / HTTP/1.1",
        *(f"{name}: {_text(each)}" for name, each in request.headers.items()),
    ]
    address = urlsplit(front.endpoint_url)
    before = len(front.hooks.log)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall("\r\n".join([*head, "", "Action="]).encode())
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(100)
    assert answer.startswith(b"HTTP/1.1 400")
    assert len(front.hooks.log) == before
    front.check()


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def test_a_call_that_moto_does_not_have_fails_the_run(own_front: Front) -> None:
    code, status, message = refused(
        own_front.client("iam"), "get_context_keys_for_custom_policy", PolicyInputList=["{}"]
    )
    assert (code, status) == ("SandboxCannot", 501)
    assert "NotImplementedError" in message
    assert len(own_front.hooks.problems) == 1
