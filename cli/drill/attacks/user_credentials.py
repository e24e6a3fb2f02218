"""SSH keys, signing and server certificates, and credentials for single services."""

from typing import Any

from cli.drill.attack import Answered, Attack, Deed
from cli.drill.furnished import OWNED, iam, user

PEM = """-----BEGIN CERTIFICATE-----
MIIBczCCARmgAwIBAgIUMusMi1NWh/fjQDsuwcr9reS6JU0wCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEcml0YTAeFw0yNjExMjIwMTIyNDBaFw0zNjExMTkwMTIyNDBa
MA8xDTALBgNVBAMMBHJpdGEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQzpE4h
Ts939+hi1YwB8twTedKQhLfMuL+zVVsxEqrXuB0+Nc4RVgbgrPQxGMcLAMK0twmF
AX1Ul173Gu6KTBa+o1MwUTAdBgNVHQ4EFgQUTxg4Onh6OWkFD8nga2uG1ZSTQHYw
HwYDVR0jBBgwFoAUTxg4Onh6OWkFD8nga2uG1ZSTQHYwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNIADBFAiEA1otC6BQCTnpZqfAzoKc0kDGPj0ZsO5MRnO8r
yZt+cpICIEMHCShGOqRsEmv+BFto/rhBNW+KQ0gm/T9QRP500Ggy
-----END CERTIFICATE-----"""
"""A certificate that nobody signs with, made for this."""
_MAKERS: dict[str, tuple[str, dict[str, Any], tuple[str, str], str]] = {
    "SSHPublicKey": (
        "UploadSSHPublicKey",
        {"SSHPublicKeyBody": "ssh-rsa AAAA"},
        ("SSHPublicKey", "SSHPublicKeyId"),
        "SSHPublicKeyId",
    ),
    "SigningCertificate": (
        "UploadSigningCertificate",
        {"CertificateBody": PEM},
        ("Certificate", "CertificateId"),
        "CertificateId",
    ),
    "ServiceSpecificCredential": (
        "CreateServiceSpecificCredential",
        {"ServiceName": "codecommit.amazonaws.com"},
        ("ServiceSpecificCredential", "ServiceSpecificCredentialId"),
        "ServiceSpecificCredentialId",
    ),
}
"""What it is -> the call that makes one, its parameters, where its id is answered and given."""


def _new(what: str) -> Attack:
    """One made for another user."""
    operation, parameters, _, _ = _MAKERS[what]
    name = f"drill-{operation}"
    return Attack(iam(operation, UserName=name, **parameters), user(name))


def _there(name: str, what: str) -> tuple[Deed, dict[str, Any]]:
    """One that is there, and how a call names it."""
    operation, parameters, path, given = _MAKERS[what]
    made = iam(operation, UserName=name, **parameters)
    return made, {"UserName": name, given: Answered(made, path)}


def _activated(what: str) -> Attack:
    """A dormant one activated."""
    name = f"drill-Update{what}"
    made, named = _there(name, what)
    off = iam(f"Update{what}", Status="Inactive", **named)
    return Attack(iam(f"Update{what}", Status="Active", **named), (*user(name), made, off))


def _ended(verb: str, what: str) -> Attack:
    """One deleted, or given a new secret."""
    name = f"drill-{verb}{what}"
    made, named = _there(name, what)
    return Attack(iam(f"{verb}{what}", **named), (*user(name), made))


def served(name: str) -> Deed:
    """A server's certificate."""
    return iam(
        "UploadServerCertificate",
        ServerCertificateName=name,
        CertificateBody=PEM,
        PrivateKey="of nobody",
        Tags=OWNED,
    )


ATTACKS = (
    *(make(what) for what in _MAKERS for make in (_new, _activated)),
    *(_ended("Delete", what) for what in _MAKERS),
    _ended("Reset", "ServiceSpecificCredential"),
    Attack(served("drill-UploadServerCertificate")),
    Attack(
        iam(
            "UpdateServerCertificate",
            ServerCertificateName="drill-UpdateServerCertificate",
            NewServerCertificateName="drill-UpdatedServerCertificate",
        ),
        (served("drill-UpdateServerCertificate"),),
    ),
    Attack(
        iam("DeleteServerCertificate", ServerCertificateName="drill-DeleteServerCertificate"),
        (served("drill-DeleteServerCertificate"),),
    ),
)
