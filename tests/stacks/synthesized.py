"""Templates as the tests read them: synthesized once for each set of settings."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from aws_cdk import App, Environment
from aws_cdk.cx_api import CloudAssembly

from lambdas.settings import from_context
from stacks.account import account
from stacks.context import shipped
from stacks.home import HomeStack

EMAIL = "security@example.com"
ROLES = [
    "CanaryRole",
    "CrowdsRole",
    "DecideRole",
    "EvaluateRole",
    "SweepRole",
    "UndoRole",
    "WatchRole",
]
"""How the names of the roles of the home stack's functions begin."""
Properties = dict[str, Any]


class Template:
    """The home stack's template, asked by resource type."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body

    def each(self, kind: str) -> dict[str, Properties]:
        """Logical id -> properties of every resource of a type such as AWS::SQS::Queue."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.body["Resources"].items()
            if resource["Type"] == kind
        }

    def one(self, kind: str, beginning: str = "") -> tuple[str, Properties]:
        """The only resource of a type whose logical id begins like this."""
        [found] = [item for item in self.each(kind).items() if item[0].startswith(beginning)]
        return found

    def allowed(self, role: str) -> set[str]:
        """The actions that the role whose logical id begins like this is allowed."""
        found = self.statements(role)
        return {
            action
            for each in found
            if each["Effect"] == "Allow"
            for action in listed(each, "Action")
        }

    def statements(self, role: str) -> list[dict[str, Any]]:
        """The statements of a role's policies, of which CDK makes more when one gets too long."""
        name, _ = self.one("AWS::IAM::Role", role)
        kinds = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        return [
            statement
            for policy in [each for kind in kinds for each in self.each(kind).values()]
            if {"Ref": name} in policy.get("Roles", [])
            for statement in policy["PolicyDocument"]["Statement"]
        ]

    def every_statement(self) -> Iterator[dict[str, Any]]:
        """Every statement of every policy, wherever in the template it stands."""
        yield from _statements(self.body)


def listed(statement: dict[str, Any], element: str) -> list[Any]:
    """An element of a statement as a list."""
    value = statement[element]
    return value if isinstance(value, list) else [value]


def synthesized(**response: str) -> Template:
    """The template for a response, given as families with underscores."""
    return settled({"response": {key.replace("_", "-"): value for key, value in response.items()}})


def settled(snapback: dict[str, Any]) -> Template:
    """The template for settings; the code is not built."""
    return _settled(json.dumps(snapback))


@cache
def _settled(snapback: str) -> Template:
    app = app_with(json.loads(snapback))
    stack(app)
    return Template(app.synth().get_stack_by_name("Snapback").template)


@cache
def beside() -> CloudAssembly:
    """All stacks of an account with a further region and a trail; the code is not built."""
    app = app_with({"regions": ["eu-west-1"], "createTrail": True})
    account(app, from_context(app.node.try_get_context("snapback")))
    return app.synth()


ALL: dict[str, Any] = {
    "response": {"default": "revert"},
    "regions": ["eu-west-1"],
    "createTrail": True,
    "central": {"account": "999988887777", "organization": "o-a1b2c3d4e5"},
    "quarantine": True,
    "revokeSessions": True,
    "trustedActors": ["arn:aws:iam::123456789012:role/deploy"],
}
"""Settings with which nothing is left out."""


@cache
def everything() -> dict[str, Template]:
    """Every stack that there can be, by its name; the code is not built."""
    app = app_with(ALL)
    account(app, from_context(app.node.try_get_context("snapback")))
    return {each.stack_name: Template(each.template) for each in app.synth().stacks}


def _statements(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _statements(item)
    elif isinstance(value, dict):
        if "Effect" in value:
            yield value
        for item in value.values():
            yield from _statements(item)


def stack(app: App) -> HomeStack:
    """The home stack as app.py makes it."""
    settings = from_context(app.node.try_get_context("snapback"))
    return HomeStack(app, "Snapback", settings=settings, env=Environment(region="us-east-1"))


def app_with(snapback: dict[str, Any], **options: Any) -> App:
    """An app with the context of cdk.json and other settings; no code is built."""
    snapback = {"alertEmails": [EMAIL], **snapback}
    return App(
        context={**shipped(), "aws:cdk:bundling-stacks": [], "snapback": snapback}, **options
    )
