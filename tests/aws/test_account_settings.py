"""The account's own settings read live, against moto."""

from typing import Any

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws.account_settings import _NOT_MANAGING
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, read, read_changed, refusal

ACCOUNT = Subject(Kind.ACCOUNT, "123456789012")
NOTHING = {
    Part.LOGIN_POLICY: {},
    Part.ALIAS: {},
    Part.STS_VERSION: {ONLY: "v1Token"},
    Part.OUTBOUND_FEDERATION: {},
    Part.ROOT_ACCESS: {},
}
OPERATIONS = {
    "GetAccountPasswordPolicy": Part.LOGIN_POLICY,
    "ListAccountAliases": Part.ALIAS,
    "GetAccountSummary": Part.STS_VERSION,
    "GetOutboundWebIdentityFederationInfo": Part.OUTBOUND_FEDERATION,
    "ListOrganizationsFeatures": Part.ROOT_ACCESS,
}


def account() -> State:
    state = read_changed(ACCOUNT).of(ACCOUNT)
    assert state is not None
    return state


def test_an_account_in_which_nothing_is_set(aws: None) -> None:
    assert account().parts == NOTHING


def test_an_account_goes_by_its_id_and_is_not_its_root_user(aws: None) -> None:
    assert account().unique_id == "123456789012"
    assert account().arn == "arn:aws:account::123456789012:account"


def test_an_account_in_which_everything_is_set(iam: IAMClient) -> None:
    iam.update_account_password_policy(MinimumPasswordLength=14, MaxPasswordAge=90)
    iam.create_account_alias(AccountAlias="acme")
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token")
    iam.enable_outbound_web_identity_federation()
    iam.enable_organizations_root_sessions()
    assert account().parts == {
        Part.LOGIN_POLICY: {ONLY: '{"MaxPasswordAge": 90, "MinimumPasswordLength": 14}'},
        Part.ALIAS: {ONLY: "acme"},
        Part.STS_VERSION: {ONLY: "v2Token"},
        Part.OUTBOUND_FEDERATION: {ONLY: "present"},
        Part.ROOT_ACCESS: {"RootSessions": "RootSessions"},
    }


def test_outbound_federation_said_to_be_off_is_off(iam: IAMClient, monkeypatch: Any) -> None:
    iam.enable_outbound_web_identity_federation()
    answer = {"JwtVendingEnabled": False}
    failing(monkeypatch, iam, "GetOutboundWebIdentityFederationInfo", lambda _: answer)
    assert account().parts == NOTHING


@pytest.mark.parametrize("code", sorted(_NOT_MANAGING))
def test_who_manages_no_organisation_has_no_central_root_access(
    iam: IAMClient, monkeypatch: Any, code: str
) -> None:
    failing(monkeypatch, iam, "ListOrganizationsFeatures", refusal(code))
    assert account().parts == NOTHING


@pytest.mark.parametrize(("operation", "part"), OPERATIONS.items(), ids=OPERATIONS)
def test_what_cannot_be_read_is_a_problem_and_the_rest_is_read(
    iam: IAMClient, monkeypatch: Any, operation: str, part: Part
) -> None:
    failing(monkeypatch, iam, operation, refusal("AccessDenied"))
    states = read(ACCOUNT)
    rest = {each: held for each, held in NOTHING.items() if each is not part}
    assert states.known[ACCOUNT].parts == rest
    [problem] = states.problems
    assert problem.says.startswith(f"the {part} of {ACCOUNT} could not be read: AccessDenied")


def test_what_an_older_sdk_cannot_ask_is_a_problem_and_the_rest_is_read(
    iam: IAMClient, monkeypatch: Any
) -> None:
    monkeypatch.delattr(type(iam), "get_outbound_web_identity_federation_info")
    states = read(ACCOUNT)
    rest = {each: held for each, held in NOTHING.items() if each is not Part.OUTBOUND_FEDERATION}
    assert states.known[ACCOUNT].parts == rest
    [problem] = states.problems
    assert problem.says.startswith(f"the {Part.OUTBOUND_FEDERATION} of {ACCOUNT} could not be read")
