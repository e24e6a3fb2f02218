"""What is granted, used and refused is compared role by role, and exceptions need a reason."""

from types import SimpleNamespace

import pytest

from cli.permissions.excepted import Excepted
from cli.permissions.proof import Asked, granted, proven
from cli.permissions.proving import asked
from cli.permissions.telling import lines

GRANTS = {"OneRole": frozenset({"s3:GetObject", "sns:Publish"})}
WHY = Excepted(role="One", action="sns:Publish", reason="because")


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
    [proof] = proven(GRANTS, calls, exceptions)
    assert (proof.unused, proof.refused) == (unused, refused)
    assert proof.good is not bool(unused or refused)


def test_a_reason_for_what_is_used_is_wrong() -> None:
    [proof] = proven(GRANTS, BOTH, [WHY])
    assert (proof.stale, proof.good) == ((WHY,), False)


def test_a_reason_for_every_role_may_be_used_by_some() -> None:
    [proof] = proven(GRANTS, BOTH, [Excepted(role="", action="sns:Publish", reason="because")])
    assert (proof.excepted, proof.good) == ((), True)


def test_what_was_found_is_told() -> None:
    calls = (ask("s3:PutObject", allowed=False), ask("sns:Publish"))
    assert [*lines(proven(GRANTS, calls, [WHY]))] == [
        "OneRole: 2 actions granted, 1 used",
        "  granted and unused: s3:GetObject",
        "  used and not granted: s3:PutObject",
        "  used, and yet excepted: sns:Publish",
        "1 granted and unused, 1 used and not granted",
    ]


def test_reasons_are_told() -> None:
    assert "  excepted: sns:Publish: because" in lines(proven(GRANTS, BOTH[:1], [WHY]))


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
