"""Regions: where each partition's IAM events arrive, and which further ones can be watched."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lambdas.model.arn import partition_of

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class IamRegion:
    """The one region of a partition in which EventBridge has IAM's events.

    ``unverified`` says what of that is not confirmed by AWS's documents; None where all is.
    """

    name: str
    unverified: str | None = None


_BY_ENDPOINT = (
    "it is the region of IAM's endpoint; that its events arrive there, and that EventBridge brings "
    "events of this partition's other regions to it, is not confirmed by AWS's documents"
)
IAM_REGIONS: Mapping[str, IamRegion] = {
    "aws": IamRegion("us-east-1"),
    "aws-us-gov": IamRegion("us-gov-west-1", _BY_ENDPOINT),
    "aws-cn": IamRegion("cn-north-1", _BY_ENDPOINT),
}
"""Partition -> where its IAM events arrive; of other partitions that is not known.

https://docs.aws.amazon.com/general/latest/gr/iam-service.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
"""
_HOMES = ", ".join(each.name for each in IAM_REGIONS.values())


def unverified(home: str) -> str | None:
    """What is not sure of a home region, in one sentence; None where nothing is."""
    doubt = IAM_REGIONS[partition_of(home)].unverified
    return f"homeRegion is {home}: {doubt}" if doubt else None


def home(where: str, found: Any) -> Iterator[str]:
    """A check for a region in which IAM's events arrive."""
    if not isinstance(found, str) or not _REGION.fullmatch(found):
        yield f"{where} is {found!r}; allowed are {_HOMES}"
        return
    partition = partition_of(found)
    iam = IAM_REGIONS.get(partition)
    if iam is None:
        yield (
            f"{where} is {found!r}, and where IAM's events arrive in the partition {partition} "
            f"is not known; allowed are {_HOMES}"
        )
    elif iam.name != found:
        yield (
            f"{where} is {found!r}, in which IAM's events never arrive: all of the partition "
            f"{partition} arrive in {iam.name}; allowed is {iam.name}, with {found} listed under "
            "regions"
        )


def further(where: str, found: Any) -> Iterator[str]:
    """A check for a list of regions."""
    if not isinstance(found, list | tuple):
        yield f"{where} is {found!r}; allowed is a list of regions such as eu-west-1"
        return
    for index, item in enumerate(found):
        if not isinstance(item, str) or not _REGION.fullmatch(item):
            yield f"{where}[{index}] is {item!r}; allowed is a region such as eu-west-1"
        elif item in found[:index]:
            yield f"{where}[{index}] is {item!r} once more; allowed is each region once"


def contradictions(home: str, regions: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with each further region beside this home."""
    partition = partition_of(home)
    for index, region in enumerate(regions):
        if region == home:
            yield (
                f"regions[{index}] is {region!r}, which is the homeRegion and watched as that; "
                "allowed are further regions"
            )
        elif partition_of(region) != partition:
            yield (
                f"regions[{index}] is {region!r}, of the partition {partition_of(region)}; "
                f"allowed are regions of {partition}, as homeRegion {home} is: an account is in "
                "one partition"
            )
