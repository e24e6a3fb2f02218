"""`snapback baseline`: have the deployed sweep read the whole account now."""

import json
from collections.abc import Iterator, Mapping

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cli.deployed import NotDeployedError, function

OUTPUT = "SweepFunctionName"
LONGEST = 15 * 60
"""Seconds that the function may take."""

SAYS = {
    "subjects": "subjects read",
    "alertsSent": "owed alerts sent",
    "unannounced": "changes that no event told of are incidents now: see snapback incidents",
    "standing": "principals are administrator, can become it, or could not be judged in full",
    "digested": "incidents told of in the digest",
}
"""A number that the sweep answers -> what it counts."""
_ALWAYS = frozenset({"subjects", "unannounced", "standing"})


class BaselineError(Exception):
    """The sweep could not be run, or did not read everything; the message says what to do."""


def baseline(region: str) -> dict[str, int]:
    """Run the sweep and wait for it; what it did, in numbers, by the name of each.

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
    if "needless" in result:
        raise BaselineError(f"nothing was done: {result['needless']}")
    return {name: int(result[name]) for name in SAYS}


def lines(swept: Mapping[str, int]) -> Iterator[str]:
    """What a sweep did, a line for each thing of which there is any."""
    for name, says in SAYS.items():
        if swept[name] or name in _ALWAYS:
            yield f"{swept[name]} {says}"
