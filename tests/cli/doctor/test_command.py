"""What ends doctor before it can look: each time one line that says what to do."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from moto import mock_aws
from typer.testing import CliRunner

from cli import sandboxed
from cli.doctor import examination
from cli.main import app
from lambdas.aws import clients


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    monkeypatch.setattr(sandboxed.typer, "get_app_dir", lambda _: str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    clients._made.cache_clear()
    yield
    clients._made.cache_clear()


def refused(*words):
    result = CliRunner().invoke(app, ["doctor", *words])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_without_a_sandbox_it_says_how_to_start_one():
    assert "start one with `snapback sandbox`" in refused("--sandbox")


def test_where_nothing_is_deployed_it_says_so():
    with mock_aws():
        said = refused("--region", "eu-west-1")
    assert "no stack Snapback in eu-west-1 of account 123456789012: run `make deploy`" in said


def refusal(code):
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "GetCallerIdentity")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        pytest.param(NoCredentialsError(), "set AWS_PROFILE", id="without credentials"),
        pytest.param(refusal("ExpiredToken"), "sign in", id="with old credentials"),
        pytest.param(
            refusal("InvalidClientTokenId"), "aws account enable-region", id="in no enabled region"
        ),
        pytest.param(
            EndpointConnectionError(endpoint_url="https://sts.xx-1"),
            "is that a region",
            id="nowhere",
        ),
    ],
)
def test_it_says_what_to_do(monkeypatch, error, says):
    def fail(**_):
        raise error

    monkeypatch.setattr(examination.boto3.session, "Session", fail)
    assert says in refused()


def test_an_error_of_aws_that_nobody_thought_of_is_told_as_it_is(monkeypatch):
    def fail(**_):
        raise refusal("Throttling")

    monkeypatch.setattr(examination.boto3.session, "Session", fail)
    assert "(Throttling)" in refused()


def test_every_check_has_its_place():
    asked = [name for name, _, _ in examination._OWN] + [each.name for each in examination.CHECKS]
    assert len({*asked}) == len(asked)
    assert {*asked} <= {*examination._ORDER}
