"""The check of the headroom: how near Snapback is to the quotas that it lives under."""

import json
from collections.abc import Iterator

from cli.doctor.examined import Examined
from cli.doctor.of_roles import wanted
from lambdas.service.checking import Found

LEAST_FREE = 10
"""Executions at once that nothing reserves: the quota of a new account is as small.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""
RULES = 300
"""Rules on one event bus, as long as nobody asked for more.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
"""
INLINE = 10_240
"""Characters of all inline policies of one role, white space not counted.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""
_NEAR = 0.9


def room(examined: Examined) -> Found:
    """Whether a quota is nearly used up that would stop Snapback or its next deployment."""
    limit = examined.session.client("lambda").get_account_settings()["AccountLimit"]
    free, most = limit["UnreservedConcurrentExecutions"], limit["ConcurrentExecutions"]
    pages = examined.session.client("events").get_paginator("list_rules").paginate()
    rules = sum(len(page["Rules"]) for page in pages)
    longest = max(_inline(examined), default=0)
    says = (
        f"{free} of {most} concurrent executions are not reserved; {rules} of {RULES} rules on the"
        f" bus; the longest role has {longest} of {INLINE} characters of policies"
    )
    quota = "aws service-quotas request-service-quota-increase --service-code"
    faults = (
        (
            free < LEAST_FREE,
            "concurrency",
            f"{quota} lambda --quota-code L-B99A9384 --desired-value 1000",
        ),
        (
            rules > _NEAR * RULES,
            "rules",
            f"{quota} events --quota-code L-244521F2 --desired-value 600",
        ),
        (longest > _NEAR * INLINE, "policies", "set fewer families to revert in cdk.json"),
    )
    found = [(part, mend) for is_near, part, mend in faults if is_near]
    return Found(says, tuple(mend for _, mend in found), tuple(part for part, _ in found))


def _inline(examined: Examined) -> Iterator[int]:
    """Characters of the inline policies of each role, as the template has them."""
    for resource, properties in examined.stack.each("AWS::IAM::Role"):
        inline = wanted(resource, properties, examined.stack).inline
        yield sum(len(json.dumps(each, separators=(",", ":"))) for each in inline.values())
