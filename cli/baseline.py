"""`snapback baseline`: have the deployed sweep read the whole account now."""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cli.deployed import NotDeployedError, function

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
        sweep = function(session, OUTPUT)
        # A retry would start a second sweep while the first one still runs.
        config = Config(read_timeout=LONGEST, retries={"total_max_attempts": 1})
        answer = session.client("lambda", config=config).invoke(FunctionName=sweep, Payload=b"{}")
    except (ClientError, BotoCoreError, NotDeployedError) as error:
        raise BaselineError(f"the sweep could not be run in {region}: {error}") from error
    result = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise BaselineError(f"the sweep failed: {result.get('errorMessage', result)}")
    return {"subjects": int(result["subjects"]), "alertsSent": int(result["alertsSent"])}
