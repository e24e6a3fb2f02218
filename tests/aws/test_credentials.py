"""Credentials of a user that is changed itself, against moto."""

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws.account import LiveAccount
from lambdas.model.state import ONLY, PRESENT, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import counted, failing, read, read_changed, refusal

ALICE = Subject(Kind.USER, "alice")
CREDENTIALS = {
    "ListAccessKeys": Part.ACCESS_KEYS,
    "ListSSHPublicKeys": Part.SSH_KEYS,
    "ListSigningCertificates": Part.SIGNING_CERTIFICATES,
    "ListServiceSpecificCredentials": Part.SERVICE_CREDENTIALS,
    "GetLoginProfile": Part.LOGIN_PROFILE,
    "ListMFADevices": Part.MFA_DEVICES,
}


@pytest.fixture
def alice(iam: IAMClient) -> None:
    iam.create_user(UserName="alice")


def serial(iam: IAMClient, name: str) -> str:
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)
    number: str = made["VirtualMFADevice"]["SerialNumber"]
    iam.enable_mfa_device(
        UserName="alice",
        SerialNumber=number,
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )
    return number


def test_a_user_without_credentials_is_known_to_have_none(alice):
    states = read_changed(ALICE)
    assert {part: states.of(ALICE).parts[part] for part in CREDENTIALS.values()} == {
        Part.ACCESS_KEYS: {},
        Part.SSH_KEYS: {},
        Part.SIGNING_CERTIFICATES: {},
        Part.SERVICE_CREDENTIALS: {},
        Part.LOGIN_PROFILE: {},
        Part.MFA_DEVICES: {},
    }
    assert states.problems == ()


def test_credentials_are_read_of_the_user_that_is_changed_only(alice, iam, monkeypatch):
    asked = counted(monkeypatch, iam)
    assert not set(read(ALICE).of(ALICE).parts) & {*CREDENTIALS.values()}
    assert not set(asked) & {*CREDENTIALS}


def test_access_keys_say_whether_they_are_active(alice, iam):
    first, second = (
        iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"] for _ in range(2)
    )
    iam.update_access_key(UserName="alice", AccessKeyId=second, Status="Inactive")
    assert read_changed(ALICE).of(ALICE).parts[Part.ACCESS_KEYS] == {
        first: "Active",
        second: "Inactive",
    }


def test_keys_for_ssh_say_whether_they_are_active(alice, iam):
    first, second = (
        iam.upload_ssh_public_key(UserName="alice", SSHPublicKeyBody=f"ssh-rsa {each}")[
            "SSHPublicKey"
        ]["SSHPublicKeyId"]
        for each in "AB"
    )
    iam.update_ssh_public_key(UserName="alice", SSHPublicKeyId=second, Status="Inactive")
    held = read_changed(ALICE).of(ALICE).parts[Part.SSH_KEYS]
    assert held == {first: "Active", second: "Inactive"}


def test_credentials_for_a_service_say_whether_they_are_active(alice, iam):
    first, second = (
        iam.create_service_specific_credential(
            UserName="alice", ServiceName=f"{each}.amazonaws.com"
        )["ServiceSpecificCredential"]["ServiceSpecificCredentialId"]
        for each in ("codecommit", "bedrock")
    )
    iam.update_service_specific_credential(
        UserName="alice", ServiceSpecificCredentialId=second, Status="Inactive"
    )
    held = read_changed(ALICE).of(ALICE).parts[Part.SERVICE_CREDENTIALS]
    assert held == {first: "Active", second: "Inactive"}


def test_signing_certificates_say_whether_they_are_active(alice, iam, monkeypatch):
    listed = [{"CertificateId": "C1", "Status": "Active"}]
    failing(monkeypatch, iam, "ListSigningCertificates", lambda _: {"Certificates": listed})
    assert read_changed(ALICE).of(ALICE).parts[Part.SIGNING_CERTIFICATES] == {"C1": "Active"}


def test_a_list_is_read_to_its_end(alice, iam, monkeypatch):
    pages = iter([("a", {"IsTruncated": True, "Marker": "m"}), ("b", {"IsTruncated": False})])

    def page(_):
        key, more = next(pages)
        return {"ServiceSpecificCredentials": [_credential(key)], **more}

    failing(monkeypatch, iam, "ListServiceSpecificCredentials", page)
    held = read_changed(ALICE).of(ALICE).parts[Part.SERVICE_CREDENTIALS]
    assert held == {"a": "Active", "b": "Active"}


def _credential(key):
    return {"ServiceSpecificCredentialId": key, "Status": "Active"}


def test_where_no_service_has_credentials_of_its_own_there_are_none(alice, iam, monkeypatch):
    failing(monkeypatch, iam, "ListServiceSpecificCredentials", refusal("NotSupportedService"))
    states = read_changed(ALICE)
    assert states.of(ALICE).parts[Part.SERVICE_CREDENTIALS] == {}
    assert states.problems == ()


def test_a_login_profile_is_there(alice, iam):
    iam.create_login_profile(UserName="alice", Password="correct horse battery 1!")
    assert read_changed(ALICE).of(ALICE).parts[Part.LOGIN_PROFILE] == {ONLY: PRESENT}


def test_mfa_devices_go_by_their_serial_numbers(alice, iam):
    numbers = {serial(iam, name) for name in ("phone", "tablet")}
    assert read_changed(ALICE).of(ALICE).parts[Part.MFA_DEVICES] == {n: n for n in numbers}


@pytest.mark.parametrize(("operation", "part"), CREDENTIALS.items())
def test_a_part_that_was_not_read_is_missing_and_a_problem(
    alice, iam, monkeypatch, operation, part
):
    failing(monkeypatch, iam, operation, refusal("AccessDenied"))
    states = read_changed(ALICE)
    assert {*CREDENTIALS.values()} - {*states.of(ALICE).parts} == {part}
    assert [problem.says.partition(" could not")[0] for problem in states.problems] == [
        f"the {part} of user alice"
    ]


@pytest.mark.parametrize("operation", [each for each in CREDENTIALS if each.startswith("List")])
def test_a_list_that_says_the_user_is_gone_is_not_an_empty_one(alice, iam, monkeypatch, operation):
    failing(monkeypatch, iam, operation, refusal("NoSuchEntity"))
    assert CREDENTIALS[operation] not in read_changed(ALICE).of(ALICE).parts


def test_a_user_that_is_deleted_is_absent_and_no_problem(iam):
    states = read_changed(ALICE)
    assert (states.known, states.absent, states.problems) == ({}, {ALICE}, ())


def test_no_read_waits_for_those_of_credentials(alice, iam):
    reading = LiveAccount().reading([ALICE], reach=ALICE)
    assert reading.unique_id(ALICE) == iam.get_user(UserName="alice")["User"]["UserId"]
