"""Boundaries that AWS owns: nobody can rewrite them; the cases of chains hold the others."""

from lambdas.model.state import ONLY
from lambdas.model.subject import Kind, Subject
from lambdas.policy.chains.boundary import lift
from lambdas.policy.power import compose
from tests.policy.account import ACCOUNT, policy, state, states

_ALICE = Subject(Kind.USER, "alice")
_REWRITING = [{"Effect": "Allow", "Action": "iam:CreatePolicyVersion", "Resource": "*"}]


def _lifted(boundary: str) -> str | None:
    held = state(_ALICE, inline={}, attached={}, groups={}, boundary={ONLY: boundary})
    found = lift(compose(_ALICE, states(held, policy(boundary, _REWRITING))))
    return found and found.says


def test_a_boundary_that_aws_owns_is_rewritten_by_nobody() -> None:
    assert _lifted("arn:aws:iam::aws:policy/Edge") is None


def test_a_boundary_of_the_account_is_rewritten_by_whom_it_lets() -> None:
    assert _lifted(f"{ACCOUNT}:policy/edge") == ", and then rewrite its permissions boundary"
