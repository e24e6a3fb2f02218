"""Identity providers read live, against moto."""

from typing import Any

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws.account import LiveAccount
from lambdas.aws.encoding import decode, encode
from lambdas.aws.providers import providers
from lambdas.aws.records import TableRecords
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import NOW, failing, read, read_changed, refusal

METADATA = '<EntityDescriptor entityID="https://idp.example.com">' + "." * 1000
TAGS = [{"Key": "team", "Value": "blue"}]
TEXT = '{"Version":"2012-10-17","Statement":[]}'
REQUEST: Any = {
    "Description": "d",
    "Permissions": {},
    "RequestorWorkflowId": "workflow",
    "NotificationChannel": "arn:aws:sns:us-east-1:210987654321:t",
    "SessionDuration": 3600,
}
READS = {
    Kind.OIDC_PROVIDER: "GetOpenIDConnectProvider",
    Kind.SAML_PROVIDER: "GetSAMLProvider",
}


@pytest.fixture
def oidc(iam: IAMClient) -> Subject:
    made = iam.create_open_id_connect_provider(
        Url="https://token.example.com/x",
        ClientIDList=["b", "a"],
        ThumbprintList=["f" * 40, "a" * 40],
        Tags=TAGS,
    )
    return Subject(Kind.OIDC_PROVIDER, made["OpenIDConnectProviderArn"])


@pytest.fixture
def saml(iam: IAMClient) -> Subject:
    made = iam.create_saml_provider(Name="corp", SAMLMetadataDocument=METADATA, Tags=TAGS)
    return Subject(Kind.SAML_PROVIDER, made["SAMLProviderArn"])


def test_an_oidc_provider_is_read_with_all_that_it_has(oidc: Subject) -> None:
    state = read(oidc).of(oidc)
    assert state is not None
    assert (state.unique_id, state.arn) == (oidc.name, oidc.name)
    assert state.parts == {
        Part.SETTINGS: {
            "Url": "token.example.com/x",
            "ThumbprintList": f'["{"a" * 40}", "{"f" * 40}"]',
        },
        Part.CLIENT_IDS: {"a": "a", "b": "b"},
        Part.TAGS: {"team": "blue"},
    }


def test_a_saml_provider_is_read_with_its_exact_metadata(iam: IAMClient, saml: Subject) -> None:
    assert read(saml).known[saml].parts == {
        Part.SETTINGS: {"SAMLMetadataDocument": METADATA},
        Part.TAGS: {"team": "blue"},
    }
    iam.update_saml_provider(SAMLProviderArn=saml.name, AssertionEncryptionMode="Required")
    assert read(saml).known[saml].parts[Part.SETTINGS] == {
        "SAMLMetadataDocument": METADATA,
        "AssertionEncryptionMode": "Required",
    }


@pytest.mark.parametrize("kind", READS, ids=str)
def test_one_that_does_not_exist_is_absent(aws: None, kind: Kind) -> None:
    gone = Subject(kind, f"arn:aws:iam::123456789012:{kind.partition(' ')[0].lower()}-provider/no")
    states = read_changed(gone)
    assert (states.known, states.absent, states.problems) == ({}, {gone}, ())


@pytest.mark.parametrize(("kind", "operation"), READS.items(), ids=str)
def test_one_that_cannot_be_read_is_a_problem(
    iam: IAMClient, monkeypatch: Any, oidc: Subject, saml: Subject, kind: Kind, operation: str
) -> None:
    failing(monkeypatch, iam, operation, refusal("AccessDenied"))
    subject = {Kind.OIDC_PROVIDER: oidc, Kind.SAML_PROVIDER: saml}[kind]
    states = read(subject)
    assert (states.known, states.absent) == ({}, frozenset())
    [problem] = states.problems
    assert problem.says.startswith(f"the settings of {subject} could not be read: AccessDenied")


def test_a_delegation_request_says_how_far_it_has_come(iam: IAMClient) -> None:
    made = iam.create_delegation_request(**REQUEST)["DelegationRequestId"]
    iam.accept_delegation_request(DelegationRequestId=made)
    request, gone = (Subject(Kind.DELEGATION_REQUEST, each) for each in (made, "a" * 16))
    states = read_changed(request)
    assert states.known[request].parts == {Part.SETTINGS: {"State": "ACCEPTED"}}
    assert states.known[request].unique_id == made
    assert states.known[request].arn == f"arn:aws:iam::123456789012:delegation-request/{made}"
    assert read_changed(gone).absent == {gone}


def test_all_are_listed(iam: IAMClient, oidc: Subject, saml: Subject) -> None:
    assert providers(iam) == (oidc, saml)


def test_the_sweep_reads_every_provider(iam: IAMClient, oidc: Subject, saml: Subject) -> None:
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=TEXT)
    swept = {each for page in LiveAccount().everything() for each in page.known}
    account = Subject(Kind.ACCOUNT, "123456789012")
    assert swept == {oidc, saml, account, Subject(Kind.ROLE, "app")}


def test_metadata_of_ten_megabytes_is_remembered_whole(records: TableRecords) -> None:
    saml = Subject(Kind.SAML_PROVIDER, "arn:aws:iam::123456789012:saml-provider/corp")
    metadata = "".join(f"<X509Certificate>{number:x}" for number in range(400_000))
    state = State(
        subject=saml,
        unique_id=saml.name,
        arn=saml.name,
        as_of=NOW,
        parts={Part.SETTINGS: {"SAMLMetadataDocument": metadata}},
    )
    records.remember([state])
    assert records.before(saml.name, NOW.replace(second=1)) == state
    assert decode(State, encode(state), "it") == state
