"""Server certificates read live and listed, against moto."""

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws.account import LiveAccount
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, read, read_changed, refusal

WEB = Subject(Kind.SERVER_CERTIFICATE, "web")
PATH = "/cloudfront/"


@pytest.fixture
def web(iam: IAMClient) -> str:
    made = iam.upload_server_certificate(
        ServerCertificateName="web", Path=PATH, CertificateBody="body", PrivateKey="key"
    )
    return str(made["ServerCertificateMetadata"]["ServerCertificateId"])


def test_a_certificate_has_its_name_its_path_and_its_tags(iam, web, monkeypatch):
    def tagged(answer):
        held = {**answer["ServerCertificate"], "Tags": [{"Key": "team", "Value": "web"}]}
        return {"ServerCertificate": held}

    failing(monkeypatch, iam, "GetServerCertificate", tagged)
    state = read_changed(WEB).of(WEB)
    assert (state.unique_id, state.arn) == (
        web,
        "arn:aws:iam::123456789012:server-certificate/cloudfront/web",
    )
    assert state.parts == {
        Part.NAME: {ONLY: "web"},
        Part.PATH: {ONLY: PATH},
        Part.TAGS: {"team": "web"},
    }


def test_one_that_is_deleted_is_absent_and_no_problem(iam):
    states = read_changed(WEB)
    assert (states.known, states.absent, states.problems) == ({}, {WEB}, ())


def test_one_that_cannot_be_read_is_a_problem(iam, web, monkeypatch):
    failing(monkeypatch, iam, "GetServerCertificate", refusal("AccessDenied"))
    states = read(WEB)
    assert states.of(WEB) is None
    assert ["server certificate web" in problem.says for problem in states.problems] == [True]


def test_it_is_found_by_its_id_under_another_name(iam, web):
    assert LiveAccount().name_of(Kind.SERVER_CERTIFICATE, web) == "web"


def test_the_sweep_reads_every_one(iam, web):
    (state,) = (page.of(WEB) for page in LiveAccount().everything() if page.of(WEB) is not None)
    assert state.unique_id == web
