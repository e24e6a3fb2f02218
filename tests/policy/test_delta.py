"""The delta. What the words name is a property of the gains, tested there."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from moto.iam.aws_managed_policies import aws_managed_policies_data

from lambdas.model.delta import Delta
from lambdas.policy.delta import LONGEST_LINE, MOST_LINES, delta
from lambdas.policy.document import Effect
from lambdas.policy.power import Power
from tests.policy.account import ADMIN, ALICE, power
from tests.policy.cases import Case, cases
from tests.policy.test_gains import POWERS


def _allow(*actions: str, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


@pytest.mark.parametrize("case", cases("delta"))
def test_a_delta_tells(case: Case) -> None:
    before = None if case["before"] is None else power(**case["before"])
    found = delta(before, power(**case["after"]))
    assert list(found.gave) == case["gave"]
    assert list(found.took) == case["took"]


def test_a_delta_is_of_the_principal_and_says_whether_before_is_known() -> None:
    assert delta(power(), power()) == Delta(principals=(ALICE,), known=True)
    assert delta(None, power()) == Delta(principals=(ALICE,), known=False)


@pytest.mark.parametrize(
    ("identity", "line"),
    [
        pytest.param([_allow("s3:GetObject")], None, id="none"),
        pytest.param(
            [_allow("iam:AttachUserPolicy")], "a way to more power: attach", id="one way up"
        ),
        pytest.param(
            [_allow("iam:AttachUserPolicy", "iam:PutUserPolicy")],
            "2 ways to more power: ",
            id="two ways up",
        ),
        pytest.param(ADMIN, "administrator of the account", id="what swallows every way up"),
        pytest.param(
            [{**ADMIN[0], "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}],
            "administrator of the account, under a condition",
            id="an administrator under a condition",
        ),
    ],
)
def test_ways_up_come_first_and_are_told_when_they_open_and_when_they_close(
    identity: list[Any], line: str | None
) -> None:
    opened, closed = delta(power(), power([identity])), delta(power([identity]), power())
    for told in (opened.gave, closed.took):
        assert [each for each in told[:1] if "power" in each or "admin" in each] == (
            [each for each in told[:1] if each.startswith(line)] if line else []
        )
        assert line is None or told[0].startswith(line)


def test_a_way_up_that_was_there_is_not_told_again() -> None:
    attach = _allow("iam:AttachUserPolicy")
    found = delta(power([[attach]]), power([[attach, _allow("sqs:SendMessage")]]))
    assert found.gave == ("write access in sqs (new service): sqs:SendMessage on *",)


def test_a_way_up_that_becomes_surer_is_told() -> None:
    attach = _allow("iam:AttachUserPolicy")
    asked = {**attach, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    found = delta(power([[asked]]), power([[attach]]))
    assert found.gave[0].startswith("a way to more power: attach")


def test_what_matters_most_comes_first() -> None:
    names = ("sns:ListTopics", "sns:TagResource", "s3:GetObject", "sqs:AddPermission")
    after = power([[_allow(name, resource=f"arn:aws:s3:::{name[-5:]}") for name in names]])
    levels = [line.split(" access")[0] for line in delta(power(), after).gave]
    assert levels == ["permissions management", "tagging", "read", "list"]


@pytest.mark.parametrize(
    ("count", "last"),
    [
        pytest.param(MOST_LINES, "read access in s3 (new service)", id="all that fit"),
        pytest.param(MOST_LINES + 2, "and 2 more", id="the number of those that do not"),
    ],
)
def test_a_person_reads_no_more_than_some_lines(count: int, last: str) -> None:
    buckets = [_allow("s3:GetObject", resource=f"arn:aws:s3:::{n:02}/*") for n in range(count)]
    told = delta(power(), power([buckets])).gave
    assert told[-1].startswith(last)
    assert len(told) == min(count, MOST_LINES + 1)


@settings(max_examples=20)  # the ways up take most of the time, and are tested elsewhere
@given(before=POWERS, after=POWERS)
def test_every_delta_is_short_and_turns_around(before: Power, after: Power) -> None:
    there, back = delta(before, after), delta(after, before)
    assert bool(there.gave) == bool(back.took)
    assert all(len(line) <= LONGEST_LINE + len("...") for line in there.gave + there.took)
    assert delta(after, after) == Delta(principals=(ALICE,))


def test_many_patterns_that_are_hard_to_look_up_cannot_make_it_slow() -> None:
    hard = [f"s3:*{one}*{other}*" for one in "abcdefghijklmnop" for other in "abcdefg"]
    [line] = delta(power(), power([[_allow(*hard, resource="arn:aws:s3:::b")]])).gave
    assert line.startswith("permissions management, write, unknown, tagging, read and list access")
    [easy] = delta(power(), power([[_allow(*hard[:50], resource="arn:aws:s3:::b")]])).gave
    assert easy.startswith("permissions management, write, tagging, read and list access")


def test_each_policy_of_aws_gives_what_it_allows_and_takes_nothing() -> None:
    for name, managed in json.loads(aws_managed_policies_data).items():
        after = power([managed["Document"]])
        found = delta(power(), after)
        statements = (each for source in after.identity for each in source.document.statements)
        allows = any(each.effect is Effect.ALLOW for each in statements)
        assert (name, bool(found.gave), found.took) == (name, allows, ())


def _under(*levels: list[Any]) -> Power:
    """One who may list queues, under levels of service control policies."""
    scps = tuple(power([level]).identity for level in levels)
    return replace(power([[_allow("sqs:*")]]), scps=scps)


@pytest.mark.parametrize(
    ("before", "after", "gave", "took"),
    [
        pytest.param(_under(ADMIN), _under(ADMIN), (), (), id="none that changes"),
        pytest.param(
            _under(ADMIN, [_allow("s3:*", "sqs:List*")]),
            _under(ADMIN, [_allow("s3:*", "sqs:*")]),
            ("level 2 of the service control policies now lets through sqs:* on *",),
            (),
            id="one that lets through more",
        ),
        pytest.param(
            _under(ADMIN, [_allow("sqs:List*")]),
            _under(ADMIN),
            ("level 2 of the service control policies no longer limits it to sqs:List* on *",),
            (),
            id="one that is gone",
        ),
        pytest.param(
            _under(ADMIN),
            _under([*ADMIN, {**_allow("sqs:SendMessage"), "Effect": "Deny"}]),
            (),
            ("now denied: sqs:SendMessage on *",),
            id="one that denies",
        ),
        pytest.param(
            _under([_allow("s3:*")]), power(), (), (), id="one under which nothing is allowed"
        ),
    ],
)
def test_service_control_policies_limit_each_level_by_itself(
    before: Power, after: Power, gave: tuple[str, ...], took: tuple[str, ...]
) -> None:
    found = delta(before, after)
    assert (found.gave, found.took) == (gave, took)
