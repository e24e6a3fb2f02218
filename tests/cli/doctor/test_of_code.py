"""The functions: their code and what it runs with, as deployed or changed since."""

import json
import shlex
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest

from cli.doctor.of_code import code
from lambdas.service.checking import Found
from tests.cli.doctor.examining import DEPLOYED, NOW, STACK_ID, examined, refusal

ZIP = b"the code"
DIGEST = b64encode(sha256(ZIP).digest()).decode()
ROLE = "arn:aws:iam::123456789012:role/role-1"
GIVEN = {
    "Code": {"S3Bucket": {"Fn::Sub": "assets-${AWS::AccountId}"}, "S3Key": "abc.zip"},
    "Handler": "lambdas.handlers.sweep.handler",
    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
    "Environment": {"Variables": {"TABLE_NAME": {"Ref": "Table"}}},
}
RESOURCES = {
    "Evaluate": ("AWS::Lambda::Function", "Snapback-Evaluate-1", GIVEN),
    "Sweep": ("AWS::Lambda::Function", "Snapback-Sweep-1", GIVEN),
    "Role": ("AWS::IAM::Role", "role-1", {}),
    "Table": ("AWS::DynamoDB::Table", "Snapback", {}),
}
EVENTS = {"StackEvents": [{"PhysicalResourceId": STACK_ID, "Timestamp": DEPLOYED}]}
LATE = (DEPLOYED + timedelta(hours=1)).isoformat()


def checked(asset: Any = ZIP, **changed: Any) -> Found:
    """What is found where the sweeping function is changed so."""
    usual = {
        "LastModified": DEPLOYED.isoformat(),
        "CodeSha256": DIGEST,
        "Handler": GIVEN["Handler"],
        "Role": ROLE,
        "Environment": {"Variables": {"TABLE_NAME": "Snapback"}},
    }

    def live(FunctionName: str) -> Any:  # noqa: N803 - boto3's
        return {**usual, **(changed if "Sweep" in FunctionName else {})}

    def get(Bucket: str, Key: str) -> Any:  # noqa: N803 - boto3's
        assert (Bucket, Key) == ("assets-123456789012", "abc.zip")
        if asset is None:
            raise refusal("AccessDenied")
        return {"Body": BytesIO(asset)}

    of = examined(
        RESOURCES,
        get_function_configuration=live,
        get_object=get,
        describe_stack_events=EVENTS,
        get_metric_statistics={"Datapoints": [{"Timestamp": NOW, "Sum": 2.0}]},
    )
    return code(of)


WELL = {
    "as it was deployed": {},
    "that was put back by hand": {"LastModified": LATE},
    "of which the asset may not be read": {"asset": None},
}


@pytest.mark.parametrize("given", WELL.values(), ids=WELL)
def test_code_says_how_old_it_is_and_when_each_ran(given: dict[str, Any]) -> None:
    age = 4 if "LastModified" in given else 5
    says = f"as deployed, {age} hours old; last runs: Evaluate 03-01 12h, Sweep 03-01 12h"
    assert checked(**given) == Found(says)


PUT = (
    "aws lambda update-function-code --function-name Snapback-Sweep-1"
    " --s3-bucket assets-123456789012 --s3-key abc.zip"
)
CHANGED = {
    "other code": ({"CodeSha256": "x"}, "runs other code", PUT),
    "a later date, and nothing to compare": (
        {"LastModified": LATE, "asset": None},
        "was changed after",
        PUT,
    ),
}


@pytest.mark.parametrize(("given", "says", "mend"), CHANGED.values(), ids=CHANGED)
def test_code_that_is_not_what_was_deployed(given: dict[str, Any], says: str, mend: str) -> None:
    found = checked(**given)
    assert found.parts == ("Snapback-Sweep-1",)
    assert f"Snapback-Sweep-1 {says}" in found.says
    who, put = found.mend
    assert who.endswith("AttributeKey=ResourceName,AttributeValue=Snapback-Sweep-1")
    assert put == mend


LAYER = "arn:aws:lambda:us-east-1:999988887777:layer:wrap:1"
SET_UP = {
    "a layer": ({"Layers": [{"Arn": LAYER}]}, {"Layers": []}),
    "another handler": ({"Handler": "x.y"}, {"Handler": GIVEN["Handler"]}),
    "another role": ({"Role": f"{ROLE}2"}, {"Role": ROLE}),
    "another table": (
        {"Environment": {"Variables": {"TABLE_NAME": "x"}}},
        {"Environment": {"Variables": {"TABLE_NAME": "Snapback"}}},
    ),
}


@pytest.mark.parametrize(("live", "put"), SET_UP.values(), ids=SET_UP)
def test_a_function_that_was_given(live: dict[str, Any], put: dict[str, Any]) -> None:
    found = checked(**live)
    assert found.says == f"Snapback-Sweep-1 has another {next(iter(put))} than was deployed"
    _, mend = found.mend
    assert mend.startswith("aws lambda update-function-configuration --cli-input-json ")
    assert json.loads(shlex.split(mend)[-1]) == {"FunctionName": "Snapback-Sweep-1", **put}
