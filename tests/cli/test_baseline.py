"""The sweep is run once, in the region that was named, and whatever goes wrong is told."""

import io
import json

import boto3
import pytest
from botocore.stub import Stubber

from cli.baseline import BaselineError, baseline, lines

STACK = {
    "StackName": "Snapback",
    "CreationTime": "2026-01-02T03:04:05Z",
    "StackStatus": "CREATE_COMPLETE",
}
OUTPUTS = [
    {"OutputKey": "TopicArn", "OutputValue": "t"},
    {"OutputKey": "SweepFunctionName", "OutputValue": "Sweep"},
]

SWEPT = {"subjects": 7, "alertsSent": 1, "unannounced": 2, "standing": 3, "digested": 0}


class Session:
    """boto3's session with stubbed clients; each answer must be asked for."""

    def __init__(self) -> None:
        self.region = None
        self.config = None
        keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
        self.clients = {name: boto3.client(name, **keys) for name in ("cloudformation", "lambda")}
        self.stubs = {name: Stubber(client) for name, client in self.clients.items()}
        for stub in self.stubs.values():
            stub.activate()

    def __call__(self, *, region_name):
        self.region = region_name
        return self

    def client(self, name, config=None):
        self.config = config
        return self.clients[name]

    def stack(self, outputs):
        answer = {"Stacks": [{**STACK, "Outputs": outputs}]}
        self.stubs["cloudformation"].add_response(
            "describe_stacks", answer, {"StackName": "Snapback"}
        )

    def sweep(self, said, **more):
        answer = {"Payload": io.BytesIO(json.dumps(said).encode()), **more}
        asked = {"FunctionName": "Sweep", "Payload": b"{}"}
        self.stubs["lambda"].add_response("invoke", answer, asked)


@pytest.fixture
def session(monkeypatch):
    made = Session()
    monkeypatch.setattr(boto3.session, "Session", made)
    return made


def test_the_deployed_sweep_runs_and_is_not_tried_again(session):
    session.stack(OUTPUTS)
    session.sweep(SWEPT)
    assert baseline("cn-north-1") == SWEPT
    assert session.region == "cn-north-1"
    assert session.config.retries == {"total_max_attempts": 1}


def test_a_stack_without_the_output_is_to_be_deployed_anew(session):
    session.stack(OUTPUTS[:1])
    with pytest.raises(BaselineError, match="no output SweepFunctionName: deploy it anew"):
        baseline("us-east-1")


def test_no_stack_is_told_with_the_region(session):
    session.stubs["cloudformation"].add_client_error("describe_stacks", "ValidationError", "no id")
    with pytest.raises(BaselineError, match=r"in us-east-1: .*no id"):
        baseline("us-east-1")


def test_a_sweep_that_fails_says_why(session):
    session.stack(OUTPUTS)
    session.sweep({"errorMessage": "it broke"}, FunctionError="Unhandled")
    with pytest.raises(BaselineError, match="the sweep failed: it broke"):
        baseline("us-east-1")


def test_a_profile_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nope")
    with pytest.raises(BaselineError, match=r"profile \(nope\) could not be found"):
        baseline("us-east-1")


def test_a_sweep_that_another_one_made_needless_says_so(session):
    session.stack(OUTPUTS)
    session.sweep({"needless": "another sweep has read the account since"})
    with pytest.raises(BaselineError, match="nothing was done: another sweep has read"):
        baseline("us-east-1")


def test_all_that_it_did_is_told():
    assert [*lines(SWEPT)] == [
        "7 subjects read",
        "1 owed alerts sent",
        "2 changes that no event told of are incidents now: see snapback incidents",
        "3 principals are administrator, can become it, or could not be judged in full",
    ]


def test_that_it_found_nothing_is_told_and_what_it_had_not_to_do_is_not():
    told = [*lines(dict.fromkeys(SWEPT, 0))]
    assert [line.split()[1] for line in told] == ["subjects", "changes", "principals"]
