"""The decider: the deployed function that keeps decisions, asked with proof of who asks."""

import json
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cli.deployed import NotDeployedError, function
from lambdas.aws.callers import proof

OUTPUT = "DecideFunctionName"
_LONGEST = 60
"""Seconds that the function may take."""


class DecideError(Exception):
    """The question was not answered, or refused; the message says why and what to do."""


class Decider:
    """The function of one region, asked with the caller's own AWS credentials."""

    def __init__(self, region: str) -> None:
        self._session = boto3.session.Session(region_name=region)
        self._name: str | None = None

    def ask(self, do: str, **question: Any) -> dict[str, Any]:
        """Have one thing done; its answer.

        Raises:
            DecideError: no credentials, no such stack, or a refusal.
        """
        asked = json.dumps({"do": do, **question})
        try:
            answer = self._answer(asked)
        except (ClientError, BotoCoreError, NotDeployedError) as error:
            raise DecideError(
                f"Snapback in {self._session.region_name} could not be asked: {error}"
            ) from error
        if "refused" in answer:
            raise DecideError(answer["refused"])
        return answer

    def _answer(self, asked: str) -> dict[str, Any]:
        credentials = self._session.get_credentials()
        if credentials is None:
            raise DecideError(
                "there are no AWS credentials: sign in, or set AWS_PROFILE, or use --sandbox"
            )
        given = proof(asked, credentials, self._session.client("sts"))
        # A retry would do once more what is asked.
        config = Config(read_timeout=_LONGEST + 5, retries={"total_max_attempts": 1})
        self._name = self._name or function(self._session, OUTPUT)
        answer = self._session.client("lambda", config=config).invoke(
            FunctionName=self._name,
            Payload=json.dumps({"asked": asked, "proof": given}).encode(),
        )
        result: dict[str, Any] = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise DecideError(f"it failed: {result.get('errorMessage', result)}")
        return result
