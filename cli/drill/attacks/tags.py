"""Tags set and taken away, of principals and policies whose power depends on them."""

import json
from typing import Any

from cli.drill.attack import Answered, Attack, Deed
from cli.drill.attacks.providers import oidc, oidc_arn, saml, saml_arn
from cli.drill.attacks.user_credentials import served
from cli.drill.furnished import OWNED, iam, policy_arn, role, user

_OTHER = [{"Key": "owner", "Value": "eve"}]
_NAMED = "aws:PrincipalTag/owner"


def _asking(key: str) -> str:
    """A document that allows reads to whom a tag says so."""
    statement = {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "*",
        "Condition": {"StringEquals": {key: "eve"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _asked(kind: str, name: str) -> Deed:
    return iam(
        f"Put{kind}Policy",
        PolicyName="by-tag",
        PolicyDocument=_asking(_NAMED),
        **{f"{kind}Name": name},
    )


def _pair(kind: str, needs: dict[str, tuple[Deed, ...]], named: dict[str, Any]) -> list[Attack]:
    """A tag's value replaced, and a tag taken away; ``needs`` and ``named`` go by the verb."""
    return [
        Attack(iam(f"Tag{kind}", Tags=_OTHER, **named["Tag"]), needs["Tag"]),
        Attack(iam(f"Untag{kind}", TagKeys=["owner"], **named["Untag"]), needs["Untag"]),
    ]


def _principals(kind: str) -> list[Attack]:
    names = {verb: f"drill-{verb}{kind}" for verb in ("Tag", "Untag")}
    make = {"User": user, "Role": role}[kind]
    return _pair(
        kind,
        {verb: (*make(name), _asked(kind, name)) for verb, name in names.items()},
        {verb: {f"{kind}Name": name} for verb, name in names.items()},
    )


def _policies() -> list[Attack]:
    document = _asking("aws:ResourceTag/owner")
    names = {verb: f"drill-{verb}Policy" for verb in ("Tag", "Untag")}
    return _pair(
        "Policy",
        {
            verb: (iam("CreatePolicy", PolicyName=name, PolicyDocument=document, Tags=OWNED),)
            for verb, name in names.items()
        },
        {verb: {"PolicyArn": policy_arn(name)} for verb, name in names.items()},
    )


def _devices() -> list[Attack]:
    made = {
        verb: iam("CreateVirtualMFADevice", VirtualMFADeviceName=f"drill-{verb}", Tags=OWNED)
        for verb in ("Tag", "Untag")
    }
    path = ("VirtualMFADevice", "SerialNumber")
    return _pair(
        "MFADevice",
        {verb: (deed,) for verb, deed in made.items()},
        {verb: {"SerialNumber": Answered(deed, path)} for verb, deed in made.items()},
    )


def _profiles() -> list[Attack]:
    names = {verb: f"drill-{verb}InstanceProfile" for verb in ("Tag", "Untag")}
    return _pair(
        "InstanceProfile",
        {
            verb: (iam("CreateInstanceProfile", InstanceProfileName=name, Tags=OWNED),)
            for verb, name in names.items()
        },
        {verb: {"InstanceProfileName": name} for verb, name in names.items()},
    )


def _others() -> list[Attack]:
    """Of identity providers and server certificates."""
    hosts = {verb: f"{verb.lower()}.example.com" for verb in ("Tag", "Untag")}
    names = {verb: f"drill-{verb}" for verb in ("Tag", "Untag")}
    return [
        *_pair(
            "OpenIDConnectProvider",
            {verb: (oidc(host),) for verb, host in hosts.items()},
            {verb: {"OpenIDConnectProviderArn": oidc_arn(host)} for verb, host in hosts.items()},
        ),
        *_pair(
            "SAMLProvider",
            {verb: (saml(name),) for verb, name in names.items()},
            {verb: {"SAMLProviderArn": saml_arn(name)} for verb, name in names.items()},
        ),
        *_pair(
            "ServerCertificate",
            {verb: (served(name),) for verb, name in names.items()},
            {verb: {"ServerCertificateName": name} for verb, name in names.items()},
        ),
    ]


ATTACKS = (
    *_principals("User"),
    *_principals("Role"),
    *_policies(),
    *_devices(),
    *_profiles(),
    *_others(),
)
