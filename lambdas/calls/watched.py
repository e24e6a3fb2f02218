"""Watched calls: the type of the catalogue's entries, and what every family shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lambdas.model.actor import Actor
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.own import Own
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.severity import Severity
from lambdas.model.source import action_of
from lambdas.model.state import State
from lambdas.model.subject import Kind, Subject

IAM = "iam.amazonaws.com"
CLOUDTRAIL = "cloudtrail.amazonaws.com"
SIGN_IN = "signin.amazonaws.com"


class Scope(StrEnum):
    """The region in which CloudTrail records a call."""

    IAM_HOME = "the partition's IAM region"
    TRAIL_HOME = "the trail's home region"
    STORE_HOME = "the event data store's own region"
    CALLED = "the region that was called"


class UnreadableParametersError(ValueError):
    """The event's parameters do not say what the call did; the message says which and why."""

    severity = Severity.HIGH


class OtherTargetError(UnreadableParametersError):
    """They say it, but of something else than what is watched: recorded, and no alarm."""

    severity = Severity.LOW


@dataclass(frozen=True, slots=True)
class Where:
    """Where and by whom a call was made, which says what it leaves out, and what was answered."""

    partition: str
    account: str
    region: str
    answer: Mapping[str, object] = field(default_factory=dict)
    """The event's responseElements; empty where it has none."""
    actor: Actor | None = None
    own: Own = field(default_factory=Own)

    def arn(self, service: str, resource: str, *, region: str = "") -> str:
        """The ARN of a resource in this account."""
        return str(Arn(self.partition, service, region, self.account, resource))


Target = tuple[Subject, tuple[Edit, ...]]
"""What a call changed, and how."""

Parse = Callable[[Mapping[str, object], Where], Target]
"""What requestParameters, and where they don't say it the rest of the event, tell of a call."""
Restore = Callable[[Change, State, Edit, str | None], tuple[Call, ...]]
"""The calls that put one edited value of a live state back to the former one."""
Together = Callable[[Change, State, Mapping[Edit, str | None]], Revert]
"""The same for all edits of a live state that are to be undone, each with the former value."""
Rebuild = Callable[[Change, State | None, State | None], Revert]
"""The revert of a call as a whole, from its subject's state before and the live one.

None is for what does not exist.
"""


def nothing(_change: Change, _live: State, _edit: Edit, _former: str | None) -> tuple[Call, ...]:
    """No call at all."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCall:
    """One entry of the catalogue.

    ``parse`` reads requestParameters and raises UnreadableParametersError where they do not say
    what was done. ``restore`` gives the calls that put an edited value back to the former one
    (None: it was not there) of a state that still shows the edit; ``together`` those for all edits,
    where they only come back in one call. ``permissions`` are all that these calls need, but for
    those that would give power, which only a person makes.
    ``irreversible`` says why there are none, whatever was there before.
    ``lifecycle`` says that it makes or deletes its subject. ``rebuild`` is the revert of a call for
    which ``restore`` says too little, as for these.
    ``manual`` says that its revert is always left to a person, so that no role of ours may make it.
    ``answered`` says that the answer alone tells of the call, whose parameters may be left out.
    ``loses`` says what the revert does not bring back, because nobody can read it.
    ``contains`` says that the revert ends the effect without bringing back what was there before.
    ``stateless`` says that nothing that could be read shows it: it is judged by its event alone.
    """

    source: str
    name: str
    family: Family
    scope: Scope
    kind: Kind
    parse: Parse
    restore: Restore = nothing
    together: Together | None = None
    permissions: tuple[Permission, ...] = ()
    irreversible: str | None = None
    lifecycle: Lifecycle | None = None
    rebuild: Rebuild | None = None
    loses: str | None = None
    contains: bool = False
    answered: bool = False
    manual: bool = False
    stateless: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What the catalogue files the entry under: names repeat across services."""
        return self.source, self.name

    @property
    def action(self) -> str:
        """The call as IAM policies spell it."""
        return action_of(self.source, self.name)

    def refusal(self, live: State | None) -> str | None:
        """Why there are no calls that take it back, whatever was there before."""
        return self.irreversible or _kept_elsewhere(live)

    def revert(self, change: Change, before: State | None, live: State | None) -> Revert:
        """The calls that take back what this change did, and nothing else.

        An edit that changed nothing, or that the live state no longer shows, needs no call. None
        is for what does not exist; the former value of a fresh edit need not have been read.
        """
        if (reason := self.refusal(live)) is not None:
            return Irreversible(reason)
        if self.rebuild is not None:
            return self.rebuild(change, before, live)
        if before is None or live is None:
            return Irreversible(f"{change.subject} is not to be found")
        if any(edit.part not in before.parts for edit in change.edits if not edit.fresh):
            return Irreversible("what was there before was not read in full")
        former = {
            edit: before.value(edit.part, edit.key)
            for edit in change.edits
            if edit.shown_by(live) and not edit.shown_by(before)
        }
        if self.together is not None:
            return self.together(change, live, former)
        calls = (self.restore(change, live, edit, value) for edit, value in former.items())
        return tuple(call for made in calls for call in made)


def _kept_elsewhere(live: State | None) -> str | None:
    """Why a change is not undone here: AWS refuses it, or whoever owns the role writes it anew."""
    arn = Arn.parse(live.arn) if live else None
    resource = arn.resource if arn else ""
    found = (why for path, why in _KEPT_ELSEWHERE.items() if resource.startswith(path))
    return next(found, None)


_KEPT_ELSEWHERE = {
    "root": "only the root user itself can change its credentials: sign in as root, and see there",
    "role/aws-service-role/": (
        "it is a service-linked role, which only its service may change: "
        "see the service's own settings"
    ),
    "role/aws-reserved/sso.amazonaws.com/": (
        "IAM Identity Center writes this role anew from its permission set: "
        "change that, in the account that manages Identity Center"
    ),
}
"""How an ARN's resource begins -> where it is to be mended instead.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""


def text(parameters: Mapping[str, object], name: str) -> str:
    """A required string parameter.

    Raises:
        UnreadableParametersError: the parameter is missing, empty or no string.
    """
    value = parameters.get(name)
    if not isinstance(value, str) or not value:
        raise UnreadableParametersError(
            f"requestParameters.{name} is {value!r}, not a name or text"
        )
    return value
