"""Synthesizes with every check on: all stacks into one folder, a worse home into another."""

import sys
from pathlib import Path

from aws_cdk import Validations
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks

from lambdas.settings import from_context
from stacks.account import account
from tests.stacks.synthesized import app_with

TOO_LONG = 100_000
"""Seconds of delay; SQS allows 900."""


def main(good: Path, worse: Path) -> None:
    """Synthesize both.

    Raises:
        RuntimeError: a check found something in the worse one, as it should, or in the good one.
    """
    for folder in (good, worse):
        chosen = {"response": {"default": "revert"}, "regions": ["eu-west-1"], "createTrail": True}
        app = app_with(chosen, outdir=str(folder))
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        home = account(app, from_context(app.node.try_get_context("snapback")))
        if folder == worse:
            sqs.CfnQueue(home, "Worse", delay_seconds=TOO_LONG)
        app.synth()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
