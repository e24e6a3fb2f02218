"""Which call makes again what was undone, for each kind of subject and each part."""

import json

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.revert import Irreversible, Revert
from lambdas.model.state import ONLY, PRESENT, Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.by_hand import redo
from lambdas.service.evaluate import evaluate
from lambdas.settings import Settings
from tests.service.world import ACCOUNT, ALICE, TRAIL, World, change, state

IAM = f"arn:aws:iam::{ACCOUNT}"
OWN = Subject(Kind.ACCOUNT, ACCOUNT)
CERTIFICATE = Subject(Kind.SERVER_CERTIFICATE, "web")
OIDC = Subject(Kind.OIDC_PROVIDER, f"{IAM}:oidc-provider/id.example.com")
PHONE = Subject(Kind.MFA_DEVICE, f"{IAM}:mfa/phone")
PROFILE = Subject(Kind.INSTANCE_PROFILE, "web")
REQUEST = Subject(Kind.DELEGATION_REQUEST, "dr-1")
ROLE = Subject(Kind.ROLE, "app")
SAML = Subject(Kind.SAML_PROVIDER, f"{IAM}:saml-provider/staff")
STORE = Subject(
    Kind.EVENT_DATA_STORE, f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:eventdatastore/EXAMPLE"
)
LOOSE, STRICT = '{"RequireSymbols": false}', '{"RequireSymbols": true}'
TAG = Edit(Part.TAGS, "team", "red")
RED = [{"Key": "team", "Value": "red"}]
FEDERATED = Edit(Part.SETTINGS, "FederationRoleArn", f"{IAM}:role/lake", fresh=True)


def made_again(made: Change, **parts: dict[str, str]) -> Revert:
    """What is to be done where these parts are as they are shown here by now."""
    world = World(settings=Settings())
    assert made.subject is not None
    live = state(made.subject, **{part.replace("_", " "): held for part, held in parts.items()})
    world.account.have(live)
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    world.account.have(live)
    return redo(incident, world.undoing())


@pytest.mark.parametrize(
    ("made", "live", "operation", "given"),
    [
        pytest.param(
            change("AddRoleToInstanceProfile", PROFILE, Edit(Part.ROLE, ONLY, "app", fresh=True)),
            {"role": {}},
            "AddRoleToInstanceProfile",
            {"InstanceProfileName": "web", "RoleName": "app"},
            id="a role of an instance profile",
        ),
        pytest.param(
            change("RemoveRoleFromInstanceProfile", PROFILE, Edit(Part.ROLE, ONLY, None)),
            {"role": {ONLY: "app"}},
            "RemoveRoleFromInstanceProfile",
            {"InstanceProfileName": "web", "RoleName": "app"},
            id="a role that an instance profile lost",
        ),
        *(
            pytest.param(
                change(operation, subject, TAG),
                {"tags": {"cost": "7"}},
                operation,
                {named: subject.name, ("TagsList" if subject is TRAIL else "Tags"): RED},
                id=f"a tag of a {subject.kind}",
            )
            for operation, subject, named in (
                ("TagUser", ALICE, "UserName"),
                ("TagMFADevice", PHONE, "SerialNumber"),
                ("TagInstanceProfile", PROFILE, "InstanceProfileName"),
                ("TagOpenIDConnectProvider", OIDC, "OpenIDConnectProviderArn"),
                ("TagSAMLProvider", SAML, "SAMLProviderArn"),
                ("TagServerCertificate", CERTIFICATE, "ServerCertificateName"),
                ("AddTags", TRAIL, "ResourceId"),
            )
        ),
        pytest.param(
            change("UntagSAMLProvider", SAML, Edit(Part.TAGS, "team", None)),
            {"tags": {"team": "red"}},
            "UntagSAMLProvider",
            {"SAMLProviderArn": SAML.name, "TagKeys": ["team"]},
            id="a tag that was taken away",
        ),
        pytest.param(
            change("UpdateSAMLProvider", SAML, Edit(Part.SETTINGS, "SAMLMetadataDocument", "new")),
            {"settings": {"SAMLMetadataDocument": "old"}},
            "UpdateSAMLProvider",
            {"SAMLProviderArn": SAML.name, "SAMLMetadataDocument": "new"},
            id="metadata of a SAML provider",
        ),
        pytest.param(
            change(
                "UpdateOpenIDConnectProviderThumbprint",
                OIDC,
                Edit(Part.SETTINGS, "ThumbprintList", '["a"]'),
            ),
            {"settings": {"ThumbprintList": '["b"]'}},
            "UpdateOpenIDConnectProviderThumbprint",
            {"OpenIDConnectProviderArn": OIDC.name, "ThumbprintList": ["a"]},
            id="thumbprints of an OIDC provider",
        ),
        pytest.param(
            change("AddClientIDToOpenIDConnectProvider", OIDC, Edit(Part.CLIENT_IDS, "x", "x")),
            {"client_ids": {}},
            "AddClientIDToOpenIDConnectProvider",
            {"OpenIDConnectProviderArn": OIDC.name, "ClientID": "x"},
            id="a client id",
        ),
        pytest.param(
            change(
                "RemoveClientIDFromOpenIDConnectProvider", OIDC, Edit(Part.CLIENT_IDS, "x", None)
            ),
            {"client_ids": {"x": "x"}},
            "RemoveClientIDFromOpenIDConnectProvider",
            {"OpenIDConnectProviderArn": OIDC.name, "ClientID": "x"},
            id="a client id that was removed",
        ),
        pytest.param(
            change("UpdateServerCertificate", CERTIFICATE, Edit(Part.PATH, ONLY, "/x/")),
            {"path": {ONLY: "/"}},
            "UpdateServerCertificate",
            {"ServerCertificateName": "web", "NewPath": "/x/"},
            id="the path of a server certificate",
        ),
        pytest.param(
            change("UpdateAccountPasswordPolicy", OWN, Edit(Part.LOGIN_POLICY, ONLY, LOOSE)),
            {"login_policy": {ONLY: STRICT}},
            "UpdateAccountPasswordPolicy",
            json.loads(LOOSE),
            id="a password policy",
        ),
        pytest.param(
            change("DeleteAccountPasswordPolicy", OWN, Edit(Part.LOGIN_POLICY, ONLY, None)),
            {"login_policy": {ONLY: STRICT}},
            "DeleteAccountPasswordPolicy",
            {},
            id="a password policy that was deleted",
        ),
        pytest.param(
            change("DeleteAccountAlias", OWN, Edit(Part.ALIAS, ONLY, None)),
            {"alias": {ONLY: "acme"}},
            "DeleteAccountAlias",
            {"AccountAlias": "acme"},
            id="an alias that was deleted",
        ),
        pytest.param(
            change("CreateAccountAlias", OWN, Edit(Part.ALIAS, ONLY, "acme")),
            {"alias": {}},
            "CreateAccountAlias",
            {"AccountAlias": "acme"},
            id="an alias",
        ),
        pytest.param(
            change(
                "SetSecurityTokenServicePreferences", OWN, Edit(Part.STS_VERSION, ONLY, "v2Token")
            ),
            {"STS_version": {ONLY: "v1Token"}},
            "SetSecurityTokenServicePreferences",
            {"GlobalEndpointTokenVersion": "v2Token"},
            id="the version of session tokens",
        ),
        pytest.param(
            change("UpdateRole", ROLE, Edit(Part.SETTINGS, "MaxSessionDuration", "43200")),
            {"settings": {"Description": "d", "MaxSessionDuration": "3600"}},
            "UpdateRole",
            {"RoleName": "app", "Description": "d", "MaxSessionDuration": 43200},
            id="a role's longer sessions",
        ),
        *(
            pytest.param(
                change(name, ALICE, Edit(part, "ID1", "Active", fresh=True)),
                {str(part): {"ID1": "Inactive"}},
                operation,
                {"UserName": "alice", named: "ID1", "Status": "Active"},
                id=f"one of {part} is active",
            )
            for name, part, operation, named in (
                ("UploadSSHPublicKey", Part.SSH_KEYS, "UpdateSSHPublicKey", "SSHPublicKeyId"),
                (
                    "UploadSigningCertificate",
                    Part.SIGNING_CERTIFICATES,
                    "UpdateSigningCertificate",
                    "CertificateId",
                ),
                (
                    "CreateServiceSpecificCredential",
                    Part.SERVICE_CREDENTIALS,
                    "UpdateServiceSpecificCredential",
                    "ServiceSpecificCredentialId",
                ),
            )
        ),
        pytest.param(
            change("UpdateEventDataStore", STORE, Edit(Part.SETTINGS, "RetentionPeriod", "7")),
            {"settings": {"RetentionPeriod": "90"}},
            "UpdateEventDataStore",
            {"EventDataStore": STORE.name, "RetentionPeriod": 7},
            id="a setting of an event data store",
        ),
        pytest.param(
            change("EnableFederation", STORE, FEDERATED),
            {"settings": {}},
            "EnableFederation",
            {"EventDataStore": STORE.name, "FederationRoleArn": FEDERATED.value},
            id="the role by which an event data store is queried",
        ),
        pytest.param(
            change("PutResourcePolicy", STORE, Edit(Part.RESOURCE_POLICY, ONLY, "{}")),
            {"resource_policy": {}},
            "PutResourcePolicy",
            {"ResourceArn": STORE.name, "ResourcePolicy": "{}"},
            id="a policy of an event data store",
        ),
        pytest.param(
            change(
                "PutEventConfiguration",
                STORE,
                Edit(Part.EVENT_CONFIGURATION, "MaxEventSize", "Standard"),
            ),
            {"event_configuration": {"MaxEventSize": "Large"}},
            "PutEventConfiguration",
            {
                "EventDataStore": STORE.name,
                "MaxEventSize": "Standard",
                "ContextKeySelectors": [],
            },
            id="what the events of an event data store bring with them",
        ),
    ],
)
def test_it_is_made_again_by_its_own_call(
    made: Change, live: dict[str, dict[str, str]], operation: str, given: dict[str, object]
) -> None:
    again = made_again(made, **live)
    assert isinstance(again, tuple), again
    [call] = again
    assert (call.operation, call.parameters) == (operation, given)


@pytest.mark.parametrize(
    ("made", "live", "says"),
    [
        pytest.param(
            change("AddRoleToInstanceProfile", PROFILE, Edit(Part.ROLE, ONLY, "app", fresh=True)),
            {"role": {ONLY: "other"}},
            "has something else there by now",
            id="another role is in the instance profile",
        ),
        pytest.param(
            change("EnableFederation", STORE, FEDERATED),
            {"settings": {FEDERATED.key: f"{IAM}:role/other"}},
            "has something else there by now",
            id="another role queries the event data store",
        ),
        pytest.param(
            change("CreateAccessKey", ALICE, Edit(Part.ACCESS_KEYS, "AKIA1", "Active", fresh=True)),
            {"access_keys": {}},
            "access key AKIA1 is gone",
            id="a key was deleted",
        ),
        pytest.param(
            change("TagUser", ALICE, TAG),
            {"tags": {"Team": "blue"}},
            "no call makes of user alice again what was made of it",
            id="the tag goes by other letters",
        ),
        pytest.param(
            change(
                "EnableOutboundWebIdentityFederation",
                OWN,
                Edit(Part.OUTBOUND_FEDERATION, ONLY, PRESENT, fresh=True),
            ),
            {"outbound_federation": {}},
            "the same issuer",
            id="outbound federation",
        ),
        pytest.param(
            change(
                "EnableOrganizationsRootSessions",
                OWN,
                Edit(Part.ROOT_ACCESS, "RootSessions", "RootSessions"),
            ),
            {"root_access": {}},
            "all accounts of the organisation",
            id="root sessions",
        ),
        pytest.param(
            change(
                "AcceptDelegationRequest",
                REQUEST,
                Edit(Part.SETTINGS, "State", "ACCEPTED", fresh=True),
            ),
            {"settings": {"State": "REJECTED"}},
            "cannot be accepted any more",
            id="a delegation request",
        ),
        pytest.param(
            change("StopEventDataStoreIngestion", STORE, Edit(Part.LOGGING, ONLY, "false")),
            {"logging": {ONLY: "true"}},
            "never stops a trail or an event data store",
            id="an event data store's ingestion",
        ),
        pytest.param(
            change("RenameRole", ROLE, Edit(Part.DOCUMENT, "v1", "{}")),
            {"document": {"v1": "x"}},
            "no call brings back document",
            id="a part that no call sets",
        ),
    ],
)
def test_what_cannot_be_made_again_is_said(
    made: Change, live: dict[str, dict[str, str]], says: str
) -> None:
    again = made_again(made, **live)
    assert isinstance(again, Irreversible), again
    assert says in again.reason
