"""Synthesizes with every check on: the home stack into one folder, a worse one into another."""

import sys
from pathlib import Path

from aws_cdk import Validations
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks

from tests.stacks.synthesized import app_with, stack

TOO_LONG = 100_000
"""Seconds of delay; SQS allows 900."""


def main(good: Path, worse: Path) -> None:
    """Synthesize both.

    Raises:
        RuntimeError: a check found something in the worse one, as it should, or in the good one.
    """
    for folder in (good, worse):
        app = app_with({"response": {"default": "revert"}}, outdir=str(folder))
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        home = stack(app)
        if folder == worse:
            sqs.CfnQueue(home, "Worse", delay_seconds=TOO_LONG)
        app.synth()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
