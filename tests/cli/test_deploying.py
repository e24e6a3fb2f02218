"""What is missing is said before a deployment begins, and what AWS refuses in one line."""

from functools import partial

import pytest
import typer
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from typer.testing import CliRunner

from cli import cdk, deploy_needs, deploying
from cli.deploy_needs import Missing
from cli.deploy_stack import Kept
from cli.main import app
from lambdas.settings import from_context
from lambdas.settings.central import Central

SETTINGS = from_context({"alertEmails": ["security@example.com"]})


class Client:
    """A client that answers, or raises, the same whatever it is asked."""

    def __init__(self, answer):
        self._answer = answer

    def __getattr__(self, name):
        def ask(**_):
            if isinstance(self._answer, Exception):
                raise self._answer
            return self._answer

        return ask


class Session:
    region_name = "us-east-1"

    def __init__(self, sts, ssm=None, ec2=None):
        self._answers = {"sts": sts, "ssm": ssm, "ec2": ec2}

    def client(self, name):
        return Client(self._answers[name])


def refused(code):
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "Call")


ACCOUNT = {"Account": "123456789012"}
NEEDS = {
    "nothing where the account is prepared": (
        Session(ACCOUNT, {"Parameter": {"Value": "30"}}),
        [],
    ),
    "nothing where the version may not be read: CDK asks itself": (
        Session(ACCOUNT, refused("AccessDeniedException")),
        [],
    ),
    "credentials": (Session(NoCredentialsError()), ["no AWS credentials that work in us-east-1"]),
    "credentials that are still good": (
        Session(refused("ExpiredToken")),
        ["no AWS credentials that work in us-east-1"],
    ),
    "a bootstrap": (
        Session(ACCOUNT, refused("ParameterNotFound")),
        ["account 123456789012 in us-east-1 is not prepared for CDK"],
    ),
    "an answer about the bootstrap": (
        Session(ACCOUNT, EndpointConnectionError(endpoint_url="https://ssm.example")),
        ["whether account 123456789012 in us-east-1 is prepared for CDK could not be asked"],
    ),
    "a newer bootstrap": (
        Session(ACCOUNT, {"Parameter": {"Value": "5"}}),
        ["account 123456789012 in us-east-1 is prepared for CDK in version 5, 6 is needed"],
    ),
}


@pytest.mark.parametrize(("session", "said"), NEEDS.values(), ids=NEEDS.keys())
def test_what_is_missing_is_named(session, said):
    found = [*deploy_needs.missing(session)]
    assert [each.what.partition(": ")[0] for each in found] == said
    assert all(each.mend for each in found)


def test_in_an_organisation_only_the_central_account_is_deployed_from_here():
    session, central = NEEDS["nothing where the account is prepared"][0], "999988887777"
    [found] = deploy_needs.missing(session, Central(central, "o-a1b2c3d4e5"))
    assert found.what == (
        "central is account 999988887777, and these credentials are of 123456789012"
    )
    assert [*deploy_needs.missing(session, Central(ACCOUNT["Account"], "o-a1b2c3d4e5"))] == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param({"Regions": [{"RegionName": "eu-west-1"}]}, [], id="it is enabled"),
        pytest.param(refused("UnauthorizedOperation"), [], id="who may not look leaves it to CDK"),
        pytest.param(
            {"Regions": [{"RegionName": "us-east-1"}]}, ["regions lists eu-west-1"], id="it is not"
        ),
    ],
)
def test_a_listed_region_is_to_be_enabled(answer, said):
    session = Session(ACCOUNT, {"Parameter": {"Value": "30"}}, answer)
    found = [*deploy_needs.missing(session, None, ["eu-west-1"])]
    assert [each.what.partition(",")[0] for each in found] == said


@pytest.mark.parametrize("command", ["bootstrap", "deploy", "destroy"])
def test_without_an_address_nothing_is_asked_of_aws(command):
    done = CliRunner().invoke(app, [command])
    assert done.exit_code == 2
    assert "alertEmails is empty" in done.output
    assert "edit cdk.json and deploy again" in done.output


@pytest.fixture
def ready(monkeypatch):
    monkeypatch.setattr(deploying, "settings", lambda: SETTINGS)
    monkeypatch.setattr(deploying, "missing", lambda *_: [])


def test_a_command_line_that_cannot_be_installed_is_said(ready, monkeypatch):
    def run(_):
        raise cdk.CdkError("npm could not install aws-cdk")

    monkeypatch.setattr(cdk, "run", run)
    done = CliRunner().invoke(app, ["deploy"])
    assert (done.exit_code, "npm could not install aws-cdk" in done.output) == (2, True)


def test_what_cdk_fails_at_ends_the_deployment(ready, monkeypatch):
    monkeypatch.setattr(cdk, "run", lambda _: 1)
    assert CliRunner().invoke(app, ["deploy"]).exit_code == 1


def absent(_):
    raise refused("ValidationError")


SEVERAL = {"alertEmails": ["security@example.com"], "regions": ["eu-west-1", "ap-south-1"]}


@pytest.fixture
def asked(monkeypatch):
    """What the CDK command line is asked, with several regions in the settings."""
    said = []
    monkeypatch.setattr(deploying, "settings", lambda: from_context(SEVERAL))
    monkeypatch.setattr(cdk, "run", lambda arguments: said.append(arguments) or 0)
    return said


def test_only_the_home_region_is_prepared_for_cdk(asked, monkeypatch):
    monkeypatch.setattr(deploying, "account", lambda *_: ACCOUNT["Account"])
    done = CliRunner().invoke(app, ["bootstrap"])
    assert (done.exit_code, done.output) == (0, "Next: make deploy\n")
    assert asked == [["bootstrap", "aws://123456789012/us-east-1"]]


@pytest.mark.parametrize(
    ("option", "asks"),
    [
        pytest.param([], "--import-existing-resources", id="takes up what was left"),
        pytest.param(["--revert-drift"], "--revert-drift", id="puts back what was changed"),
    ],
)
def test_what_a_deployment_asks_of_cdk(asked, monkeypatch, option, asks):
    monkeypatch.setattr(deploying, "missing", lambda *_: [])
    monkeypatch.setattr(deploying, "DeployedStack", absent)
    CliRunner().invoke(app, ["deploy", *option])
    assert asked == [["deploy", "--all", asks]]


def test_without_credentials_nothing_is_prepared(asked, monkeypatch):
    monkeypatch.setattr(deploying, "_session", lambda _: Session(NoCredentialsError()))
    done = CliRunner().invoke(app, ["bootstrap"])
    assert (done.exit_code, asked) == (2, [])
    assert "no AWS credentials that work in us-east-1" in done.output
    assert "aws sso login" in done.output


@pytest.mark.parametrize("command", ["bootstrap", "deploy", "destroy"])
def test_a_profile_that_is_not_there_is_named(asked, monkeypatch, command):
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    done = CliRunner().invoke(app, [command])
    assert (done.exit_code, asked) == (2, [])
    assert "The config profile (nobody) could not be found" in done.output
    assert "AWS_PROFILE" in done.output


def test_destroying_what_is_not_there_is_one_line(ready, monkeypatch):
    monkeypatch.setattr(deploying, "DeployedStack", absent)
    done = CliRunner().invoke(app, ["destroy"])
    assert (done.exit_code, done.output.count("\n")) == (1, 1)


def test_in_the_central_account_who_is_told_centrally_has_to_confirm_that_too(ready, monkeypatch):
    monkeypatch.setattr(deploying, "settings", lambda: from_context({**MAILED, "central": CENTRAL}))
    monkeypatch.setattr(cdk, "run", lambda _: 0)
    monkeypatch.setattr(deploying, "DeployedStack", Deployed)
    monkeypatch.setattr(deploying, "_doctor", lambda *_: None)
    done = CliRunner().invoke(app, ["deploy", "--yes"])
    assert ["soc@" in done.output, "security@" in done.output] == [True, True]


MAILED = {"alertEmails": ["security@example.com"]}
STAYS = {
    "Snapback": [Kept("AWS::KMS::Key", "alerts")],
    "SnapbackCentral": [Kept("AWS::S3::Bucket", "code")],
    "SnapbackTrail": [Kept("AWS::KMS::Key", "trails"), Kept("AWS::S3::Bucket", "recorded")],
}


class Held:
    """The stacks of an account with what stays of each."""

    def __init__(self, _, name="Snapback", stays=STAYS):
        if name not in stays:
            raise ClientError({"Error": {"Code": "x", "Message": "does not exist"}}, "GetTemplate")
        self._stays = stays[name]

    def kept(self):
        return self._stays


OF_THE_TRAIL = [
    "  trails: what the trail recorded can be read with it alone: keep it as long as that",
    (
        "  recorded: what the trail recorded. To be rid of it: empty it, former versions"
        " included, then aws s3api delete-bucket --bucket recorded"
    ),
]
OF_THE_CENTRE = [
    (
        "  code: the code from which other accounts' functions are made. To be rid of it: empty it,"
        " former versions included, then aws s3api delete-bucket --bucket code"
    )
]
CENTRAL = {"account": ACCOUNT["Account"], "organization": "o-a1b2c3d4e5"}
KEPT = {
    "home alone": ({}, []),
    "a trail's, too": ({"createTrail": True}, OF_THE_TRAIL),
    "in the central account": ({"central": CENTRAL}, OF_THE_CENTRE),
}


@pytest.mark.parametrize(("settings", "said"), KEPT.values(), ids=KEPT)
def test_what_destroying_leaves_is_said_of_every_stack(asked, monkeypatch, settings, said):
    chosen = from_context({"alertEmails": ["security@example.com"], **settings})
    monkeypatch.setattr(deploying, "settings", lambda: chosen)
    monkeypatch.setattr(deploying, "missing", lambda *_: [])
    monkeypatch.setattr(deploying, "DeployedStack", Held)
    lines = CliRunner().invoke(app, ["destroy", "--yes"]).output.splitlines()
    assert "schedule-key-deletion --pending-window-in-days 7 --key-id alerts" in lines[1]
    assert lines[2:] == said


def test_a_trail_that_is_not_deployed_yet_leaves_nothing(asked, monkeypatch):
    chosen = from_context({"alertEmails": ["security@example.com"], "createTrail": True})
    monkeypatch.setattr(deploying, "settings", lambda: chosen)
    monkeypatch.setattr(deploying, "missing", lambda *_: [])
    monkeypatch.setattr(deploying, "DeployedStack", partial(Held, stays={"Snapback": []}))
    done = CliRunner().invoke(app, ["destroy", "--yes"])
    assert (done.exit_code, done.output) == (0, "Left in the account:\n")


def test_every_thing_that_is_missing_is_said(ready, monkeypatch):
    lacking = [Missing("a", "mend a"), Missing("b", "mend b")]
    monkeypatch.setattr(deploying, "missing", lambda *_: lacking)
    done = CliRunner().invoke(app, ["deploy"])
    assert done.output == "snapback: a\n  mend a\nsnapback: b\n  mend b\n"


class Deployed:
    """A stack whose table was taken up again, and of whose addresses one is not confirmed."""

    def __init__(self, _, name="home"):
        self._name = name

    def mend_tables(self):
        return ["Snapback"]

    def unconfirmed(self):
        return ["security@example.com"] if self._name == "home" else ["soc@example.com"]


def test_after_a_deployment_what_is_next_is_said_and_doctor_looks(ready, monkeypatch):
    commands = typer.Typer()
    deploying.add_to(commands)

    @commands.command()
    def doctor(region: str = "somewhere", as_json: bool = False):
        typer.echo(f"doctor looks at {region}, {as_json}")
        raise typer.Exit(1)

    monkeypatch.setattr(cdk, "run", lambda _: 0)
    monkeypatch.setattr(deploying, "DeployedStack", Deployed)
    done = CliRunner().invoke(commands, ["deploy", "--yes"])
    assert "soc@example.com" not in done.output
    lines = done.output.splitlines()
    assert lines[0].startswith("Table Snapback is taken up again")
    assert "security@example.com" in lines[1]
    assert lines[-1] == "doctor looks at us-east-1, False"
    assert done.exit_code == 0
