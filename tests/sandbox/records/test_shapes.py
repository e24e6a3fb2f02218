"""Each call's record holds what CloudTrail's own records of that call hold, and no more."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest
from botocore.exceptions import ClientError

from sandbox.front import Credentials, Front
from tests.sandbox.front import roles

ACCOUNT = "123456789012"
TRUST = roles.trust({"Service": "ec2.amazonaws.com"})
TEXT = '{ "Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
TAGS = [{"Key": "team", "Value": "blue"}]
SHOWN_TAGS = [{"key": "team", "value": "blue"}]
LIMIT = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DEVICE = f"arn:aws:iam::{ACCOUNT}:mfa/d"
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/trl"
OIDC = f"arn:aws:iam::{ACCOUNT}:oidc-provider/t.example.com"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"
METADATA = "<EntityDescriptor>" + "." * 1000
PASSWORD = "Correct-Horse-1!"
BOUNDARY = {"permissionsBoundaryArn": LIMIT, "permissionsBoundaryType": "Policy"}
SELECTOR = {
    "readWriteType": "WriteOnly",
    "includeManagementEvents": True,
    "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::b/"]}],
    "excludeManagementEventSources": [],
}
ADVANCED = {
    "name": "all",
    "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}],
}
CONFIGURATION = {
    "name": "trl",
    "s3BucketName": "logs",
    "includeGlobalServiceEvents": True,
    "isMultiRegionTrail": False,
    "trailARN": TRAIL,
    "logFileValidationEnabled": False,
    "isOrganizationTrail": False,
}
LINKED = "AWSServiceRoleForAutoScaling"
LINKED_PATH = "/aws-service-role/autoscaling.amazonaws.com/"
LINKED_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Action": ["sts:AssumeRole"],
            "Effect": "Allow",
            "Principal": {"Service": ["autoscaling.amazonaws.com"]},
        }
    ],
}
TASK = {"deletionTaskId": ...}
VARIES = frozenset(
    {
        "accessKeyId",
        "createDate",
        "deletionTaskId",
        "expiration",
        "fingerprint",
        "groupId",
        "instanceProfileId",
        "issuerIdentifier",
        "policyId",
        "roleId",
        "sSHPublicKeyId",
        "serverCertificateId",
        "serviceSpecificCredentialId",
        "updateDate",
        "uploadDate",
        "userId",
    }
)
"""What no test can know before: dates and ids."""


def steady(element: Any) -> Any:
    """An element with `...` for what varies."""
    if isinstance(element, Mapping):
        return {k: ... if k in VARIES else steady(v) for k, v in element.items()}
    return [steady(each) for each in element] if isinstance(element, list) else element


class Recorded:
    """A front in which alice, bob, the group g and the trail t are there."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.records: list[Any] = []
        front.hooks.on_record = self.records.append
        iam = front.client("iam")
        for name in ("alice", "bob"):
            iam.create_user(UserName=name)
        self.alice = front.credentials_for_user("alice")
        front.client("s3").create_bucket(Bucket="logs")

    def call(self, service: str, method: str, who: Credentials, **parameters: Any) -> Any:
        client = self.front.client(service, credentials=who)
        getattr(client, method)(**parameters)
        return self.records[-1]


@pytest.fixture(scope="module")
def recorded(front: Front) -> Iterator[Recorded]:
    yield Recorded(front)
    front.hooks.on_record = None


CASES = [
    (
        "iam create_user",
        {"UserName": "u", "Path": "/a/", "Tags": TAGS, "PermissionsBoundary": LIMIT},
        {"userName": "u", "path": "/a/", "tags": SHOWN_TAGS, "permissionsBoundary": LIMIT},
        {
            "user": {
                "path": "/a/",
                "userName": "u",
                "userId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:user/a/u",
                "createDate": ...,
                "permissionsBoundary": BOUNDARY,
                "tags": SHOWN_TAGS,
            }
        },
    ),
    (
        "iam create_user",
        {"UserName": "plain"},
        {"userName": "plain"},
        {
            "user": {
                "path": "/",
                "userName": "plain",
                "userId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:user/plain",
                "createDate": ...,
            }
        },
    ),
    (
        "iam update_user",
        {"UserName": "plain", "NewUserName": "w", "NewPath": "/b/"},
        {"userName": "plain", "newUserName": "w", "newPath": "/b/"},
        None,
    ),
    ("iam delete_user", {"UserName": "w"}, {"userName": "w"}, None),
    (
        "iam create_role",
        {
            "RoleName": "r",
            "AssumeRolePolicyDocument": TRUST,
            "MaxSessionDuration": 7200,
            "Tags": TAGS,
            "PermissionsBoundary": LIMIT,
        },
        {
            "roleName": "r",
            "assumeRolePolicyDocument": TRUST,
            "maxSessionDuration": 7200,
            "tags": SHOWN_TAGS,
            "permissionsBoundary": LIMIT,
        },
        {
            "role": {
                "path": "/",
                "roleName": "r",
                "roleId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:role/r",
                "createDate": ...,
                "assumeRolePolicyDocument": (
                    "%7B%22Version%22%3A%20%222012-10-17%22%2C%20%22Statement%22%3A%20%5B%7B%22"
                    "Effect%22%3A%20%22Allow%22%2C%20%22Action%22%3A%20%22sts%3AAssumeRole%22%2C"
                    "%20%22Principal%22%3A%20%7B%22Service%22%3A%20%22ec2.amazonaws.com%22%7D%7D"
                    "%5D%7D"
                ),
                "permissionsBoundary": BOUNDARY,
                "tags": SHOWN_TAGS,
            }
        },
    ),
    ("iam delete_role", {"RoleName": "r"}, {"roleName": "r"}, None),
    (
        "iam create_service_linked_role",
        {"AWSServiceName": "autoscaling.amazonaws.com"},
        {"aWSServiceName": "autoscaling.amazonaws.com"},
        {
            "role": {
                "path": LINKED_PATH,
                "roleName": LINKED,
                "roleId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:role{LINKED_PATH}{LINKED}",
                "createDate": ...,
                "assumeRolePolicyDocument": quote(json.dumps(LINKED_TRUST), safe=""),
            }
        },
    ),
    ("iam delete_service_linked_role", {"RoleName": LINKED}, {"roleName": LINKED}, TASK),
    (
        "iam create_instance_profile",
        {"InstanceProfileName": "web", "Path": "/a/", "Tags": TAGS},
        {"instanceProfileName": "web", "path": "/a/", "tags": SHOWN_TAGS},
        {
            "instanceProfile": {
                "path": "/a/",
                "instanceProfileName": "web",
                "instanceProfileId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/a/web",
                "createDate": ...,
                "roles": [],
                "tags": SHOWN_TAGS,
            }
        },
    ),
    (
        "iam tag_instance_profile",
        {"InstanceProfileName": "web", "Tags": TAGS},
        {"instanceProfileName": "web", "tags": SHOWN_TAGS},
        None,
    ),
    (
        "iam untag_instance_profile",
        {"InstanceProfileName": "web", "TagKeys": ["team"]},
        {"instanceProfileName": "web", "tagKeys": ["team"]},
        None,
    ),
    (
        "iam delete_instance_profile",
        {"InstanceProfileName": "web"},
        {"instanceProfileName": "web"},
        None,
    ),
    (
        "iam tag_user",
        {"UserName": "bob", "Tags": TAGS},
        {"userName": "bob", "tags": SHOWN_TAGS},
        None,
    ),
    (
        "iam untag_user",
        {"UserName": "bob", "TagKeys": ["team"]},
        {"userName": "bob", "tagKeys": ["team"]},
        None,
    ),
    (
        "iam create_group",
        {"GroupName": "g", "Path": "/a/"},
        {"groupName": "g", "path": "/a/"},
        {
            "group": {
                "path": "/a/",
                "groupName": "g",
                "groupId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:group/a/g",
                "createDate": ...,
            }
        },
    ),
    (
        "iam update_group",
        {"GroupName": "g", "NewGroupName": "h"},
        {"groupName": "g", "newGroupName": "h"},
        None,
    ),
    ("iam delete_group", {"GroupName": "h"}, {"groupName": "h"}, None),
    (
        "iam create_policy",
        {"PolicyName": "p", "PolicyDocument": TEXT, "Description": "d", "Tags": TAGS},
        {"policyName": "p", "policyDocument": TEXT, "description": "d", "tags": SHOWN_TAGS},
        {
            "policy": {
                "policyName": "p",
                "policyId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:policy/p",
                "path": "/",
                "defaultVersionId": "v1",
                "attachmentCount": 0,
                "permissionsBoundaryUsageCount": 0,
                "isAttachable": True,
                "createDate": ...,
                "updateDate": ...,
                "tags": SHOWN_TAGS,
            }
        },
    ),
    (
        "iam create_access_key",
        {"UserName": "bob"},
        {"userName": "bob"},
        {
            "accessKey": {
                "userName": "bob",
                "accessKeyId": ...,
                "status": "Active",
                "createDate": ...,
            }
        },
    ),
    (
        "iam create_access_key",
        {},
        None,
        {
            "accessKey": {
                "userName": "alice",
                "accessKeyId": ...,
                "status": "Active",
                "createDate": ...,
            }
        },
    ),
    (
        "iam create_login_profile",
        {"UserName": "bob", "Password": PASSWORD, "PasswordResetRequired": False},
        {"userName": "bob", "passwordResetRequired": False},
        {
            "loginProfile": {
                "userName": "bob",
                "createDate": ...,
                "passwordResetRequired": False,
            }
        },
    ),
    (
        "iam update_login_profile",
        {"UserName": "bob", "Password": PASSWORD, "PasswordResetRequired": True},
        {"userName": "bob", "passwordResetRequired": True},
        None,
    ),
    ("iam delete_login_profile", {"UserName": "bob"}, {"userName": "bob"}, None),
    (
        "iam create_virtual_mfa_device",
        {"VirtualMFADeviceName": "d"},
        {"virtualMFADeviceName": "d"},
        {"virtualMFADevice": {"serialNumber": DEVICE}},
    ),
    (
        "iam enable_mfa_device",
        {
            "UserName": "alice",
            "SerialNumber": DEVICE,
            "AuthenticationCode1": "123456",
            "AuthenticationCode2": "654321",
        },
        {"userName": "alice", "serialNumber": DEVICE},
        None,
    ),
    ("iam deactivate_mfa_device", {"SerialNumber": DEVICE}, {"serialNumber": DEVICE}, None),
    ("iam delete_virtual_mfa_device", {"SerialNumber": DEVICE}, {"serialNumber": DEVICE}, None),
    (
        "iam create_open_id_connect_provider",
        {"Url": "https://t.example.com", "ClientIDList": ["app"], "Tags": TAGS},
        {"url": "https://t.example.com", "clientIDList": ["app"], "tags": SHOWN_TAGS},
        {"openIDConnectProviderArn": OIDC, "tags": SHOWN_TAGS},
    ),
    (
        "iam add_client_id_to_open_id_connect_provider",
        {"OpenIDConnectProviderArn": OIDC, "ClientID": "more"},
        {"openIDConnectProviderArn": OIDC, "clientID": "more"},
        None,
    ),
    (
        "iam remove_client_id_from_open_id_connect_provider",
        {"OpenIDConnectProviderArn": OIDC, "ClientID": "more"},
        {"openIDConnectProviderArn": OIDC, "clientID": "more"},
        None,
    ),
    (
        "iam update_open_id_connect_provider_thumbprint",
        {"OpenIDConnectProviderArn": OIDC, "ThumbprintList": ["a" * 40]},
        {"openIDConnectProviderArn": OIDC, "thumbprintList": ["a" * 40]},
        None,
    ),
    (
        "iam tag_open_id_connect_provider",
        {"OpenIDConnectProviderArn": OIDC, "Tags": TAGS},
        {"openIDConnectProviderArn": OIDC, "tags": SHOWN_TAGS},
        None,
    ),
    (
        "iam untag_open_id_connect_provider",
        {"OpenIDConnectProviderArn": OIDC, "TagKeys": ["team"]},
        {"openIDConnectProviderArn": OIDC, "tagKeys": ["team"]},
        None,
    ),
    (
        "iam delete_open_id_connect_provider",
        {"OpenIDConnectProviderArn": OIDC},
        {"openIDConnectProviderArn": OIDC},
        None,
    ),
    (
        "iam create_saml_provider",
        {"Name": "corp", "SAMLMetadataDocument": METADATA},
        {"name": "corp", "sAMLMetadataDocument": METADATA},
        {"sAMLProviderArn": SAML},
    ),
    (
        "iam update_saml_provider",
        {"SAMLProviderArn": SAML, "SAMLMetadataDocument": METADATA, "AddPrivateKey": PASSWORD},
        {"sAMLProviderArn": SAML, "sAMLMetadataDocument": METADATA},
        {"sAMLProviderArn": SAML},
    ),
    (
        "iam tag_saml_provider",
        {"SAMLProviderArn": SAML, "Tags": TAGS},
        {"sAMLProviderArn": SAML, "tags": SHOWN_TAGS},
        None,
    ),
    (
        "iam untag_saml_provider",
        {"SAMLProviderArn": SAML, "TagKeys": ["team"]},
        {"sAMLProviderArn": SAML, "tagKeys": ["team"]},
        None,
    ),
    ("iam delete_saml_provider", {"SAMLProviderArn": SAML}, {"sAMLProviderArn": SAML}, None),
    (
        "iam update_account_password_policy",
        {"MinimumPasswordLength": 14, "RequireSymbols": True},
        {"minimumPasswordLength": 14, "requireSymbols": True},
        None,
    ),
    ("iam delete_account_password_policy", {}, None, None),
    ("iam create_account_alias", {"AccountAlias": "acme"}, {"accountAlias": "acme"}, None),
    ("iam delete_account_alias", {"AccountAlias": "acme"}, {"accountAlias": "acme"}, None),
    (
        "iam set_security_token_service_preferences",
        {"GlobalEndpointTokenVersion": "v2Token"},
        {"globalEndpointTokenVersion": "v2Token"},
        None,
    ),
    (
        "iam enable_organizations_root_sessions",
        {},
        None,
        {"organizationId": "o-exampleorgid", "enabledFeatures": ["RootSessions"]},
    ),
    ("iam enable_outbound_web_identity_federation", {}, None, {"issuerIdentifier": ...}),
    ("iam disable_outbound_web_identity_federation", {}, None, None),
    (
        "iam upload_ssh_public_key",
        {"UserName": "bob", "SSHPublicKeyBody": "ssh-rsa AAAA"},
        {"userName": "bob", "sSHPublicKeyBody": "ssh-rsa AAAA"},
        {
            "sSHPublicKey": {
                "userName": "bob",
                "sSHPublicKeyId": ...,
                "fingerprint": ...,
                "sSHPublicKeyBody": "ssh-rsa AAAA",
                "status": "Active",
                "uploadDate": ...,
            }
        },
    ),
    (
        "iam create_service_specific_credential",
        {"UserName": "bob", "ServiceName": "codecommit.amazonaws.com"},
        {"userName": "bob", "serviceName": "codecommit.amazonaws.com"},
        {
            "serviceSpecificCredential": {
                "createDate": ...,
                "serviceName": "codecommit.amazonaws.com",
                "serviceUserName": "bob-at-123456789012",
                "serviceSpecificCredentialId": ...,
                "userName": "bob",
                "status": "Active",
            }
        },
    ),
    (
        "iam upload_server_certificate",
        {
            "ServerCertificateName": "web",
            "CertificateBody": "-----BEGIN CERTIFICATE-----",
            "PrivateKey": PASSWORD,
        },
        {"serverCertificateName": "web", "certificateBody": "-----BEGIN CERTIFICATE-----"},
        {
            "serverCertificateMetadata": {
                "path": "/",
                "serverCertificateName": "web",
                "serverCertificateId": ...,
                "arn": f"arn:aws:iam::{ACCOUNT}:server-certificate/web",
                "uploadDate": ...,
                "expiration": ...,
            }
        },
    ),
    (
        "iam update_server_certificate",
        {"ServerCertificateName": "web", "NewPath": "/x/", "NewServerCertificateName": "www"},
        {"serverCertificateName": "web", "newPath": "/x/", "newServerCertificateName": "www"},
        None,
    ),
    (
        "iam tag_server_certificate",
        {"ServerCertificateName": "www", "Tags": TAGS},
        {"serverCertificateName": "www", "tags": SHOWN_TAGS},
        None,
    ),
    (
        "iam untag_server_certificate",
        {"ServerCertificateName": "www", "TagKeys": ["team"]},
        {"serverCertificateName": "www", "tagKeys": ["team"]},
        None,
    ),
    (
        "iam delete_server_certificate",
        {"ServerCertificateName": "www"},
        {"serverCertificateName": "www"},
        None,
    ),
    (
        "cloudtrail create_trail",
        {"Name": "trl", "S3BucketName": "logs", "TagsList": TAGS},
        {"name": "trl", "s3BucketName": "logs", "tagsList": SHOWN_TAGS},
        CONFIGURATION,
    ),
    (
        "cloudtrail update_trail",
        {"Name": "trl", "IsMultiRegionTrail": True, "EnableLogFileValidation": True},
        {"name": "trl", "isMultiRegionTrail": True, "enableLogFileValidation": True},
        {**CONFIGURATION, "isMultiRegionTrail": True, "logFileValidationEnabled": True},
    ),
    ("cloudtrail start_logging", {"Name": TRAIL}, {"name": TRAIL}, None),
    (
        "cloudtrail put_event_selectors",
        {
            "TrailName": "trl",
            "EventSelectors": [
                {
                    "ReadWriteType": "WriteOnly",
                    "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::b/"]}],
                }
            ],
        },
        {
            "trailName": "trl",
            "eventSelectors": [
                {"readWriteType": "WriteOnly", "dataResources": SELECTOR["dataResources"]}
            ],
        },
        {"trailARN": TRAIL, "eventSelectors": [SELECTOR]},
    ),
    (
        "cloudtrail put_event_selectors",
        {
            "TrailName": "trl",
            "AdvancedEventSelectors": [
                {
                    "Name": "all",
                    "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}],
                }
            ],
        },
        {"trailName": "trl", "advancedEventSelectors": [ADVANCED]},
        {"trailARN": TRAIL, "advancedEventSelectors": [ADVANCED]},
    ),
    (
        "cloudtrail put_insight_selectors",
        {"TrailName": "trl", "InsightSelectors": []},
        {"trailName": "trl", "insightSelectors": []},
        {"trailARN": TRAIL, "insightSelectors": []},
    ),
    ("cloudtrail delete_trail", {"Name": TRAIL}, {"name": TRAIL}, None),
]


def test_a_new_event_data_store_is_named_by_its_answer(recorded: Recorded) -> None:
    given = {"Name": "lake", "RetentionPeriod": 90}
    record = recorded.call("cloudtrail", "create_event_data_store", recorded.alice, **given)
    assert record["requestParameters"] == {"name": "lake", "retentionPeriod": 90}
    answer = record["responseElements"]
    assert answer["eventDataStoreArn"].startswith(
        f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:eventdatastore/"
    )
    assert (answer["retentionPeriod"], answer["terminationProtectionEnabled"]) == (90, True)
    named = {"EventDataStore": answer["eventDataStoreArn"]}
    changed = recorded.call(
        "cloudtrail",
        "update_event_data_store",
        recorded.alice,
        **named,
        TerminationProtectionEnabled=False,
    )
    assert changed["requestParameters"] == {
        "eventDataStore": named["EventDataStore"],
        "terminationProtectionEnabled": False,
    }
    assert changed["responseElements"]["terminationProtectionEnabled"] is False
    deleted = recorded.call("cloudtrail", "delete_event_data_store", recorded.alice, **named)
    assert deleted["requestParameters"] == {"eventDataStore": named["EventDataStore"]}
    assert deleted["responseElements"] is None


@pytest.fixture(scope="module")
def made(recorded: Recorded) -> list[Any]:
    """The records of all cases' calls, which alice makes one after the other."""
    return [
        recorded.call(*call.split(), who=recorded.alice, **parameters)
        for call, parameters, *_ in CASES
    ]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_what_a_record_holds(made: list[Any], number: int) -> None:
    record, (call, _, requested, answered) = made[number], CASES[number]
    assert record["eventName"].lower() == call.split()[1].replace("_", "")
    assert "errorCode" not in record
    assert record["requestParameters"] == requested
    assert steady(record["responseElements"]) == answered
    assert record["readOnly"] is False
    assert PASSWORD not in json.dumps(record)


@pytest.mark.parametrize(
    ("method", "more"), [("update_access_key", {"Status": "Inactive"}), ("delete_access_key", {})]
)
def test_a_key_of_ones_own_is_changed_without_a_name(
    recorded: Recorded, method: str, more: dict[str, str]
) -> None:
    recorded.front.client("iam").create_user(UserName=method)
    key = recorded.front.credentials_for_user(method)
    recorded.call("iam", method, key, AccessKeyId=key.access_key_id, **more)
    record = recorded.records[-1]
    shown = {name.lower(): value for name, value in more.items()}
    assert record["requestParameters"] == {"accessKeyId": key.access_key_id, **shown}
    assert record["userIdentity"]["userName"] == method
    assert record["responseElements"] is None


def test_a_key_that_the_root_user_makes_itself_names_nobody(recorded: Recorded) -> None:
    record = recorded.call("iam", "create_access_key", recorded.front.root)
    assert record["userIdentity"]["type"] == "Root"
    assert record["requestParameters"] is None
    assert steady(record["responseElements"]) == {
        "accessKey": {"accessKeyId": ..., "status": "Active", "createDate": ...}
    }


def test_a_conflict_is_recorded_with_the_exceptions_name(recorded: Recorded) -> None:
    with pytest.raises(ClientError):
        recorded.call("iam", "delete_user", recorded.alice, UserName="alice")
    record = recorded.records[-1]
    assert record["errorCode"] == "DeleteConflictException"
    assert record["requestParameters"] == {"userName": "alice"}
    assert record["responseElements"] is None
