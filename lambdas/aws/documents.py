"""Documents: the exact text of policies, kept between events where it cannot have changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

MOST = 1000
"""Texts kept at the most: some 6 MB of the largest that IAM takes."""
_kept: dict[tuple[str, ...], str] = {}


def exact(document: object) -> str:
    """The text of a policy document that IAM sent URL-encoded.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html
    """
    return unquote(str(document))


def default_version(iam: "IAMClient", policy: Mapping[str, Any]) -> str:
    """The text of the default version of a policy, of which GetPolicy told.

    A version's text never changes. The policy's unique id tells it from one of the same name that
    was there before, and its date of update from one that had a version of the same number.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html
    """
    version = policy["DefaultVersionId"]
    key = (policy["PolicyId"], version, str(policy["UpdateDate"]))
    if key not in _kept:
        answer = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=version)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = exact(answer["PolicyVersion"]["Document"])
    return _kept[key]
