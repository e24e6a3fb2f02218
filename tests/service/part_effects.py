"""What calls on Snapback's own watches and functions do to an account in memory."""

from collections.abc import Iterator
from typing import Any

from lambdas.calls.selectors import canonical
from lambdas.model.change import Edit
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

SERVICES = ("events", "lambda")

OPERATIONS = frozenset(
    {
        "DeleteFunctionConcurrency",
        "EnableRule",
        "PutFunctionConcurrency",
        "PutTargets",
        "RemoveTargets",
    }
)


def edits(call: Call) -> tuple[Subject, list[Edit]]:
    """What a call changes, and how."""
    return _subject(call), [*_edits(call)]


def _subject(call: Call) -> Subject:
    given: Any = call.parameters
    arn = f"arn:aws:{call.service}:{call.region}:123456789012:"
    if call.service == "lambda":
        return Subject(Kind.FUNCTION, f"{arn}function:{given['FunctionName']}")
    return Subject(Kind.WATCH, f"{arn}rule/{given.get('Name') or given['Rule']}")


def _edits(call: Call) -> Iterator[Edit]:
    given: Any = call.parameters
    if call.service == "lambda":
        reserved = given.get("ReservedConcurrentExecutions")
        yield Edit(Part.CONCURRENCY, ONLY, None if reserved is None else str(reserved))
    elif call.operation == "EnableRule":
        yield Edit(Part.STATE, ONLY, "ENABLED")
    for each in given.get("Targets", []):
        yield Edit(Part.TARGETS, each["Id"], canonical(each))
    for id_ in given.get("Ids", []):
        yield Edit(Part.TARGETS, id_, None)
