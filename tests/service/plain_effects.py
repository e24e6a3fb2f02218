"""What calls that only set tags, settings or a role do to an account in memory.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lambdas.model.change import Edit
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

_NAMED = {
    "InstanceProfileName": Kind.INSTANCE_PROFILE,
    "UserName": Kind.USER,
    "RoleName": Kind.ROLE,
    "PolicyArn": Kind.POLICY,
    "ResourceId": Kind.TRAIL,
    "SerialNumber": Kind.MFA_DEVICE,
    "OpenIDConnectProviderArn": Kind.OIDC_PROVIDER,
    "SAMLProviderArn": Kind.SAML_PROVIDER,
    "ServerCertificateName": Kind.SERVER_CERTIFICATE,
}
_KINDS = (
    *("User", "Role", "Policy", "InstanceProfile", "MFADevice"),
    *("OpenIDConnectProvider", "SAMLProvider", "ServerCertificate"),
)
OPERATIONS = frozenset(
    {
        *(f"{deed}{kind}" for deed in ("Tag", "Untag") for kind in _KINDS),
        *("AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile"),
        *("UpdateRole", "UpdateRoleDescription"),
        "AddTags",
        "RemoveTags",
    }
)


def edits(call: Call) -> tuple[Subject, Iterator[Edit]]:
    """Whom a call changes, and how."""
    given: Mapping[str, Any] = call.parameters
    named = next(name for name in _NAMED if name in given)
    return Subject(_NAMED[named], given[named]), _edits(call, given)


def _edits(call: Call, given: Mapping[str, Any]) -> Iterator[Edit]:
    if call.operation.endswith("InstanceProfile") and "RoleName" in given:
        value = given["RoleName"] if call.operation.startswith("Add") else None
        yield Edit(Part.ROLE, ONLY, value)
    for name in given.keys() & {"Description", "MaxSessionDuration"}:
        yield Edit(Part.SETTINGS, name, str(given[name]) or None)
    for key in given.get("TagKeys", ()):
        yield Edit(Part.TAGS, key, None)
    for tag in (*given.get("Tags", ()), *given.get("TagsList", ())):
        value = None if call.operation == "RemoveTags" else tag.get("Value", "")
        yield Edit(Part.TAGS, tag["Key"], value)
