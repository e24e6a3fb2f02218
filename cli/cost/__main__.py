"""Write docs/cost.md, or print the page for the templates that are named."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from cli.cost.page import page
from sandbox.synth import node_binary

PAGE = Path(__file__).parents[2] / "docs" / "cost.md"
REFERENCE = {"alertEmails": ["security@example.com"], "response": {"default": "revert"}}
"""The settings of the page: everything is undone, so that nothing is left out."""


def reference() -> dict[str, Any]:
    """The template for these settings; no code is built."""
    os.environ.setdefault("JSII_NODE", node_binary()[0])
    os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", str(node_binary()[1]))
    from aws_cdk import App, Environment  # noqa: PLC0415 - CDK reads the variables at its import

    from lambdas.settings import from_context  # noqa: PLC0415 - as above
    from stacks.context import shipped  # noqa: PLC0415 - as above
    from stacks.home import HomeStack  # noqa: PLC0415 - as above

    context = {**shipped(), "aws:cdk:bundling-stacks": [], "snapback": REFERENCE}
    app, place = App(context=context), Environment(region="us-east-1")
    HomeStack(app, "Snapback", settings=from_context(REFERENCE), env=place)
    template: dict[str, Any] = app.synth().get_stack_by_name("Snapback").template
    return template


def main(paths: list[str]) -> None:
    """Print the page for these templates together, or write it for the reference."""
    if not paths:
        PAGE.write_text(page(reference()), "utf-8")
        sys.stdout.write(f"{PAGE.name} written\n")
        return
    resources: dict[str, Any] = {}
    for path in paths:
        found = json.loads(Path(path).read_text("utf-8"))["Resources"]
        resources |= {
            f"{path}:{name}" if name in resources else name: found[name] for name in found
        }
    sys.stdout.write(page({"Resources": resources}))


if __name__ == "__main__":
    main(sys.argv[1:])
