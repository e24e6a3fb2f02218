"""What calls need: the action and the real ARN, from the Service Authorization Reference."""

from typing import Any

import botocore.session
import pytest

from sandbox.front import Front
from sandbox.gate import gate
from sandbox.gate.errors import UnknownActionError
from sandbox.gate.needs import NEEDS

ACCOUNT = "123456789012"
USER = f"arn:aws:iam::{ACCOUNT}:user"
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/p"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"
OIDC = f"arn:aws:iam::{ACCOUNT}:oidc-provider"
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail"
DEVICE = f"arn:aws:iam::{ACCOUNT}:mfa"
LOGS_ROLE = f"arn:aws:iam::{ACCOUNT}:role/logs"
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table"
QUEUE = f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/q"
BUS = f"arn:aws:events:us-east-1:{ACCOUNT}"
STREAM = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/f:log-stream:s"


def needs(service: str, operation: str, parameters: dict[str, Any]) -> list[tuple[str, str]]:
    request = gate.Request(
        service=service,
        operation=operation,
        parameters=parameters,
        region="us-east-1",
        account=ACCOUNT,
        role="arn:aws:iam::123456789012:role/r",
        session="arn:aws:sts::123456789012:assumed-role/r/s",
    )
    return [(need.action, need.resource) for need in gate.needs_of(request)]


@pytest.mark.usefixtures("front")
@pytest.mark.parametrize(
    ("service", "operation", "parameters", "expected"),
    [
        pytest.param("sts", "GetCallerIdentity", {}, [], id="asking who one is needs nothing"),
        pytest.param(
            "iam",
            "SetSecurityTokenServicePreferences",
            {"GlobalEndpointTokenVersion": "v1Token"},
            [("iam:SetSecurityTokenServicePreferences", "*")],
            id="a setting of the account is on no resource",
        ),
        pytest.param(
            "iam",
            "GetSAMLProvider",
            {"SAMLProviderArn": SAML},
            [("iam:GetSAMLProvider", SAML)],
            id="a provider is named by its ARN",
        ),
        pytest.param(
            "iam",
            "RejectDelegationRequest",
            {"DelegationRequestId": "1-2"},
            [
                (
                    "iam:RejectDelegationRequest",
                    f"arn:aws:iam::{ACCOUNT}:delegation-request/1-2",
                )
            ],
            id="a delegation request is named by its id",
        ),
        pytest.param(
            "iam",
            "CreateSAMLProvider",
            {"Name": "corp", "SAMLMetadataDocument": "x", "Tags": [{"Key": "k", "Value": "v"}]},
            [("iam:CreateSAMLProvider", SAML), ("iam:TagSAMLProvider", SAML)],
            id="a new SAML provider with tags needs to be tagged",
        ),
        pytest.param(
            "iam",
            "CreateOpenIDConnectProvider",
            {"Url": "https://t.example.com/x", "Tags": [{"Key": "k", "Value": "v"}]},
            [
                ("iam:CreateOpenIDConnectProvider", f"{OIDC}/t.example.com/x"),
                ("iam:TagOpenIDConnectProvider", f"{OIDC}/t.example.com/x"),
            ],
            id="a new OIDC provider is named by its URL",
        ),
        pytest.param(
            "iam",
            "GetUser",
            {"UserName": "nobody"},
            [("iam:GetUser", f"{USER}/nobody")],
            id="a user who does not exist has no path",
        ),
        pytest.param(
            "iam",
            "AttachUserPolicy",
            {"UserName": "nobody", "PolicyArn": POLICY},
            [("iam:AttachUserPolicy", f"{USER}/nobody")],
            id="attaching needs the user, not the policy",
        ),
        pytest.param(
            "iam",
            "AddUserToGroup",
            {"UserName": "u", "GroupName": "g"},
            [("iam:AddUserToGroup", f"arn:aws:iam::{ACCOUNT}:group/g")],
            id="a membership needs the group, not the user",
        ),
        pytest.param(
            "iam",
            "GetPolicyVersion",
            {"PolicyArn": POLICY, "VersionId": "v1"},
            [("iam:GetPolicyVersion", POLICY)],
            id="a version needs its policy",
        ),
        pytest.param(
            "iam",
            "CreateRole",
            {"RoleName": "r", "Path": "/a/"},
            [("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/a/r")],
            id="a new role has the path it is given",
        ),
        pytest.param(
            "iam",
            "CreateUser",
            {"UserName": "u", "Tags": [{"Key": "k", "Value": "v"}]},
            [("iam:CreateUser", f"{USER}/u"), ("iam:TagUser", f"{USER}/u")],
            id="a new user with tags needs to tag it",
        ),
        pytest.param(
            "iam",
            "UpdateUser",
            {"UserName": "u", "NewUserName": "w", "NewPath": "/a/"},
            [("iam:UpdateUser", f"{USER}/u"), ("iam:UpdateUser", f"{USER}/a/w")],
            id="a rename needs the old name and the new one",
        ),
        pytest.param(
            "iam",
            "UpdateServerCertificate",
            {"ServerCertificateName": "web", "NewPath": "/a/"},
            [
                (
                    "iam:UpdateServerCertificate",
                    f"arn:aws:iam::{ACCOUNT}:server-certificate{path}web",
                )
                for path in ("/", "/a/")
            ],
            id="a certificate's new path needs the old one and the new one",
        ),
        pytest.param(
            "iam",
            "UpdateServiceSpecificCredential",
            {"UserName": "u", "ServiceSpecificCredentialId": "ACCA", "Status": "Inactive"},
            [("iam:UpdateServiceSpecificCredential", f"{USER}/u")],
            id="a credential is its user's",
        ),
        pytest.param(
            "cloudtrail",
            "RestoreEventDataStore",
            {"EventDataStore": "all"},
            [
                (
                    "cloudtrail:RestoreEventDataStore",
                    f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:eventdatastore/all",
                )
            ],
            id="an event data store by the last part of its ARN",
        ),
        pytest.param(
            "cloudtrail",
            "CreateEventDataStore",
            {"Name": "all", "TagsList": [{"Key": "a"}]},
            [
                (action, f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:eventdatastore/*")
                for action in ("cloudtrail:CreateEventDataStore", "cloudtrail:AddTags")
            ],
            id="a new event data store, whose id nobody knows yet, and its tags",
        ),
        pytest.param(
            "cloudtrail",
            "PutResourcePolicy",
            {"ResourceArn": "arn:aws:cloudtrail:eu-west-1:1:eventdatastore/x"},
            [("cloudtrail:PutResourcePolicy", "arn:aws:cloudtrail:eu-west-1:1:eventdatastore/x")],
            id="a resource's policy by its ARN",
        ),
        pytest.param(
            "iam",
            "UpdateGroup",
            {"GroupName": "g"},
            [("iam:UpdateGroup", f"arn:aws:iam::{ACCOUNT}:group/g")],
            id="a rename to the same name needs it once",
        ),
        pytest.param(
            "iam",
            "CreateVirtualMFADevice",
            {"VirtualMFADeviceName": "d", "Path": "/a/"},
            [("iam:CreateVirtualMFADevice", f"{DEVICE}/a/d")],
            id="a new device has the path it is given",
        ),
        pytest.param(
            "iam",
            "DeleteVirtualMFADevice",
            {"SerialNumber": f"{DEVICE}/d"},
            [("iam:DeleteVirtualMFADevice", f"{DEVICE}/d")],
            id="a device's serial number is its ARN",
        ),
        pytest.param(
            "iam",
            "DeactivateMFADevice",
            {"UserName": "u", "SerialNumber": f"{DEVICE}/d"},
            [("iam:DeactivateMFADevice", f"{USER}/u")],
            id="taking a device away needs the user, not the device",
        ),
        pytest.param(
            "iam",
            "GetAccessKeyLastUsed",
            {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE"},
            [("iam:GetAccessKeyLastUsed", "*")],
            id="a key that nobody has is no resource",
        ),
        pytest.param(
            "iam",
            "GetAccountSummary",
            {},
            [("iam:GetAccountSummary", "*")],
            id="the account's summary has no resource",
        ),
        pytest.param(
            "cloudtrail",
            "CreateTrail",
            {"Name": "t", "CloudWatchLogsRoleArn": LOGS_ROLE, "TagsList": [{"Key": "k"}]},
            [
                ("cloudtrail:CreateTrail", f"{TRAIL}/t"),
                ("cloudtrail:AddTags", f"{TRAIL}/t"),
                ("iam:PassRole", LOGS_ROLE),
            ],
            id="a new trail with tags and a role needs to tag it and to pass the role",
        ),
        pytest.param(
            "cloudtrail",
            "UpdateTrail",
            {"Name": "t", "CloudWatchLogsRoleArn": LOGS_ROLE},
            [("cloudtrail:UpdateTrail", f"{TRAIL}/t"), ("iam:PassRole", LOGS_ROLE)],
            id="a role that a trail is given is passed",
        ),
        pytest.param(
            "cloudtrail",
            "UpdateTrail",
            {"Name": "t", "CloudWatchLogsRoleArn": ""},
            [("cloudtrail:UpdateTrail", f"{TRAIL}/t")],
            id="a role that is taken away is not passed",
        ),
        pytest.param(
            "cloudtrail",
            "ListTags",
            {"ResourceIdList": [f"{TRAIL}/t", f"{TRAIL}/u"]},
            [("cloudtrail:ListTags", f"{TRAIL}/t"), ("cloudtrail:ListTags", f"{TRAIL}/u")],
            id="tags need each trail",
        ),
        pytest.param(
            "cloudtrail",
            "AddTags",
            {"ResourceId": f"{TRAIL}/t"},
            [("cloudtrail:AddTags", f"{TRAIL}/t")],
            id="tagging needs the trail",
        ),
        pytest.param(
            "cloudtrail",
            "StartLogging",
            {"Name": "t"},
            [("cloudtrail:StartLogging", f"{TRAIL}/t")],
            id="a trail's name is one of the call's region",
        ),
        pytest.param(
            "cloudtrail",
            "GetEventSelectors",
            {"TrailName": f"{TRAIL}/t"},
            [("cloudtrail:GetEventSelectors", f"{TRAIL}/t")],
            id="a trail's ARN is the trail",
        ),
        pytest.param(
            "cloudtrail",
            "DescribeTrails",
            {},
            [("cloudtrail:DescribeTrails", "*")],
            id="looking at all trails has no resource",
        ),
        pytest.param(
            "dynamodb",
            "Query",
            {"TableName": "t", "IndexName": "i"},
            [("dynamodb:Query", f"{TABLE}/t/index/i")],
            id="a query of an index needs the index",
        ),
        pytest.param(
            "dynamodb",
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Put": {"TableName": "t"}},
                    {"Put": {"TableName": "t"}},
                    {"ConditionCheck": {"TableName": "u"}},
                ]
            },
            [("dynamodb:PutItem", f"{TABLE}/t"), ("dynamodb:ConditionCheckItem", f"{TABLE}/u")],
            id="a transaction needs what its parts need",
        ),
        pytest.param(
            "dynamodb",
            "BatchGetItem",
            {"RequestItems": {"t": {}, "u": {}}},
            [("dynamodb:BatchGetItem", f"{TABLE}/t"), ("dynamodb:BatchGetItem", f"{TABLE}/u")],
            id="a batch needs each of its tables",
        ),
        pytest.param(
            "sqs",
            "DeleteMessageBatch",
            {"QueueUrl": QUEUE},
            [("sqs:DeleteMessage", f"arn:aws:sqs:us-east-1:{ACCOUNT}:q")],
            id="a queue's batch needs the single action",
        ),
        pytest.param(
            "events",
            "PutEvents",
            {"Entries": [{"EventBusName": "b"}, {}]},
            [
                ("events:PutEvents", f"{BUS}:event-bus/b"),
                ("events:PutEvents", f"{BUS}:event-bus/default"),
            ],
            id="events need each bus they go to",
        ),
        pytest.param(
            "events",
            "PutTargets",
            {"Rule": "r", "Targets": [{"Id": "1", "RoleArn": LOGS_ROLE}, {"Id": "2"}]},
            [("events:PutTargets", f"{BUS}:rule/r"), ("iam:PassRole", LOGS_ROLE)],
            id="a role by which a target is reached is passed",
        ),
        pytest.param(
            "logs",
            "PutLogEvents",
            {"logGroupName": "/aws/lambda/f", "logStreamName": "s"},
            [("logs:PutLogEvents", STREAM)],
            id="log events need their stream",
        ),
        pytest.param(
            "lambda",
            "Invoke",
            {"FunctionName": "f", "Qualifier": "live"},
            [("lambda:InvokeFunction", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f:live")],
            id="invoking an alias needs the alias",
        ),
    ],
)
def test_needs(
    service: str,
    operation: str,
    parameters: dict[str, Any],
    expected: list[tuple[str, str]],
) -> None:
    assert needs(service, operation, parameters) == expected


def test_a_user_who_exists_is_named_with_the_path(front: Front) -> None:
    front.client("iam").create_user(UserName="pathed", Path="/staff/")
    assert needs("iam", "GetUser", {"UserName": "pathed"}) == [
        ("iam:GetUser", f"{USER}/staff/pathed")
    ]


def test_the_condition_keys_of_a_change_are_the_policy_and_the_targets_boundary(
    front: Front,
) -> None:
    limit = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    front.client("iam").create_user(UserName="bounded", PermissionsBoundary=limit)
    (need,) = NEEDS["iam", "DetachUserPolicy"](
        {"UserName": "bounded", "PolicyArn": POLICY}, gate.Where(ACCOUNT, "us-east-1")
    )
    assert need.context == {"iam:policyarn": POLICY, "iam:permissionsboundary": limit}


@pytest.mark.parametrize("operation", ["PutUserPermissionsBoundary", "PutRolePermissionsBoundary"])
def test_putting_a_boundary_has_the_boundary_being_put_as_its_key(
    front: Front, operation: str
) -> None:
    limit, new = (f"arn:aws:iam::aws:policy/{name}" for name in ("ReadOnlyAccess", "new"))
    name = f"of-{operation}"
    front.client("iam").create_user(UserName=name, PermissionsBoundary=limit)
    (need,) = NEEDS["iam", operation](
        {"UserName": name, "RoleName": name, "PermissionsBoundary": new},
        gate.Where(ACCOUNT, "us-east-1"),
    )
    assert need.context == {"iam:permissionsboundary": new}


def test_a_keys_last_use_needs_its_user(front: Front) -> None:
    front.client("iam").create_user(UserName="keyed")
    key = front.client("iam").create_access_key(UserName="keyed")["AccessKey"]["AccessKeyId"]
    assert needs("iam", "GetAccessKeyLastUsed", {"AccessKeyId": key}) == [
        ("iam:GetAccessKeyLastUsed", f"{USER}/keyed")
    ]


def test_a_passed_role_goes_to_cloudtrail() -> None:
    parameters = {"Name": "t", "CloudWatchLogsRoleArn": LOGS_ROLE}
    passing = NEEDS["cloudtrail", "UpdateTrail"](parameters, gate.Where(ACCOUNT, "us-east-1"))[-1]
    assert passing.context == {"iam:passedtoservice": "cloudtrail.amazonaws.com"}


def test_publishing_to_an_encrypted_topic_needs_its_key(front: Front) -> None:
    key = front.client("kms").create_key()["KeyMetadata"]["Arn"]
    topic = front.client("sns").create_topic(Name="t", Attributes={"KmsMasterKeyId": key})
    assert needs("sns", "Publish", {"TopicArn": topic["TopicArn"]}) == [
        ("sns:Publish", topic["TopicArn"]),
        ("kms:GenerateDataKey", key),
        ("kms:Decrypt", key),
    ]


def test_receiving_from_an_encrypted_queue_needs_to_decrypt(front: Front) -> None:
    key = front.client("kms").create_key()["KeyMetadata"]
    attributes = {"KmsMasterKeyId": key["KeyId"]}
    url = front.client("sqs").create_queue(QueueName="sealed", Attributes=attributes)["QueueUrl"]
    assert needs("sqs", "ReceiveMessage", {"QueueUrl": url}) == [
        ("sqs:ReceiveMessage", f"arn:aws:sqs:us-east-1:{ACCOUNT}:sealed"),
        ("kms:Decrypt", key["Arn"]),
    ]


def test_an_aws_managed_key_asks_for_nothing(front: Front) -> None:
    attributes = {"KmsMasterKeyId": "alias/aws/sns"}
    topic = front.client("sns").create_topic(Name="managed", Attributes=attributes)
    assert needs("sns", "Publish", {"TopicArn": topic["TopicArn"]}) == [
        ("sns:Publish", topic["TopicArn"])
    ]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "named"),
    [
        pytest.param("iam", "CreateServiceLinkedRole", {}, "CreateServiceLinkedRole", id="a call"),
        pytest.param("ec2", "RunInstances", {}, "ec2:RunInstances", id="a service"),
        pytest.param("iam", "GetUser", {}, "UserName", id="a missing parameter"),
    ],
)
def test_what_the_table_does_not_know_fails_the_run(
    service: str, operation: str, parameters: dict[str, Any], named: str
) -> None:
    with pytest.raises(UnknownActionError, match=named):
        needs(service, operation, parameters)


@pytest.mark.parametrize("row", sorted(NEEDS), ids=":".join)
def test_every_row_is_a_real_operation(row: tuple[str, str]) -> None:
    service, operation = row
    model = botocore.session.get_session().get_service_model(service)
    assert operation in model.operation_names
