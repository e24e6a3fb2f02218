"""The check of the managed policies: whether each still says what the deployed template says."""

import json
from shlex import quote
from typing import TYPE_CHECKING, Any

from cli.doctor.documents import same
from cli.doctor.examined import Examined
from lambdas.service.checking import DEPLOY, Found

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

Fault = tuple[str, str]
"""What is wrong, and the command that mends it."""

_MOST = 5
"""Versions of one managed policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""


def managed(examined: Examined) -> Found:
    """Whether the default version of every managed policy is the template's text.

    The undoing role's boundary is one of them: another text there, and the role that carries it as
    deployed is held by it no more. Who carries which is asked by the check of the roles.
    """
    iam, count = examined.session.client("iam"), 0
    faults: dict[str, Fault] = {}
    for stack in examined.stacks:
        for resource, properties in stack.each("AWS::IAM::ManagedPolicy"):
            count += 1
            wanted = stack.place.resolved(properties["PolicyDocument"])
            if fault := _of_policy(resource.physical_id, wanted, iam):
                faults[resource.physical_id.rpartition("/")[2]] = fault
    if not faults:
        return Found(f"all {count} managed policies say what was deployed")
    says = "; ".join(f"{name} {says}" for name, (says, _) in faults.items())
    return Found(says, tuple(mend for _, mend in faults.values()), tuple(faults))


def _of_policy(arn: str, wanted: Any, iam: "IAMClient") -> Fault | None:
    """What is wrong with a policy, if anything is.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
    """
    try:
        pages = iam.get_paginator("list_policy_versions").paginate(PolicyArn=arn)
        versions = [each for page in pages for each in page["Versions"]]
        meant = [each for each in versions if same(wanted, _text_of(arn, each["VersionId"], iam))]
    except iam.exceptions.NoSuchEntityException:
        return "is gone", DEPLOY
    if any(each["IsDefaultVersion"] for each in meant):
        return None
    policy = f"--policy-arn {arn}"
    if meant:
        put = f"aws iam set-default-policy-version {policy} --version-id {meant[0]['VersionId']}"
        return "has another version in force than was deployed", put
    text = quote(json.dumps(wanted, separators=(",", ":")))
    put = f"aws iam create-policy-version {policy} --set-as-default --policy-document {text}"
    if len(versions) == _MOST:
        spare = (each for each in versions if not each["IsDefaultVersion"])
        oldest = min(spare, key=lambda each: each["CreateDate"])["VersionId"]
        put = f"aws iam delete-policy-version {policy} --version-id {oldest} && {put}"
    return "says otherwise than was deployed", put


def _text_of(arn: str, version: str, iam: "IAMClient") -> Any:
    return iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
