"""The catalogue against botocore's service models, which know every call and its parameters."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from botocore.session import get_session
from botocore.validate import ParamValidator

from lambdas.calls import CATALOG, sign_ins
from lambdas.calls.reads import READS, SWEEP
from lambdas.calls.watched import SIGN_IN, WatchedCall
from lambdas.model.family import Family
from lambdas.model.revert import Call
from tests.calls.cases import FOLDER, cases, change, named, of_service, state_or_none, where

S3 = "s3.amazonaws.com"

ENTRIES = pytest.mark.parametrize("entry", CATALOG.values(), ids=lambda entry: entry.action)
# What botocore calls a service, or one of S3's operations, other than CloudTrail does.
SERVICES = {"access-analyzer": "accessanalyzer"}
OPERATIONS = {
    "s3:DeleteBucketPublicAccessBlock": "DeletePublicAccessBlock",
    "s3:PutBucketLifecycle": "PutBucketLifecycleConfiguration",
    "s3:PutBucketObjectLockConfiguration": "PutObjectLockConfiguration",
    "s3:PutBucketPublicAccessBlock": "PutPublicAccessBlock",
}

# IAM actions that no API operation is named after; each with the reason why it is needed.
# PassRole: whoever names a role for a service to use.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
ACTIONS_WITHOUT_OPERATION = frozenset({"iam:PassRole"})
GIVING = {"iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"}
"""What gives power whenever it is made, so that only a person does; see test_giving."""
# A call and a parameter of it -> the action that it needs beside its own where that is given.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
BESIDE = {
    ("cloudtrail:CreateTrail", "CloudWatchLogsRoleArn"): "iam:PassRole",
    ("cloudtrail:CreateTrail", "TagsList"): "cloudtrail:AddTags",
    ("iam:AddRoleToInstanceProfile", "RoleName"): "iam:PassRole",
    ("iam:CreateInstanceProfile", "Tags"): "iam:TagInstanceProfile",
    ("cloudtrail:UpdateTrail", "CloudWatchLogsRoleArn"): "iam:PassRole",
    ("iam:CreateOpenIDConnectProvider", "Tags"): "iam:TagOpenIDConnectProvider",
    ("iam:CreateSAMLProvider", "Tags"): "iam:TagSAMLProvider",
}


@cache
def model(service: Any) -> Any:
    return get_session().get_service_model(SERVICES.get(service, service))


def operation(action: str) -> Any:
    service, _, name = action.partition(":")
    return model(service).operation_model(OPERATIONS.get(action, name))


def taken(action: str) -> Any:
    """The members of an operation's request, of which some have none."""
    shape = operation(action).input_shape
    return shape.members if shape else {}


def is_real(action: str) -> bool:
    """Whether AWS has it; of sign-ins, which are no operations, CloudTrail's guide has a list."""
    service, _, name = action.partition(":")
    if service == "signin":
        return name in sign_ins.NAMES
    operations = model(service).operation_names
    return OPERATIONS.get(action, name) in operations or action in ACTIONS_WITHOUT_OPERATION


def lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


class Recording(dict):
    """Parameters that remember which of them were asked for."""

    def __init__(self, parameters: Any) -> None:
        super().__init__(parameters)
        self.asked = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: Any) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)


def planned(entry: WatchedCall) -> Iterator[Call]:
    """Every call that the entry's cases plan."""
    for each, case in cases("reverted"):
        if each is entry and "calls" in case:
            made = change(entry, case)
            before, live = (state_or_none(made, case[when]) for when in ("before", "live"))
            yield from entry.revert(made, before, live)


def needed(call: Call) -> set[str]:
    """The actions that whoever makes the call must be allowed."""
    beside = {
        action
        for (own, parameter), action in BESIDE.items()
        if own == call.action and call.parameters.get(parameter)
    }
    return {call.action, *beside}


@ENTRIES
def test_a_watched_call_is_a_real_operation_of_its_service(entry: WatchedCall) -> None:
    assert is_real(entry.action)
    assert CATALOG[entry.source, entry.name] is entry


@pytest.mark.parametrize("found", cases("parsed"), ids=named)
def test_every_parameter_that_is_read_is_a_member_of_the_request(found: Any) -> None:
    entry, case = found
    parameters = Recording(case["parameters"])
    entry.parse(parameters, where(case))
    members = {lowered(name) for name in taken(entry.action)} if entry.source != SIGN_IN else set()
    if entry.family is Family.SELF:
        # A part is looked for under all names that a service's calls have for it.
        assert entry.source == S3 or set(case["parameters"]) <= members
        return
    assert parameters.asked or entry.answered or not case["parameters"] or not members
    assert parameters.asked <= members
    assert set(case["parameters"]) <= members


@ENTRIES
def test_every_planned_call_fits_its_operation(entry: WatchedCall) -> None:
    for call in planned(entry):
        assert is_real(call.action)
        shape = operation(call.action).input_shape
        if shape is None:
            assert not call.parameters
            continue
        report = ParamValidator().validate(dict(call.parameters), shape)
        assert not report.has_errors(), report.generate_report()
        assert set(shape.required_members) <= set(call.parameters)


@ENTRIES
def test_permissions_are_those_of_the_planned_calls_and_no_more(entry: WatchedCall) -> None:
    declared = [permission.action for permission in entry.permissions]
    made = {each for call in planned(entry) for each in needed(call)} - GIVING
    assert sorted(declared) == sorted(made)
    assert all(is_real(action) for action in declared)


@pytest.mark.parametrize(
    "permission", [*SWEEP, *(each for kind in READS.values() for each in kind)], ids=str
)
def test_a_permission_to_read_is_a_real_one_that_reads(permission: Any) -> None:
    assert is_real(permission.action)
    assert permission.action.partition(":")[2].startswith(("Get", "List", "Describe"))


@ENTRIES
def test_what_a_call_changes_can_be_read(entry: WatchedCall) -> None:
    assert entry.kind in READS


def test_no_case_file_is_without_a_call() -> None:
    others = [entry for entry in CATALOG.values() if entry.family is not Family.SELF]
    assert {path.stem for path in FOLDER.glob("*.json")} == {entry.name for entry in others}


def test_every_call_on_snapback_has_cases_and_no_other_has() -> None:
    found = {
        (f"{path.stem}.amazonaws.com", name)
        for path in (FOLDER / "self").glob("*.json")
        for name in of_service(path.stem)
    }
    assert found == {key for key, entry in CATALOG.items() if entry.family is Family.SELF}
