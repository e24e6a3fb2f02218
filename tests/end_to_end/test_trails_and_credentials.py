"""What is done to trails and to credentials, from the call to what was there before."""

import pytest

from cli.company import LEDGER
from tests.end_to_end.attacks import attacked, labels

READ_ONLY = [{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True}]

RESTORED = {
    "selectors that leave out writes": (
        "cloudtrail",
        lambda it: it.put_event_selectors(TrailName=LEDGER, EventSelectors=READ_ONLY),
        "CRITICAL",
    ),
    "a trail of one region only": (
        "cloudtrail",
        lambda it: it.update_trail(
            Name=LEDGER, IsMultiRegionTrail=False, IncludeGlobalServiceEvents=False
        ),
        "CRITICAL",
    ),
    "no log file validation any more": (
        "cloudtrail",
        lambda it: it.update_trail(Name=LEDGER, EnableLogFileValidation=False),
        "MEDIUM",
    ),
    "no insights any more": (
        "cloudtrail",
        lambda it: it.put_insight_selectors(TrailName=LEDGER, InsightSelectors=[]),
        "MEDIUM",
    ),
    "a console password for somebody else": (
        "iam",
        lambda it: it.create_login_profile(UserName="rita", Password="Tr0ub4dor&3-long"),
        "HIGH",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _guarded_trail(stage):
    """The trail as careful people have it."""
    trails = stage.sandbox.operator.client("cloudtrail")
    trails.update_trail(Name=LEDGER, EnableLogFileValidation=True)
    trails.put_insight_selectors(
        TrailName=LEDGER, InsightSelectors=[{"InsightType": "ApiErrorRateInsight"}]
    )
    stage.settle()


@pytest.mark.parametrize(("service", "deed", "severity"), RESTORED.values(), ids=RESTORED)
def test_it_is_put_back(stage, service, deed, severity):
    before, mails = attacked(stage, deed, service)
    assert labels(mails) == [severity, "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_a_password_that_was_reset_is_told_and_cannot_come_back(stage):
    iam = stage.sandbox.operator.client("iam")
    iam.create_login_profile(UserName="sam", Password="Tr0ub4dor&3-long")
    _, mails = attacked(
        stage, lambda it: it.update_login_profile(UserName="sam", PasswordResetRequired=True)
    )
    assert labels(mails) == ["HIGH"]


def test_a_key_of_unknown_former_status_that_is_activated_is_told(stage):
    key = stage.sandbox.operator.client("iam").create_access_key(UserName="tess")["AccessKey"]
    named = {"UserName": "tess", "AccessKeyId": key["AccessKeyId"]}
    stage.sandbox.operator.client("iam").update_access_key(**named, Status="Inactive")
    stage.settle()
    _, mails = attacked(stage, lambda it: it.update_access_key(**named, Status="Active"))
    assert labels(mails) == ["HIGH"]
    assert "the former status of access key" in mails[0].body
