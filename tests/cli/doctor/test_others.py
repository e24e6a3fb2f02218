"""The stacks beside the home stack are found where CDK, and where a StackSet, made them."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from cli.deployed import NotDeployedError
from cli.doctor import others
from cli.doctor.examined import Missing
from lambdas.settings import Settings
from lambdas.settings.central import Central
from tests.cli.doctor.examining import Answers, refusal

CENTRAL = Central("123456789012", "o-a1b2c3d4e5")
ASKED = Settings(regions=("eu-west-1",), create_trail=True)
OF_A_STACK_SET = "StackSet-Regional-0b1c"
RULE = "snapback-changes-cloudtrail"


def held(part: str, **other: str) -> dict[str, Any]:
    usual = {
        "PhysicalResourceId": part,
        "ResourceType": "AWS::Events::Rule",
        "ResourceStatus": "UPDATE_COMPLETE",
        "StackName": OF_A_STACK_SET,
    }
    return {"StackResources": [{**usual, **other}]}


def found(monkeypatch: pytest.MonkeyPatch, there: set[str], answer: Any) -> Any:
    """The names of the stacks that are found, and what is missing."""

    def deployed(_session: Any, _account: str, region: str, name: str) -> tuple[str, str]:
        if name not in there:
            raise NotDeployedError(name)
        return name, region

    def holding(PhysicalResourceId: str) -> Any:  # noqa: N803 - boto3's
        if isinstance(answer, Exception):
            raise answer
        if PhysicalResourceId != RULE:
            raise refusal("ValidationError")
        return answer

    monkeypatch.setattr(others, "deployed", deployed)
    session: Any = Answers({"describe_stack_resources": holding})
    return others.others(session, "123456789012", ASKED)


THERE = "Snapback-eu-west-1"
TRAIL = ("SnapbackTrail", "us-east-1")


def test_where_cdk_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    at = found(monkeypatch, {THERE, "SnapbackTrail"}, None)
    assert at == (((THERE, "eu-west-1"), TRAIL), ())


def test_where_a_stack_set_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    at = found(monkeypatch, {OF_A_STACK_SET, "SnapbackTrail"}, held(RULE))
    assert at == (((OF_A_STACK_SET, "eu-west-1"), TRAIL), ())


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(held("another"), id="holds another part"),
        pytest.param(held(RULE, ResourceType="AWS::SQS::Queue"), id="holds no rule of that name"),
        pytest.param(held(RULE, ResourceStatus="DELETE_COMPLETE"), id="held it once"),
        pytest.param(held(RULE, StackName="Gone"), id="is gone"),
        pytest.param(refusal("ValidationError"), id="is not there"),
    ],
)
def test_a_stack_is_missing_that(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    at, missing = found(monkeypatch, {OF_A_STACK_SET, "SnapbackTrail"}, answer)
    assert at == (TRAIL,)
    name = f"{THERE} in eu-west-1"
    assert missing == (Missing(name, f"there is no stack {name}", "make deploy"),)


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(refusal("InvalidClientTokenId"), id="is not enabled"),
        pytest.param(EndpointConnectionError(endpoint_url="https://x"), id="does not answer"),
    ],
)
def test_a_region_costs_the_others_nothing_that(
    monkeypatch: pytest.MonkeyPatch, error: ClientError
) -> None:
    at, [missing] = found(monkeypatch, {"SnapbackTrail"}, error)
    assert at == (TRAIL,)
    assert missing.says.startswith(f"stack {THERE} in eu-west-1 could not be read: ")
    assert missing.mend == "snapback config regions --check"


def test_its_parts_are_those_that_every_region_has() -> None:
    [region, trail] = others.asked_for(ASKED, "123456789012")
    assert RULE in region.parts
    assert trail.parts == ("snapback",)


@pytest.mark.parametrize(
    ("account", "names"), [("123456789012", ["SnapbackCentral"]), ("999988887777", [])]
)
def test_the_central_stack_is_asked_for_in_the_central_account(
    account: str, names: list[str]
) -> None:
    asked = others.asked_for(Settings(central=CENTRAL), account)
    assert [each.name for each in asked] == names
