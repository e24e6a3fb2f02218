"""Power: what lends it to a principal, and what could not be read.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

import pytest

from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.evaluate import Answer, decide
from lambdas.policy.power import NAMES_PRINCIPALS, Power, compose
from tests.policy.account import (
    ACCOUNT,
    ADMIN,
    ALICE,
    APP,
    EDGE,
    policy,
    power,
    state,
    states,
    text,
)

AWS_ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
OWN = f"{ACCOUNT}:policy/team/own"
ADMINS = Subject(Kind.GROUP, "admins")
INVALID = "is no valid policy document"
BARE = {"inline": {}, "attached": {}, "groups": {}, "boundary": {}}


def test_each_source_is_named() -> None:
    composed = compose(
        ALICE,
        states(
            state(
                ALICE,
                inline={"deploy": text(ADMIN)},
                attached={AWS_ADMIN: "AdministratorAccess"},
                groups={"admins": f"{ACCOUNT}:group/admins"},
                boundary={ONLY: EDGE},
            ),
            state(ADMINS, inline={"all": text(ADMIN)}, attached={OWN: "own"}),
            *(policy(arn, ADMIN) for arn in (AWS_ADMIN, OWN, EDGE)),
        ),
    )
    assert [source.says for source in composed.identity] == [
        f"managed policy {AWS_ADMIN} (v1)",
        'inline policy "deploy" of user alice',
        f"managed policy {OWN} (v1) through group admins",
        'inline policy "all" of group admins',
    ]
    assert composed.boundary is not None
    assert composed.boundary.says == f"managed policy {EDGE} (v1) as permissions boundary"
    assert composed.groups == (f"{ACCOUNT}:group/admins",)
    assert composed.policies == (OWN, EDGE)
    assert (composed.partition, composed.account) == ("aws", "123456789012")
    assert composed.problems == ()


def test_a_role_has_no_groups_and_no_user_name() -> None:
    composed = power(principal="role")
    assert composed.arn == f"{ACCOUNT}:role/app"
    assert (composed.problems, composed.groups, composed.variables) == ((), (), {})


@pytest.mark.parametrize(
    ("all_states", "says"),
    [
        pytest.param(
            states(), ["user alice was not found, so its power is not known"], id="the principal"
        ),
        pytest.param(
            states(state(ALICE)),
            [
                f"{part} of user alice was not read"
                for part in ("groups", "attached", "boundary", "inline")
            ],
            id="its parts",
        ),
        pytest.param(
            states(state(ALICE, **{**BARE, "groups": {"admins": "a"}})),
            ["group admins of user alice could not be read"],
            id="a group",
        ),
        pytest.param(
            states(state(ALICE, **{**BARE, "attached": {OWN: "own"}})),
            [f"managed policy {OWN} could not be read"],
            id="a managed policy",
        ),
        pytest.param(
            states(
                state(ALICE, **{**BARE, "attached": {OWN: "own"}}),
                state(Subject(Kind.POLICY, OWN), OWN),
            ),
            [f"managed policy {OWN} could not be read"],
            id="a managed policy's document",
        ),
        pytest.param(
            states(state(ALICE, **{**BARE, "inline": {"x": "{}"}})),
            [f'inline policy "x" of user alice {INVALID}: statement 1 is None, not an object'],
            id="a document that does not parse",
        ),
        pytest.param(
            states(state(ALICE, **{**BARE, "boundary": {ONLY: EDGE}})),
            [f"managed policy {EDGE} as permissions boundary could not be read"],
            id="the boundary",
        ),
    ],
)
def test_what_is_missing_is_a_problem(all_states: States, says: list[str]) -> None:
    problems = compose(ALICE, all_states).problems
    assert [problem.says for problem in problems] == says
    assert {problem.severity for problem in problems} == {Severity.HIGH}


@pytest.mark.parametrize(
    "edge",
    [
        pytest.param(states(), id="missing"),
        pytest.param(states(policy(EDGE, {"Statement": 1})), id="not a document"),
    ],
)
def test_an_unreadable_boundary_restricts_nothing(edge: States) -> None:
    alice = state(ALICE, **{**BARE, "inline": {"x": text(ADMIN)}, "boundary": {ONLY: EDGE}})
    composed = compose(ALICE, edge.having(alice))
    assert composed.problems
    assert composed.boundary_arn == EDGE
    assert decide(composed, "iam:CreateUser", "*").answer is Answer.ALLOWED


def test_the_rest_is_judged_beside_an_unreadable_document() -> None:
    inline = {"bad": "{", "good": text(ADMIN)}
    composed = compose(APP, states(state(APP, attached={}, boundary={}, inline=inline)))
    assert len(composed.problems) == 1
    assert decide(composed, "iam:CreateUser", "*").answer is Answer.ALLOWED


def test_without_an_arn_account_and_partition_are_any() -> None:
    nobody = Power(subject=ALICE)
    assert (nobody.partition, nobody.account) == ("*", "*")


def test_a_policy_that_names_principals_is_a_problem() -> None:
    deny = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}
    (problem,) = power([[*ADMIN, deny]]).problems
    assert problem.says == f'inline policy "0" of user alice {NAMES_PRINCIPALS}'
