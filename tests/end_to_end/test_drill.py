"""The drill of one call of each mode, and of a fault or two, in the deployed template."""

import pytest

from cli.drill.attacks import ATTACKS
from cli.drill.drilled import BY_HAND, HELD
from cli.drill.drilling import drill, prepare
from cli.drill.fault import Fault
from cli.drill.faults import cases, faulted
from lambdas.calls import CATALOG

ENTRIES = {entry.action: entry for entry in CATALOG.values()}
ENDS = {
    "automatic": ("iam:PutRolePolicy", "restored", True),
    "manual": ("iam:RemoveUserFromGroup", BY_HAND, True),
    "what was made, by hand": ("iam:CreateGroup", BY_HAND, True),
    "contain": ("iam:CreateAccessKey", "contained", False),
    "none": ("iam:DeleteUser", HELD, False),
}


@pytest.fixture(scope="module")
def answers(stage):
    return prepare([ATTACKS[call] for call, _, _ in ENDS.values()], stage)


@pytest.mark.parametrize(("call", "ends", "equal"), ENDS.values(), ids=ENDS)
def test_a_call_of_each_mode_ends_as_promised(stage, answers, call, ends, equal):
    drilled = drill(ENTRIES[call], ATTACKS[call], answers, stage)
    assert (drilled.outcome, drilled.equal) == (ends, equal)
    assert drilled.kept, drilled


def test_an_incident_whose_functions_are_denied_or_killed_is_not_lost(stage):
    """The publish is denied; the write that undoes is made, and its function dies of it.

    What a function reads only of a policy that it does not know yet fails, too.
    """
    wanted = {
        ("undo", "iam:GetPolicyVersion", Fault.SERVER_ERROR),
        ("evaluate", "sns:Publish", Fault.DENIED),
        ("undo", "iam:DetachUserPolicy", Fault.KILLED_AFTER),
    }
    found = [it for it in cases(stage, frozenset()) if (it[0].part, it[0].call, it[1]) in wanted]
    ends = {(each.step.call, each.ended, each.lost) for each in faulted(stage, found)}
    assert sorted(ends) == [
        ("iam:DetachUserPolicy", "retried", False),
        ("iam:GetPolicyVersion", "alerted", False),
        ("sns:Publish", "retried", False),
    ]
