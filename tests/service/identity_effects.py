"""What the reverts on identity providers and on the account itself do, as edits."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lambdas.model.change import Edit
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

ACCOUNT = Subject(Kind.ACCOUNT, "123456789012")
_Given = Mapping[str, Any]


def subject(call: Call) -> Subject | None:
    """The provider or account that a call is on; None where it is on something else."""
    given = call.parameters
    if "OpenIDConnectProviderArn" in given:
        return Subject(Kind.OIDC_PROVIDER, str(given["OpenIDConnectProviderArn"]))
    if "SAMLProviderArn" in given:
        return Subject(Kind.SAML_PROVIDER, str(given["SAMLProviderArn"]))
    return ACCOUNT if call.operation in _EFFECTS else None


def edits(call: Call) -> Iterator[Edit]:
    """What a call does to it."""
    return _EFFECTS[call.operation](call.parameters)


def _added(given: _Given) -> Iterator[Edit]:
    yield Edit(Part.CLIENT_IDS, given["ClientID"], given["ClientID"])


def _removed(given: _Given) -> Iterator[Edit]:
    yield Edit(Part.CLIENT_IDS, given["ClientID"], None)


def _thumbprints(given: _Given) -> Iterator[Edit]:
    yield Edit(Part.SETTINGS, "ThumbprintList", json.dumps(given["ThumbprintList"]))


def _metadata(given: _Given) -> Iterator[Edit]:
    for name in given.keys() - {"SAMLProviderArn"}:
        yield Edit(Part.SETTINGS, name, given[name])


def _only(part: Part, name: str | None) -> Callable[[_Given], Iterator[Edit]]:
    def found(given: _Given) -> Iterator[Edit]:
        yield Edit(part, ONLY, given[name] if name else None)

    return found


def _policy(given: _Given) -> Iterator[Edit]:
    yield Edit(Part.LOGIN_POLICY, ONLY, json.dumps({**given}, sort_keys=True))


_EFFECTS: Mapping[str, Callable[[_Given], Iterator[Edit]]] = {
    "AddClientIDToOpenIDConnectProvider": _added,
    "RemoveClientIDFromOpenIDConnectProvider": _removed,
    "UpdateOpenIDConnectProviderThumbprint": _thumbprints,
    "UpdateSAMLProvider": _metadata,
    "DisableOutboundWebIdentityFederation": _only(Part.OUTBOUND_FEDERATION, None),
    "UpdateAccountPasswordPolicy": _policy,
    "DeleteAccountPasswordPolicy": _only(Part.LOGIN_POLICY, None),
    "CreateAccountAlias": _only(Part.ALIAS, "AccountAlias"),
    "DeleteAccountAlias": _only(Part.ALIAS, None),
    "SetSecurityTokenServicePreferences": _only(Part.STS_VERSION, "GlobalEndpointTokenVersion"),
}
