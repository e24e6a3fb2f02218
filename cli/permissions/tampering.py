"""Tampering with Snapback itself, and what each of these deeds needs of the stage."""

from collections.abc import Callable
from typing import Any

from cli.company import ACCOUNT
from cli.deployed import STACK
from cli.drill.attack import Happened
from cli.stage import THIEF, Stage

Deed = Callable[[Stage], None]


def functions(stage: Stage, *kinds: str) -> list[str]:
    """The names of the functions of these kinds, such as Sweep."""
    pages = stage.sandbox.operator.client("lambda").get_paginator("list_functions").paginate()
    names = [each["FunctionName"] for page in pages for each in page["Functions"]]
    beginnings = tuple(f"{STACK}-{kind}Function" for kind in kinds)
    return [name for name in names if name.startswith(beginnings)]


def watches(stage: Stage) -> list[str]:
    """The names of Snapback's rules in its own region."""
    rules = stage.sandbox.operator.client("events").list_rules(NamePrefix=STACK)["Rules"]
    return [each["Name"] for each in rules]


def attacked(deed: Deed) -> Deed:
    """The deed, and all that follows from it."""

    def played(stage: Stage) -> None:
        stage.attack(deed)
        stage.settle()

    return played


def watch_tampered(stage: Stage) -> None:
    """A watch for the parts of Snapback's own, so that the others see the next deed."""
    events: Any = stage.thief.client("events")
    [name] = [each for each in watches(stage) if "ownlogs" in each]
    ids = [each["Id"] for each in events.list_targets_by_rule(Rule=name)["Targets"]]
    events.disable_rule(Name=name)
    events.remove_targets(Rule=name, Ids=ids)


def watch_redirected(stage: Stage) -> None:
    """One more target, which is taken away again."""
    [name] = [each for each in watches(stage) if "ownlogs" in each]
    queue = f"arn:aws:sqs:{stage.sandbox.front.region}:{ACCOUNT}:thief"
    target = {"Id": "thief", "Arn": queue}
    stage.thief.client("events").put_targets(Rule=name, Targets=[target])


def function_tampered(stage: Stage) -> None:
    """A function that cannot run any more."""
    [name] = functions(stage, "Decide")
    stage.thief.client("lambda").put_function_concurrency(
        FunctionName=name, ReservedConcurrentExecutions=0
    )


def bucket_tampered(stage: Stage) -> None:
    """What is asked then is whether a trail writes there; the sandbox records nothing of S3."""
    deed = Happened("s3:DeleteBucketPolicy", {"BucketName": "company-trail"})
    deed.made(stage.thief, {}, THIEF)
