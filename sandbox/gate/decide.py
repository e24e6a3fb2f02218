"""The decision: allowed or denied, and in AWS's words why.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from dataclasses import dataclass, field

from sandbox.gate.conditions import Context
from sandbox.gate.document import Statement
from sandbox.gate.needs.need import Need

Statements = tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks: a session of a role, or an AWS service (then ``service`` names it)."""

    account: str = ""
    role: str = ""
    session: str = ""
    service: str | None = None

    def named_by(self, kind: str, value: str) -> bool:
        """Whether a Principal element's entry names this principal, or everyone."""
        if self.service is not None:
            return value == "*" or (kind == "Service" and value == self.service)
        return kind == "AWS" and value in {"*", self.role, self.session}

    def in_account(self, kind: str, value: str) -> bool:
        """Whether a Principal element's entry names the principal's account."""
        account = {self.account, f"arn:aws:iam::{self.account}:root"}
        return self.service is None and kind == "AWS" and value in account


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """All that speaks of a request; None where there is no such policy."""

    identity: Statements
    boundary: Statements | None = None
    resource: Statements | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether one need is met; ``reason`` ends the message of a denial as AWS words it."""

    need: Need
    allowed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    principal: Principal
    need: Need
    context: Context = field(default_factory=dict)

    def any(self, effect: str, statements: Statements) -> bool:
        return any(
            s.effect == effect and s.covers(self.need.action, self.need.resource, self.context)
            for s in statements
        )


def decide(principal: Principal, need: Need, context: Context, policies: Policies) -> Decision:
    """Decide one action on one resource, within the resource's own account.

    Raises:
        UnsupportedPolicyError: a statement that matters uses what the gate does not evaluate.
    """
    asked = _Asked(principal, need, context)
    reason = _explicit(asked, policies) or _implicit(asked, policies)
    return Decision(need=need, allowed=reason is None, reason=reason or "")


def _explicit(asked: _Asked, policies: Policies) -> str | None:
    """The policy that denies outright. An account as principal of a Deny is everyone in it."""
    everyone = _of(policies.resource, asked.principal, named=True, account=True)
    denying = (
        ("an identity-based policy", policies.identity),
        ("a permissions boundary", policies.boundary or ()),
        ("a resource-based policy", everyone),
    )
    return next(
        (f"with an explicit deny in {kind}" for kind, held in denying if asked.any("Deny", held)),
        None,
    )


def _implicit(asked: _Asked, policies: Policies) -> str | None:
    """The kind of policy that would have to allow, and does not."""
    direct = asked.any("Allow", _of(policies.resource, asked.principal, named=True))
    by_identity = asked.any("Allow", policies.identity)
    if asked.need.key_policy_rules:
        # https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
        delegated = asked.any("Allow", _of(policies.resource, asked.principal, account=True))
        if not direct and not delegated:
            return _lacking("resource-based policy", asked)
    if not direct and not by_identity:
        return _lacking("identity-based policy", asked)
    if asked.any("Allow", _of_session(policies.resource, asked.principal)):
        return None  # a grant to the session itself, not to its role, is beyond the boundary
    if policies.boundary is not None and not asked.any("Allow", policies.boundary):
        return _lacking("permissions boundary", asked)
    return None


def _lacking(kind: str, asked: _Asked) -> str:
    return f"because no {kind} allows the {asked.need.spoken} action"


def _of(
    statements: Statements | None, who: Principal, *, named: bool = False, account: bool = False
) -> Statements:
    """The statements of a resource policy whose Principal is this one, or its account."""
    return tuple(
        statement
        for statement in statements or ()
        if any(
            (named and who.named_by(*entry)) or (account and who.in_account(*entry))
            for entry in statement.principals or ()
        )
    )


def _of_session(statements: Statements | None, who: Principal) -> Statements:
    """The statements whose Principal is the session's own ARN."""
    return tuple(s for s in statements or () if ("AWS", who.session) in (s.principals or ()))
