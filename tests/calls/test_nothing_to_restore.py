from datetime import UTC, datetime

import pytest

from lambdas.calls import CATALOG
from lambdas.model.change import Edit
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from tests.service.world import change

POLICY = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/p")
ROLE = Subject(Kind.ROLE, "app")
CASES = {
    "a role that had no trust policy, which no role is": (
        "UpdateAssumeRolePolicy",
        ROLE,
        Edit(Part.TRUST, ONLY, "{}"),
        None,
    ),
    "an account without an STS version, which none is": (
        "SetSecurityTokenServicePreferences",
        Subject(Kind.ACCOUNT, "123456789012"),
        Edit(Part.STS_VERSION, ONLY, "v2Token"),
        None,
    ),
    "a version that was there before": (
        "CreatePolicyVersion",
        POLICY,
        Edit(Part.VERSIONS, "v2", "{}"),
        "{}",
    ),
    "a version that was deleted": (
        "DeletePolicyVersion",
        POLICY,
        Edit(Part.VERSIONS, "v2", None),
        "{}",
    ),
}


@pytest.mark.parametrize(("name", "subject", "edit", "former"), CASES.values(), ids=CASES)
def test_no_call_is_made_for(name, subject, edit, former):
    live = State(
        subject=subject,
        unique_id="ID",
        arn=subject.name,
        as_of=datetime(2026, 3, 1, tzinfo=UTC),
        parts={},
    )
    entry = CATALOG["iam.amazonaws.com", name]
    assert entry.restore(change(name, subject, edit), live, edit, former) == ()
