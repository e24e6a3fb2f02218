"""Wording: foreign text made safe for a mail, and the words for what a change did."""

import re

from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit
from lambdas.model.state import Part

LONGEST = 300
"""Characters of one foreign text that a mail shows."""

_SPACES = re.compile(r" {2,}")
_LINK = re.compile(r"(?<=[\w-])\.(?=[A-Za-z]{2})")


def shown(text: str, longest: int = LONGEST) -> str:
    """A text that somebody else chose, on one line and without anything that becomes a link.

    Control characters and non-ASCII text are escaped as Python writes them; dots before a letter
    and ``://`` are bracketed, as security people are used to; a row of spaces, which would push
    what follows to the next line, is one space; what is longer is cut and says so.
    """
    escaped = "".join(
        char if char.isascii() and char.isprintable() else _escape(char) for char in text
    )
    harmless = _LINK.sub("[.]", _SPACES.sub(" ", escaped).replace("://", "[://]"))
    return harmless if len(harmless) <= longest else f"{harmless[:longest]}... (cut)"


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def who(actor: Actor) -> str:
    """The actor with all that CloudTrail says about how the call was made."""
    mfa = {True: "with MFA", False: "without MFA", None: "MFA not stated"}[actor.mfa]
    details = (
        f"session {shown(actor.session)}" if actor.session else None,
        mfa,
        f"from {shown(actor.source_address)}"
        if actor.source_address
        else "source address not stated",
        f"agent {shown(actor.user_agent, 120)}" if actor.user_agent else None,
    )
    return f"{shown(str(actor))} ({shown(actor.kind)}; {', '.join(filter(None, details))})"


def what(change: Change) -> str:
    """The call, its subject, and what it did to it."""
    subject = shown(str(change.subject)) if change.subject else "an unknown target"
    deeds = "; ".join(_deed(edit) for edit in change.edits)
    return f"{shown(change.call)} on {subject}" + (f": {deeds}" if deeds else "")


_DEEDS = {
    Part.ATTACHED: ("attached managed policy {key}", "detached managed policy {key}"),
    Part.INLINE: ("wrote inline policy {key}", "deleted inline policy {key}"),
    Part.GROUPS: ("added to group {key}", "removed from group {key}"),
    Part.TRUST: ("wrote the trust policy", "deleted the trust policy"),
    Part.ROLE: ("added role {text}", "removed the role"),
    Part.BOUNDARY: ("set permissions boundary {text}", "deleted the permissions boundary"),
    Part.DOCUMENT: ("made {key} the default version", "version {key} is not the default any more"),
    Part.VERSIONS: ("wrote version {key}", "deleted version {key}"),
    Part.DEFAULT: ("made {text} the default version", "no default version"),
    Part.NAME: ("renamed to {text}", "no name"),
    Part.PATH: ("moved to path {text}", "no path"),
    Part.ACCESS_KEYS: ("access key {key} is {text}", "deleted access key {key}"),
    Part.SSH_KEYS: ("SSH public key {key} is {text}", "deleted SSH public key {key}"),
    Part.SIGNING_CERTIFICATES: (
        "signing certificate {key} is {text}",
        "deleted signing certificate {key}",
    ),
    Part.SERVICE_CREDENTIALS: (
        "service-specific credential {key} is {text}",
        "deleted service-specific credential {key}",
    ),
    Part.LOGIN_PROFILE: ("set a console password", "deleted the console password"),
    Part.MFA_DEVICES: ("enabled MFA device {key}", "deactivated MFA device {key}"),
    Part.LOGGING: ("logging {value}", "logging unknown"),
    Part.SETTINGS: ("set {key} to {text}", "cleared {key}"),
    Part.SELECTORS: ("set {key} to {text}", "cleared {key}"),
    Part.INSIGHTS: ("set the insight selectors to {text}", "cleared the insight selectors"),
    Part.CLIENT_IDS: ("added client id {key}", "removed client id {key}"),
    Part.LOGIN_POLICY: ("set the password policy to {text}", "deleted the password policy"),
    Part.ALIAS: ("set the alias {text}", "deleted the alias"),
    Part.STS_VERSION: ("set the STS token version to {text}", "no STS token version"),
    Part.OUTBOUND_FEDERATION: ("enabled outbound federation", "disabled outbound federation"),
    Part.ROOT_ACCESS: ("enabled {key} for the organisation", "disabled {key} for it"),
    Part.EVENT_CONFIGURATION: ("set {key} to {text}", "cleared {key}"),
    Part.RESOURCE_POLICY: ("wrote the resource policy", "deleted the resource policy"),
    Part.REGIONS: ("enabled region {key}", "disabled region {key}"),
    Part.STATE: ("set the state to {text}", "no state"),
    Part.TARGETS: ("set target {key}", "removed target {key}"),
    Part.CONCURRENCY: ("reserved a concurrency of {text}", "reserved no concurrency"),
    Part.TAGS: ("set tag {key}", "deleted tag {key}"),
}
_LOGGING = {"true": "started", "false": "stopped"}


def _deed(edit: Edit) -> str:
    wrote, removed = _DEEDS[edit.part]
    value = edit.value or ""
    sentence = removed if edit.value is None else wrote
    return sentence.format(key=shown(edit.key), text=shown(value), value=_LOGGING.get(value, ""))
