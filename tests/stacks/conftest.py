"""What the stacks' tests share: the template in which everything is undone."""

import os

import pytest

from sandbox.synth import node_binary

# CDK's own validation takes seconds; one test runs it, in a process of its own. CDK's process
# reads these when it starts, which the first import of aws_cdk does.
os.environ["CDK_VALIDATION"] = "false"
os.environ.setdefault("JSII_NODE", node_binary()[0])
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", str(node_binary()[1]))

from tests.stacks.synthesized import Template, synthesized


@pytest.fixture(scope="session")
def whole() -> Template:
    """The template in which every family is undone, so that nothing is left out."""
    return synthesized(default="revert")
