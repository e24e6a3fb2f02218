"""The drill of one call of each mode, and of a fault or two, in the deployed template."""

import pytest

from cli.drill.attacks import ATTACKS
from cli.drill.drilled import BY_HAND, HELD
from cli.drill.drilling import drill, prepare
from cli.drill.fault import Fault
from cli.drill.faults import cases, faulted
from lambdas.calls import CATALOG

ENTRIES = {entry.action: entry for entry in CATALOG.values()}
CALLS = ["iam:PutRolePolicy", "iam:RemoveUserFromGroup", "iam:CreateAccessKey", "iam:DeleteUser"]


@pytest.fixture(scope="module")
def answers(stage):
    return prepare([ATTACKS[call] for call in CALLS], stage)


@pytest.mark.parametrize(
    ("call", "ends", "equal"),
    zip(CALLS, ["restored", BY_HAND, "contained", HELD], [True, True, False, False], strict=True),
    ids=["automatic", "manual", "contain", "none"],
)
def test_a_call_of_each_mode_ends_as_promised(stage, answers, call, ends, equal):
    drilled = drill(ENTRIES[call], ATTACKS[call], answers, stage)
    assert (drilled.outcome, drilled.equal) == (ends, equal)
    assert drilled.kept, drilled


def test_an_incident_whose_functions_are_denied_or_killed_is_not_lost(stage):
    """The publish is denied; the write that undoes is made, and its function dies of it."""
    wanted = {
        ("evaluate", "sns:Publish", Fault.DENIED),
        ("undo", "iam:DetachUserPolicy", Fault.KILLED_AFTER),
    }
    found = [it for it in cases(stage, None) if (it[0].part, it[0].call, it[1]) in wanted]
    assert len(found) == 2
    assert [(each.ended, each.lost) for each in faulted(stage, found)] == [("retried", False)] * 2
