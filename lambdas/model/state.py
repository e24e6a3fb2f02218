"""States: everything a subject holds as of one moment, as data that can be compared and edited."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from lambdas.model.problem import Problem
from lambdas.model.subject import Kind, Subject


class Part(StrEnum):
    """One part of a state; each maps keys to exact texts, single values stand under ``ONLY``."""

    ATTACHED = "attached"
    """Managed policy ARN -> policy name."""
    INLINE = "inline"
    """Inline policy name -> the document's exact text."""
    GROUPS = "groups"
    """Group name -> the same name."""
    ROLE = "role"
    """ONLY -> the name of the role that an instance profile gives to instances."""
    BOUNDARY = "boundary"
    """ONLY -> ARN of the policy that is the permissions boundary."""
    TRUST = "trust"
    """ONLY -> the trust policy's exact text."""
    DOCUMENT = "document"
    """A policy's default version id -> the document's exact text."""
    VERSIONS = "versions"
    """A policy's version ids -> each document's exact text."""
    DEFAULT = "default"
    """ONLY -> a policy's default version id."""
    NAME = "name"
    """ONLY -> a user's or group's name: a rename is an edit like any other."""
    PATH = "path"
    """ONLY -> a user's or group's path."""
    ACCESS_KEYS = "access keys"
    """Access key id -> ``Active`` or ``Inactive``."""
    SSH_KEYS = "SSH public keys"
    """SSH public key id -> ``Active`` or ``Inactive``."""
    SIGNING_CERTIFICATES = "signing certificates"
    """Certificate id -> ``Active`` or ``Inactive``."""
    SERVICE_CREDENTIALS = "service-specific credentials"
    """Id of a credential for one service -> ``Active``, ``Inactive`` or ``Expired``."""
    LOGIN_PROFILE = "login profile"
    """ONLY -> ``present`` where there is a password for the console; its text is nowhere."""
    MFA_DEVICES = "MFA devices"
    """Serial number -> the same serial number."""
    LOGGING = "logging"
    """ONLY -> ``true`` or ``false``."""
    SETTINGS = "settings"
    """A parameter of the call that sets them -> its value; ``true`` or ``false`` for a boolean."""
    SELECTORS = "event selectors"
    """``EventSelectors`` or ``AdvancedEventSelectors`` -> the list as canonical JSON."""
    INSIGHTS = "insight selectors"
    """ONLY -> the list as canonical JSON; nothing where insights are off."""
    CLIENT_IDS = "client ids"
    """A client id of an OIDC provider -> the same client id."""
    LOGIN_POLICY = "login policy"
    """ONLY -> the account's password policy as JSON, as UpdateAccountPasswordPolicy takes it."""
    ALIAS = "alias"
    """ONLY -> the account's alias."""
    STS_VERSION = "STS version"
    """ONLY -> ``v1Token`` or ``v2Token``, what the global endpoint of AWS STS issues."""
    OUTBOUND_FEDERATION = "outbound federation"
    """ONLY -> ``present`` where the account's principals can have tokens for outside services."""
    ROOT_ACCESS = "root access"
    """A feature of central root access that the organisation has enabled -> the same name."""
    EVENT_CONFIGURATION = "event configuration"
    """A parameter of PutEventConfiguration -> its value, a list as canonical JSON."""
    RESOURCE_POLICY = "resource policy"
    """ONLY -> the exact text of an event data store's policy."""
    REGIONS = "regions"
    """A region that was enabled for the account -> ``present``; only its event tells of it."""
    STATE = "state"
    """ONLY -> ``ENABLED`` or ``DISABLED``, what a watch is."""
    TARGETS = "targets"
    """The id of a watch's target -> the target as canonical JSON."""
    CONCURRENCY = "concurrency"
    """ONLY -> the concurrency that is reserved for a function; nothing where none is."""
    TAGS = "tags"
    """Tag key -> value."""

    @property
    def one(self) -> str:
        """One of what it holds, where it is called by a plural: an access key."""
        return self.removesuffix("s")


SWITCHED = (
    Part.ACCESS_KEYS,
    Part.SSH_KEYS,
    Part.SIGNING_CERTIFICATES,
    Part.SERVICE_CREDENTIALS,
)
"""The credentials that are active or not."""
PRESENT = "present"
"""The value of what is there or not, and holds nothing that can be read."""
ONLY = ""
"""The key of a part that holds at most one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a subject holds.

    ``unique_id`` is IAM's own (AIDA..., AROA..., AGPA..., ANPA...), so that a recreated user is
    not taken for the old one; that of a trail, a provider or an event data store is its ARN.
    ``as_of`` is the moment the read began (UTC). A part that is missing from ``parts`` was not
    read, which is not the same as empty.
    """

    subject: Subject
    unique_id: str
    arn: str
    as_of: datetime
    parts: Mapping[Part, Mapping[str, str]]

    @property
    def service_linked(self) -> bool:
        """Whether it is a role that only an AWS service can use, and of which AWS says what it may.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
        """
        return ":role/aws-service-role/" in self.arn

    def value(self, part: Part, key: str = ONLY) -> str | None:
        """The text under a key of a part, or None where the part does not hold it."""
        return self.parts.get(part, {}).get(key)

    def edited(self, part: Part, key: str, value: str | None) -> "State":
        """This state with one value laid over it, or taken away when ``value`` is None."""
        kept = {k: v for k, v in self.parts.get(part, {}).items() if k != key}
        held = kept if value is None else {**kept, key: value}
        parts: dict[Part, Mapping[str, str]] = {**self.parts, part: held}
        in_step = part in (Part.VERSIONS, Part.DEFAULT)
        return replace(self, parts=_in_step(parts) if in_step else parts)

    def released(self, lender: Subject) -> "State":
        """This state without what it draws on one group or policy."""
        if lender not in self.draws_on():
            return self
        state = self
        for part, key in ((Part.ATTACHED, lender.name), (Part.GROUPS, lender.name)):
            state = state.edited(part, key, None) if key in state.parts.get(part, {}) else state
        if lender.name == state.value(Part.BOUNDARY):
            state = state.edited(Part.BOUNDARY, ONLY, None)
        return state

    def draws_on(self) -> tuple[Subject, ...]:
        """The other subjects that this one's power depends on: its policies and groups."""
        policies = (*self.parts.get(Part.ATTACHED, {}), *self.parts.get(Part.BOUNDARY, {}).values())
        return (
            *(Subject(Kind.POLICY, arn) for arn in policies),
            *(Subject(Kind.GROUP, name) for name in self.parts.get(Part.GROUPS, {})),
        )


def _in_step(parts: Mapping[Part, Mapping[str, str]]) -> Mapping[Part, Mapping[str, str]]:
    """The parts with a policy's document that of its default version; unread where it is not known.

    Only a policy that is changed itself is read with all its versions.
    """
    default = parts.get(Part.DEFAULT, {}).get(ONLY)
    if default is None:
        return parts
    text = parts.get(Part.VERSIONS, {}).get(default)
    rest: dict[Part, Mapping[str, str]] = {**parts}
    rest.pop(Part.DOCUMENT, None)
    return rest if text is None else {**rest, Part.DOCUMENT: {default: text}}


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known, and why: never the same as absent."""

    reason: str


@dataclass(frozen=True, slots=True)
class States:
    """The states of a subject and of all it draws on, and what could not be read of them.

    ``absent`` are the subjects of which AWS said that they do not exist. A subject that is neither
    known nor absent was not read. ``reached`` are all principals to whom a changed group or policy
    lends power, whether they were read or not.
    """

    known: Mapping[Subject, State]
    problems: tuple[Problem, ...] = ()
    absent: frozenset[Subject] = frozenset()
    reached: tuple[Subject, ...] = ()

    def of(self, subject: Subject) -> State | None:
        """The subject's state, or None where it does not exist or was not read."""
        return self.known.get(subject)

    def having(self, state: State) -> "States":
        """These states with one of them exchanged."""
        absent = self.absent - {state.subject}
        return replace(self, known={**self.known, state.subject: state}, absent=absent)

    def without(self, subject: Subject) -> "States":
        """These states with one subject that does not exist, and on which nobody draws."""
        known = {
            each: state.released(subject) for each, state in self.known.items() if each != subject
        }
        return replace(self, known=known, absent=self.absent | {subject})

    def joined(self, other: "States") -> "States":
        """Both sets of states; where both know a subject, the other's state counts."""
        return States(
            {**self.known, **other.known},
            (*self.problems, *other.problems),
            self.absent | other.absent,
            tuple(dict.fromkeys((*self.reached, *other.reached))),
        )
