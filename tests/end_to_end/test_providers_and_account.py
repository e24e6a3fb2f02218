"""What is done to identity providers and to the account itself, to what was there before."""

import pytest

from tests.end_to_end.attacks import attacked, labels

OIDC = "arn:aws:iam::123456789012:oidc-provider/token.example.com"
SAML = "arn:aws:iam::123456789012:saml-provider/corp"
METADATA = '<EntityDescriptor entityID="https://idp.example.com">' + "." * 1000
LARGE = METADATA + "<!-- -->" * 20_000
"""More than CloudTrail shows of a call's parameters."""
STRICT = {"MinimumPasswordLength": 14, "RequireSymbols": True, "MaxPasswordAge": 90}

UNDONE = {
    "a new OIDC provider": (
        lambda it: it.create_open_id_connect_provider(
            Url="https://evil.example.net", ClientIDList=["sts.amazonaws.com"]
        ),
        "HIGH",
    ),
    "a new SAML provider": (
        lambda it: it.create_saml_provider(Name="evil", SAMLMetadataDocument=METADATA),
        "HIGH",
    ),
    "a new SAML provider whose metadata is too long for its event": (
        lambda it: it.create_saml_provider(Name="evil", SAMLMetadataDocument=LARGE),
        "HIGH",
    ),
    "one more client id": (
        lambda it: it.add_client_id_to_open_id_connect_provider(
            OpenIDConnectProviderArn=OIDC, ClientID="evil"
        ),
        "HIGH",
    ),
    "other thumbprints": (
        lambda it: it.update_open_id_connect_provider_thumbprint(
            OpenIDConnectProviderArn=OIDC, ThumbprintList=["e" * 40]
        ),
        "HIGH",
    ),
    "other metadata": (
        lambda it: it.update_saml_provider(
            SAMLProviderArn=SAML, SAMLMetadataDocument=METADATA.replace("idp", "evil")
        ),
        "CRITICAL",
    ),
    "tokens for outside services": (
        lambda it: it.enable_outbound_web_identity_federation(),
        "HIGH",
    ),
    "a weaker password policy": (
        lambda it: it.update_account_password_policy(MinimumPasswordLength=6),
        "MEDIUM",
    ),
    "no password policy": (lambda it: it.delete_account_password_policy(), "MEDIUM"),
    "session tokens for all regions": (
        lambda it: it.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token"),
        "MEDIUM",
    ),
}
TOLD = {
    "a provider deleted, with the call that makes it again": (
        lambda it: it.delete_saml_provider(SAMLProviderArn=SAML),
        "MEDIUM",
        "aws iam create-saml-provider",
    ),
    "an OIDC provider deleted, with the call that makes it again": (
        lambda it: it.delete_open_id_connect_provider(OpenIDConnectProviderArn=OIDC),
        "MEDIUM",
        "aws iam create-open-id-connect-provider",
    ),
    "sessions as root of member accounts": (
        lambda it: it.enable_organizations_root_sessions(),
        "CRITICAL",
        "decide there",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _careful(stage):
    """Providers and a password policy as careful people have them."""
    iam = stage.sandbox.operator.client("iam")
    iam.create_open_id_connect_provider(
        Url="https://token.example.com", ClientIDList=["app"], ThumbprintList=["a" * 40]
    )
    iam.create_saml_provider(Name="corp", SAMLMetadataDocument=METADATA)
    iam.update_account_password_policy(**STRICT)
    iam.create_account_alias(AccountAlias="acme")
    stage.settle()


@pytest.mark.parametrize(("deed", "severity"), UNDONE.values(), ids=UNDONE)
def test_it_is_undone(stage, deed, severity):
    before, mails = attacked(stage, deed)
    assert labels(mails) == [severity, "RESTORED"]
    assert stage.sandbox.snapshot() == before


@pytest.mark.parametrize(("deed", "severity", "says"), TOLD.values(), ids=TOLD)
def test_it_is_told_and_left_to_a_person(stage, deed, severity, says):
    _, mails = attacked(stage, deed)
    assert labels(mails) == [severity]
    assert says in mails[0].body


def test_a_delegation_request_that_was_accepted_is_rejected(stage):
    iam = stage.sandbox.operator.client("iam")
    made = iam.create_delegation_request(
        Description="d",
        Permissions={},
        RequestorWorkflowId="workflow",
        NotificationChannel="arn:aws:sns:us-east-1:210987654321:t",
        SessionDuration=3600,
    )["DelegationRequestId"]
    _, mails = attacked(stage, lambda it: it.accept_delegation_request(DelegationRequestId=made))
    assert labels(mails) == ["HIGH", "CONTAINED"]
    got = iam.get_delegation_request(DelegationRequestId=made)["DelegationRequest"]
    assert got["State"] == "REJECTED"


def test_an_alias_is_not_worth_a_mail_of_its_own(stage):
    _, mails = attacked(stage, lambda it: it.create_account_alias(AccountAlias="acme-2"))
    assert labels(mails) == []
