"""Synthesizes with every check on: all stacks into one folder, a bad one into another."""

import sys
from pathlib import Path

from aws_cdk import App, Stack, Validations
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks

from lambdas.settings import from_context
from stacks.account import account
from tests.stacks.synthesized import app_with

TOO_LONG = 100_000
"""Seconds of delay; SQS allows 900."""


CHOSEN = {
    "response": {"default": "revert"},
    "regions": ["eu-west-1"],
    "createTrail": True,
    "central": {"account": "999988887777", "organization": "o-a1b2c3d4e5"},
}


def main(good: Path, worse: Path) -> None:
    """Synthesize both.

    Raises:
        RuntimeError: a check found something in the worse one, as it should, or in the good one.
    """
    app = app_with(CHOSEN, outdir=str(good))
    account(app, from_context(app.node.try_get_context("snapback")))
    _checked(app)
    app = app_with({}, outdir=str(worse))
    sqs.CfnQueue(Stack(app, "Worse"), "Worse", delay_seconds=TOO_LONG)
    _checked(app)


def _checked(app: App) -> None:
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
