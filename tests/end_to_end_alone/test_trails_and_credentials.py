"""What is done to trails and to credentials, from the call to what was there before."""

import pytest

from cli.company import LEDGER
from cli.drill.attacks.user_credentials import PEM
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


DORMANT = {
    "an access key": (
        lambda it: it.create_access_key(UserName="tess")["AccessKey"]["AccessKeyId"],
        lambda it, key, status: it.update_access_key(
            UserName="tess", AccessKeyId=key, Status=status
        ),
        "HIGH",
    ),
    "an SSH public key": (
        lambda it: it.upload_ssh_public_key(UserName="tess", SSHPublicKeyBody="ssh-rsa AAAA")[
            "SSHPublicKey"
        ]["SSHPublicKeyId"],
        lambda it, key, status: it.update_ssh_public_key(
            UserName="tess", SSHPublicKeyId=key, Status=status
        ),
        "MEDIUM",
    ),
    "a credential for a service": (
        lambda it: it.create_service_specific_credential(
            UserName="tess", ServiceName="codecommit.amazonaws.com"
        )["ServiceSpecificCredential"]["ServiceSpecificCredentialId"],
        lambda it, key, status: it.update_service_specific_credential(
            UserName="tess", ServiceSpecificCredentialId=key, Status=status
        ),
        "MEDIUM",
    ),
}


@pytest.mark.parametrize(("make", "switch", "severity"), DORMANT.values(), ids=DORMANT)
def test_a_dormant_credential_that_is_activated_is_made_inactive_again(
    stage, make, switch, severity
):
    iam = stage.sandbox.operator.client("iam")
    key = make(iam)
    switch(iam, key, "Inactive")
    before, mails = attacked(stage, lambda it: switch(it, key, "Active"))
    assert labels(mails) == [severity, "RESTORED"]
    assert stage.sandbox.snapshot() == before


NEW = {
    "an SSH public key": (
        lambda it: it.upload_ssh_public_key(UserName="rita", SSHPublicKeyBody="ssh-rsa BBBB"),
        "SSH public keys",
        "MEDIUM",
    ),
    "a signing certificate": (
        lambda it: it.upload_signing_certificate(UserName="rita", CertificateBody=PEM),
        "signing certificates",
        "MEDIUM",
    ),
    "a credential for a service": (
        lambda it: it.create_service_specific_credential(
            UserName="rita", ServiceName="bedrock.amazonaws.com"
        ),
        "service-specific credentials",
        "HIGH",
    ),
}


@pytest.mark.parametrize(("deed", "what", "severity"), NEW.values(), ids=NEW)
def test_a_new_credential_of_somebody_else_is_made_inactive(stage, deed, what, severity):
    before, mails = attacked(stage, deed)
    assert labels(mails) == [severity, "CONTAINED"]
    after = stage.sandbox.snapshot()
    (held,) = (after["users"]["rita"].pop(what), before["users"]["rita"].pop(what))[:1]
    assert [*held.values()] == ["Inactive"]
    assert after == before


def test_a_password_of_a_service_that_was_reset_is_told(stage):
    iam = stage.sandbox.operator.client("iam")
    made = iam.create_service_specific_credential(
        UserName="sam", ServiceName="codecommit.amazonaws.com"
    )["ServiceSpecificCredential"]
    named = {"ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    since = len(stage.sandbox.mailbox)
    stage.attack(
        lambda stage: stage.thief.client("iam").reset_service_specific_credential(
            UserName="sam", **named
        )
    )
    stage.settle()
    assert labels(stage.sandbox.mailbox[since:]) == ["MEDIUM"]
