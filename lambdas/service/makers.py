"""Makers: which of the catalogue's calls can make of a part again what an edit made of it."""

from collections.abc import Mapping

from lambdas.calls import CATALOG
from lambdas.calls.watched import WatchedCall
from lambdas.model.change import Change, Edit
from lambdas.model.revert import Irreversible
from lambdas.model.state import SWITCHED, Part, State
from lambdas.model.subject import Kind


def maker(change: Change, edit: Edit, live: State) -> WatchedCall | Irreversible:
    """The call whose revert sets what an edit is about to its value, or why there is none."""
    kind, is_set = live.subject.kind, edit.value is not None
    now = live.value(edit.part, edit.key)
    if edit.part in SWITCHED and now is None:
        return Irreversible(f"{edit.part.one} {edit.key} is gone, and a new one has another id")
    name = _OF_KEY.get((edit.part, edit.key)) or _OF_KIND.get((kind, edit.part))
    name = name or _MAKERS.get((edit.part, is_set), "")
    entry = CATALOG.get((change.source, name.format(_NOUNS.get(kind, ""))))
    if entry is None:
        why = _NO_CALL.get((kind, edit.part)) or _NO_CALLS.get(edit.part)
        return Irreversible(why or f"no call brings back {edit.part}")
    if edit.fresh and now is not None and edit.part not in SWITCHED:
        return Irreversible(f"{live.subject} has something else there by now")
    return entry


_NOUNS = {
    Kind.USER: "User",
    Kind.ROLE: "Role",
    Kind.GROUP: "Group",
    Kind.POLICY: "Policy",
    Kind.MFA_DEVICE: "MFADevice",
    Kind.INSTANCE_PROFILE: "InstanceProfile",
    Kind.OIDC_PROVIDER: "OpenIDConnectProvider",
    Kind.SAML_PROVIDER: "SAMLProvider",
    Kind.SERVER_CERTIFICATE: "ServerCertificate",
}
"""What IAM's calls name a kind of subject."""
_MAKERS: Mapping[tuple[Part, bool], str] = {
    (Part.ATTACHED, True): "Detach{}Policy",
    (Part.ATTACHED, False): "Attach{}Policy",
    (Part.INLINE, True): "Put{}Policy",
    (Part.INLINE, False): "Put{}Policy",
    (Part.GROUPS, True): "RemoveUserFromGroup",
    (Part.GROUPS, False): "AddUserToGroup",
    (Part.BOUNDARY, True): "Put{}PermissionsBoundary",
    (Part.BOUNDARY, False): "Put{}PermissionsBoundary",
    (Part.TRUST, True): "UpdateAssumeRolePolicy",
    (Part.DEFAULT, True): "SetDefaultPolicyVersion",
    (Part.NAME, True): "Update{}",
    (Part.PATH, True): "Update{}",
    (Part.ROLE, True): "RemoveRoleFromInstanceProfile",
    (Part.ROLE, False): "AddRoleToInstanceProfile",
    (Part.TAGS, True): "Tag{}",
    (Part.TAGS, False): "Tag{}",
    (Part.ACCESS_KEYS, True): "UpdateAccessKey",
    (Part.SSH_KEYS, True): "UpdateSSHPublicKey",
    (Part.SIGNING_CERTIFICATES, True): "UpdateSigningCertificate",
    (Part.SERVICE_CREDENTIALS, True): "UpdateServiceSpecificCredential",
    (Part.CLIENT_IDS, True): "RemoveClientIDFromOpenIDConnectProvider",
    (Part.CLIENT_IDS, False): "AddClientIDToOpenIDConnectProvider",
    (Part.LOGIN_POLICY, True): "UpdateAccountPasswordPolicy",
    (Part.LOGIN_POLICY, False): "UpdateAccountPasswordPolicy",
    (Part.ALIAS, True): "CreateAccountAlias",
    (Part.ALIAS, False): "CreateAccountAlias",
    (Part.STS_VERSION, True): "SetSecurityTokenServicePreferences",
    (Part.OUTBOUND_FEDERATION, True): "DisableOutboundWebIdentityFederation",
    (Part.OUTBOUND_FEDERATION, False): "EnableOutboundWebIdentityFederation",
    (Part.TARGETS, True): "PutTargets",
    (Part.TARGETS, False): "PutTargets",
    (Part.CONCURRENCY, True): "PutFunctionConcurrency",
    (Part.CONCURRENCY, False): "PutFunctionConcurrency",
    (Part.SELECTORS, True): "PutEventSelectors",
    (Part.SELECTORS, False): "PutEventSelectors",
    (Part.INSIGHTS, True): "PutInsightSelectors",
    (Part.INSIGHTS, False): "PutInsightSelectors",
    (Part.EVENT_CONFIGURATION, True): "PutEventConfiguration",
    (Part.EVENT_CONFIGURATION, False): "PutEventConfiguration",
    (Part.RESOURCE_POLICY, True): "PutResourcePolicy",
    (Part.RESOURCE_POLICY, False): "PutResourcePolicy",
}
"""A part, and whether a value is set or taken away -> the call whose revert does that."""
_OF_KIND = {
    (Kind.TRAIL, Part.TAGS): "AddTags",
    (Kind.TRAIL, Part.SETTINGS): "UpdateTrail",
    (Kind.ROLE, Part.SETTINGS): "UpdateRole",
    (Kind.OIDC_PROVIDER, Part.SETTINGS): "UpdateOpenIDConnectProviderThumbprint",
    (Kind.SAML_PROVIDER, Part.SETTINGS): "UpdateSAMLProvider",
    (Kind.EVENT_DATA_STORE, Part.SETTINGS): "UpdateEventDataStore",
    (Kind.EVENT_DATA_STORE, Part.SELECTORS): "UpdateEventDataStore",
}
"""A kind and a part that each kind sets by a call of its own -> the call whose revert does that."""
_OF_KEY = {(Part.SETTINGS, "FederationRoleArn"): "DisableFederation"}
"""A setting that has a call of its own -> the call whose revert sets it, and takes it away."""
_NO_CALLS = {
    Part.VERSIONS: "a version that was deleted could only come back under another number",
    Part.LOGIN_PROFILE: "the deleted password is nowhere to be had: set a new one",
    Part.MFA_DEVICES: "only whoever holds the device can enable it again",
    Part.LOGGING: "Snapback never stops a trail or an event data store",
    Part.REGIONS: "disabling a region puts all that is in it out of reach: decide",
    Part.STATE: "Snapback never disables a watch of its own",
    Part.ROOT_ACCESS: "it holds for all accounts of the organisation: decide there",
}
_NO_CALL = {
    (Kind.DELEGATION_REQUEST, Part.SETTINGS): (
        "a rejected request cannot be accepted any more: it has to be made anew"
    ),
}
"""A part, or a kind and a part, -> why no call makes it again."""
