"""Snapback's own watches and functions read live: which there are, and what can be put back."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from lambdas.aws import clients
from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup
from lambdas.aws.reads import Read, code
from lambdas.calls.selectors import canonical
from lambdas.model.arn import Arn
from lambdas.model.own import Own
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

_ABSENT = "ResourceNotFoundException"
Values = Mapping[str, str]


def watch(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of a watch's state and targets, in its own region."""
    return (
        lookup.identifying(building, "state", partial(_held, Part.STATE, _state)),
        lookup.guarded(building, Part.TARGETS, partial(_held, Part.TARGETS, _targets)),
    )


def function(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The read of a function's reserved concurrency."""
    read = partial(_held, Part.CONCURRENCY, _concurrency)
    return (lookup.identifying(building, Part.CONCURRENCY, read),)


def watches(own: Own, region: str) -> tuple[Subject, ...]:
    """Snapback's watches in a region.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
    """
    pages = clients.events(region).get_paginator("list_rules").paginate()
    rules = (each for page in pages for each in page["Rules"] if own.has(each["Name"]))
    return tuple(Subject(Kind.WATCH, each["Arn"]) for each in rules)


def functions(own: Own) -> tuple[Subject, ...]:
    """Snapback's functions in the function's own region.

    https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
    """
    pages = clients.lambda_().get_paginator("list_functions").paginate()
    made = (each for page in pages for each in page["Functions"])
    ours = (each for each in made if own.has(each["FunctionName"]))
    return tuple(Subject(Kind.FUNCTION, each["FunctionArn"]) for each in ours)


def _held(
    part: Part, get: Callable[[str], Values], _: Lookup, building: Building
) -> Iterable[Read]:
    """Read one part; what is not there is gone."""
    arn = building.subject.name
    try:
        building.hold(part, get(arn))
    except ClientError as error:
        if code(error) != _ABSENT:
            raise
        building.vanish()
        return ()
    building.identify(arn, arn)
    return ()


def _state(arn: str) -> Values:
    """https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html."""
    return {ONLY: clients.events(_region(arn)).describe_rule(Name=_name(arn))["State"]}


def _targets(arn: str) -> Values:
    """https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html."""
    paginator = clients.events(_region(arn)).get_paginator("list_targets_by_rule")
    pages = paginator.paginate(Rule=_name(arn))
    return {each["Id"]: canonical(each) for page in pages for each in page["Targets"]}


def _concurrency(arn: str) -> Values:
    """https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html."""
    answer: Mapping[str, Any] = {**clients.lambda_().get_function_concurrency(FunctionName=arn)}
    reserved = answer.get("ReservedConcurrentExecutions")
    return {} if reserved is None else {ONLY: str(reserved)}


def _region(arn: str) -> str:
    parsed = Arn.parse(arn)
    return parsed.region if parsed else ""


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]
