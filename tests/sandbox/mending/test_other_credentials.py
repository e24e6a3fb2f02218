"""Credentials for one service and server certificates behave as IAM documents them."""

from typing import Any

import pytest

from sandbox.front import Front

COMMITS = "codecommit.amazonaws.com"
CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}


@pytest.fixture
def iam(front: Front) -> Any:
    return front.client("iam")


@pytest.fixture
def dora(iam: Any) -> Any:
    iam.create_user(UserName="dora")
    yield "dora"
    for each in listed(iam):
        iam.delete_service_specific_credential(UserName="dora", ServiceSpecificCredentialId=each)
    iam.delete_user(UserName="dora")


def made(iam: Any, service: str = COMMITS) -> Any:
    answer = iam.create_service_specific_credential(UserName="dora", ServiceName=service)
    return answer["ServiceSpecificCredential"]


def listed(iam: Any, **given: str) -> dict[str, str]:
    answer = iam.list_service_specific_credentials(UserName="dora", **given)
    return {
        each["ServiceSpecificCredentialId"]: each["Status"]
        for each in answer["ServiceSpecificCredentials"]
    }


def test_a_credential_is_active_until_it_is_made_inactive(iam: Any, dora: str) -> None:
    key = made(iam)["ServiceSpecificCredentialId"]
    assert listed(iam) == {key: "Active"}
    iam.update_service_specific_credential(
        UserName=dora, ServiceSpecificCredentialId=key, Status="Inactive"
    )
    assert listed(iam) == {key: "Inactive"}


def test_a_list_shows_no_secret_and_can_be_of_one_service(iam: Any, dora: str) -> None:
    made(iam)
    other = made(iam, "cassandra.amazonaws.com")["ServiceSpecificCredentialId"]
    answer = iam.list_service_specific_credentials(UserName=dora)
    assert not any("ServicePassword" in each for each in answer["ServiceSpecificCredentials"])
    assert listed(iam, ServiceName="cassandra.amazonaws.com") == {other: "Active"}


def test_a_reset_gives_another_secret_of_the_same_credential(iam: Any, dora: str) -> None:
    first = made(iam)
    key = {"ServiceSpecificCredentialId": first["ServiceSpecificCredentialId"]}
    second = iam.reset_service_specific_credential(UserName=dora, **key)
    again = second["ServiceSpecificCredential"]
    assert again["ServiceSpecificCredentialId"] == key["ServiceSpecificCredentialId"]
    assert again["ServicePassword"] != first["ServicePassword"]


def test_a_user_has_two_for_a_service_at_most(iam: Any, dora: str) -> None:
    made(iam)
    made(iam)
    with pytest.raises(iam.exceptions.LimitExceededException):
        made(iam)


def test_what_does_not_exist_is_not_updated(iam: Any, dora: str) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.update_service_specific_credential(
            UserName=dora, ServiceSpecificCredentialId="ACCAIOSFODNN7EXAMPLE", Status="Active"
        )


def test_a_user_who_has_one_cannot_be_deleted(iam: Any, dora: str) -> None:
    made(iam)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_user(UserName=dora)


def certificate(iam: Any, name: str) -> Any:
    answer = iam.upload_server_certificate(
        ServerCertificateName=name, CertificateBody="body", PrivateKey="key"
    )
    return answer["ServerCertificateMetadata"]


def test_a_certificate_keeps_its_id_under_another_name_and_path(iam: Any) -> None:
    first, other = certificate(iam, "first"), certificate(iam, "other")
    assert first["ServerCertificateId"] != other["ServerCertificateId"]
    iam.update_server_certificate(
        ServerCertificateName="first", NewPath="/x/", NewServerCertificateName="second"
    )
    read = iam.get_server_certificate(ServerCertificateName="second")["ServerCertificate"]
    held = read["ServerCertificateMetadata"]
    assert (held["ServerCertificateId"], held["Path"]) == (first["ServerCertificateId"], "/x/")
    names = iam.list_server_certificates()["ServerCertificateMetadataList"]
    assert {each["ServerCertificateId"]: each["ServerCertificateName"] for each in names} == {
        first["ServerCertificateId"]: "second",
        other["ServerCertificateId"]: "other",
    }
    for name in ("second", "other"):
        iam.delete_server_certificate(ServerCertificateName=name)


def test_a_name_that_is_taken_is_refused(iam: Any) -> None:
    certificate(iam, "one")
    certificate(iam, "two")
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        certificate(iam, "one")
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.update_server_certificate(ServerCertificateName="one", NewServerCertificateName="two")


def test_whoever_knows_the_own_password_changes_it(front: Front, iam: Any, dora: str) -> None:
    iam.create_login_profile(UserName=dora, Password="first-Secret-1")
    own = front.client("iam", credentials=front.credentials_for_user(dora))
    own.change_password(OldPassword="first-Secret-1", NewPassword="second-Secret-2")
    with pytest.raises(own.exceptions.NoSuchEntityException):
        own.change_password(OldPassword="first-Secret-1", NewPassword="third-Secret-3")
    iam.delete_login_profile(UserName=dora)
    for key in iam.list_access_keys(UserName=dora)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=dora, AccessKeyId=key["AccessKeyId"])


def test_only_a_device_that_is_enabled_is_brought_into_step(iam: Any, dora: str) -> None:
    serial = {"UserName": dora, "SerialNumber": "GAHT12345678"}
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.resync_mfa_device(**serial, **CODES)
    iam.enable_mfa_device(**serial, **CODES)
    iam.resync_mfa_device(**serial, **CODES)
    iam.deactivate_mfa_device(**serial)
