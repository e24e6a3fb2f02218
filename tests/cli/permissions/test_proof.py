"""What is granted, used and refused is compared role by role, and exceptions need a reason."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from cli.permissions.excepted import Excepted
from cli.permissions.listening import lines as heard
from cli.permissions.proof import Asked, compared, granted
from cli.permissions.proving import asked
from cli.permissions.telling import lines

GRANTS = {"OneRole": frozenset({"s3:GetObject", "sns:Publish"})}
WHY = Excepted(role="One", action="sns:Publish", reason="because")
EVERYWHERE = replace(WHY, role="")


def ask(action: str, *, role: str = "OneRole", allowed: bool = True) -> Asked:
    return Asked(role=role, action=action, allowed=allowed)


BOTH = (ask("s3:GetObject"), ask("sns:Publish"))
CASES = {
    "all is used": (BOTH, (), (), ()),
    "one is never used": (BOTH[:1], (), ("sns:Publish",), ()),
    "one is never used, for a reason": (BOTH[:1], (WHY,), (), ()),
    "another role's reason is none": (
        BOTH[:1],
        (Excepted(role="Two", action="sns:Publish", reason="because"),),
        ("sns:Publish",),
        (),
    ),
    "another role used it": ((BOTH[0], ask("sns:Publish", role="Two")), (), ("sns:Publish",), ()),
    "one is refused": ((*BOTH, ask("s3:PutObject", allowed=False)), (), (), ("s3:PutObject",)),
    "what is granted is refused all the same": (
        (BOTH[0], ask("sns:Publish", allowed=False)),
        (),
        ("sns:Publish",),
        ("sns:Publish",),
    ),
}


@pytest.mark.parametrize(("calls", "exceptions", "unused", "refused"), CASES.values(), ids=CASES)
def test_a_role_is_compared(calls, exceptions, unused, refused) -> None:
    found = compared(GRANTS, calls, exceptions)
    [proof] = found.proofs
    assert (proof.unused, proof.refused) == (unused, refused)
    assert found.good is not bool(unused or refused or found.stale)


def test_a_reason_for_every_role_may_be_used_by_some() -> None:
    both = {**GRANTS, "TwoRole": GRANTS["OneRole"]}
    calls = (*BOTH, ask("s3:GetObject", role="TwoRole"))
    found = compared(both, calls, [EVERYWHERE])
    assert ([each.excepted for each in found.proofs], found.good) == ([(), (EVERYWHERE,)], True)


STALE = {
    "for what is used": WHY,
    "for what all use": EVERYWHERE,
    "for what is not granted": replace(WHY, action="sns:Subscribe"),
    "for a role that is gone": replace(WHY, role="Two"),
}


@pytest.mark.parametrize("exception", STALE.values(), ids=STALE)
def test_a_reason_that_excuses_nothing_is_wrong(exception: Excepted) -> None:
    found = compared(GRANTS, BOTH, [exception])
    assert (found.stale, found.good) == ((exception,), False)


def test_what_was_found_is_told() -> None:
    calls = (ask("s3:PutObject", allowed=False), ask("sns:Publish"))
    assert [*lines(compared(GRANTS, calls, [WHY, EVERYWHERE]))] == [
        "OneRole: 2 actions granted, 1 used",
        "  granted and unused: s3:GetObject",
        "  used and not granted: s3:PutObject",
        "excepted, and used or no longer granted: One: sns:Publish",
        "excepted, and used or no longer granted: every role: sns:Publish",
        "1 granted and unused, 1 used and not granted, 0 excepted, 2 of the exceptions stale",
    ]


def test_reasons_are_told() -> None:
    assert "  excepted: sns:Publish: because" in lines(compared(GRANTS, BOTH[:1], [WHY]))


def test_what_is_allowed_by_exclusion_is_never_taken_for_used() -> None:
    document = {"Statement": {"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}}
    role = {
        "Type": "AWS::IAM::Role",
        "Properties": {"Policies": [{"PolicyName": "p", "PolicyDocument": document}]},
    }
    assert granted({"Resources": {"R": role}}) == {"R": {"everything but s3:*"}}


def entry(role: str, *decisions: tuple[str, bool]) -> SimpleNamespace:
    made = [
        SimpleNamespace(need=SimpleNamespace(action=action), allowed=allowed)
        for action, allowed in decisions
    ]
    arn = f"arn:aws:iam::123456789012:role/{role}"
    return SimpleNamespace(caller=SimpleNamespace(principal_arn=arn), decisions=made or None)


def test_the_log_is_read_for_the_templates_roles_only() -> None:
    log = [entry("one", ("s3:GetObject", True)), entry("two", ("s3:A", True)), entry("one")]
    assert [*asked(log, {"one": "OneRole"})] == [ask("s3:GetObject")]


def test_what_roles_ask_in_tests_goes_by_the_ids_in_their_names() -> None:
    log = [
        entry("Snapback-OneRole1A2B-XYZ", ("s3:GetObject", True), ("s3:PutObject", False)),
        entry("Snapback-eu-west-1-Forward1A2B-XYZ", ("events:PutEvents", True)),
        entry("web", ("s3:GetObject", True)),
    ]
    assert [each for call in log for each in heard(call)] == [
        "OneRole1A2B s3:GetObject allowed",
        "OneRole1A2B s3:PutObject refused",
    ]
