"""`snapback baseline`: have the deployed sweep read the whole account now."""

import json
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

STACK = "Snapback"
OUTPUT = "SweepFunctionName"
LONGEST = 15 * 60
"""Seconds that the function may take."""


class BaselineError(Exception):
    """The sweep could not be run, or did not read everything; the message says what to do."""


def baseline(region: str) -> dict[str, int]:
    """Run the sweep and wait for it; how many subjects it read.

    Raises:
        BaselineError: no credentials, no such stack, or a sweep that failed.
    """
    try:
        session = boto3.session.Session(region_name=region)
        function = _function(session.client("cloudformation"))
        # A retry would start a second sweep while the first one still runs.
        config = Config(read_timeout=LONGEST, retries={"total_max_attempts": 1})
        answer = session.client("lambda", config=config).invoke(
            FunctionName=function, Payload=b"{}"
        )
    except (ClientError, BotoCoreError) as error:
        raise BaselineError(f"the sweep could not be run in {region}: {error}") from error
    result = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise BaselineError(f"the sweep failed: {result.get('errorMessage', result)}")
    return {"subjects": int(result["subjects"]), "alertsSent": int(result["alertsSent"])}


def _function(cloudformation: "CloudFormationClient") -> str:
    stacks = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    outputs = {
        output["OutputKey"]: output["OutputValue"] for output in stacks[0].get("Outputs", [])
    }
    if OUTPUT not in outputs:
        raise BaselineError(f"stack {STACK} has no output {OUTPUT}: deploy it anew")
    return outputs[OUTPUT]
