"""Administrators: principals that may do everything that matters on everything."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lambdas.policy.document import Document, Effect
from lambdas.policy.evaluate import Answer, Decision, decide_general
from lambdas.policy.source import Power

_KEPT = 8192
"""Documents of which it is kept what they name of either table: many draw on the same."""


@dataclass(frozen=True, slots=True)
class Probe:
    """An action that is typical of what an administrator may do, and all it can act on."""

    action: str
    resource: str


def _iam(action: str, kind: str) -> Probe:
    return Probe(f"iam:{action}", f"arn:{{partition}}:iam::{{account}}:{kind}/*")


GRANTS = (
    _iam("AttachGroupPolicy", "group"),
    _iam("AttachRolePolicy", "role"),
    _iam("AttachUserPolicy", "user"),
    _iam("CreateAccessKey", "user"),
    _iam("CreatePolicyVersion", "policy"),
    _iam("CreateRole", "role"),
    _iam("PassRole", "role"),
    _iam("PutRolePolicy", "role"),
    _iam("PutUserPolicy", "user"),
    _iam("UpdateAssumeRolePolicy", "role"),
)
"""Calls that hand out power: one for each way of handing it out."""

REACH = (
    Probe("cloudformation:CreateStack", "arn:{partition}:cloudformation:*:{account}:stack/*"),
    Probe("cloudtrail:StopLogging", "arn:{partition}:cloudtrail:*:{account}:trail/*"),
    Probe("dynamodb:DeleteTable", "arn:{partition}:dynamodb:*:{account}:table/*"),
    Probe("ec2:TerminateInstances", "arn:{partition}:ec2:*:{account}:instance/*"),
    Probe("kms:PutKeyPolicy", "arn:{partition}:kms:*:{account}:key/*"),
    Probe("lambda:UpdateFunctionCode", "arn:{partition}:lambda:*:{account}:function:*"),
    Probe("rds:DeleteDBInstance", "arn:{partition}:rds:*:{account}:db:*"),
    Probe("s3:DeleteObject", "arn:{partition}:s3:::*/*"),
    Probe("s3:GetObject", "arn:{partition}:s3:::*/*"),
    Probe("s3:PutBucketPolicy", "arn:{partition}:s3:::*"),
    Probe("secretsmanager:GetSecretValue", "arn:{partition}:secretsmanager:*:{account}:secret:*"),
    Probe("ssm:SendCommand", "arn:{partition}:ssm:*:*:document/*"),
)
"""Calls that read, change, destroy or blind, across the services that most accounts use."""


def administrator(power: Power) -> Decision:
    """Whether the principal is an administrator of its account.

    It is one if it may make more than half of the calls in each of two tables, GRANTS and REACH,
    on all resources but for those that a statement singles out. Not all of the calls, because a
    Deny of a few takes nothing from somebody who can hand himself the rest; both tables, because
    handing out power without using it is escalation, and the reverse is a power user. Conditional
    if it is so only with the calls that are allowed under a condition.
    """
    if not may_be_administrator(source.document for source in power.identity):
        return Decision(Answer.DENIED)
    own = {"partition": power.partition, "account": power.account}
    tables = tuple(
        tuple(
            decide_general(power, probe.action, probe.resource.format_map(own)) for probe in table
        )
        for table in (GRANTS, REACH)
    )
    answer = min(_most(decisions) for decisions in tables)
    if answer is Answer.DENIED:
        return Decision(answer)
    told = [each for decisions in tables for each in decisions if each.answer is not Answer.DENIED]
    needed = [each for each in told if each.answer is answer or answer is Answer.CONDITIONAL]
    return Decision(
        answer,
        _fewest(needed) if answer is Answer.ALLOWED else _all(needed),
        tuple(dict.fromkeys(condition for each in needed for condition in each.given)),
    )


def may_be_administrator(documents: Iterable[Document]) -> bool:
    """Whether the documents name enough of both tables, wherever they allow it."""
    held = [*documents]
    return all(2 * len(_named(held, table)) > len(table) for table in (GRANTS, REACH))


def _named(documents: Iterable[Document], table: tuple[Probe, ...]) -> frozenset[Probe]:
    """The probes of a table that a document names: most principals are no administrators."""
    return frozenset[Probe]().union(*(_named_in(document, table) for document in documents))


@lru_cache(maxsize=_KEPT)
def _named_in(document: Document, table: tuple[Probe, ...]) -> frozenset[Probe]:
    return frozenset(
        probe
        for probe in table
        if any(each.effect is Effect.ALLOW for each in document.naming(probe.action.lower()))
    )


def _all(decisions: list[Decision]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for each in decisions for reason in each.because))


def _fewest(decisions: list[Decision]) -> tuple[str, ...]:
    """The statements that explain all decisions, without those that allow only what others do."""
    explained: set[str] = set()
    for reason, _ in Counter(reason for each in decisions for reason in each.because).most_common():
        if any(reason in each.because and explained.isdisjoint(each.because) for each in decisions):
            explained.add(reason)
    return tuple(reason for reason in _all(decisions) if reason in explained)


def _most(decisions: tuple[Decision, ...]) -> Answer:
    """The highest answer that more than half of the decisions reach."""
    ordered = sorted(decision.answer for decision in decisions)
    return ordered[(len(ordered) - 1) // 2]
