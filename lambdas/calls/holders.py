"""Users, roles and groups: calls on them that differ in nothing but the holder's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from lambdas.calls.watched import IAM, Restore, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import State
from lambdas.model.subject import Kind, Subject

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A call as IAM has it for several kinds of holder; ``{}`` stands for User, Role or Group.

    ``undone_by`` are the operations that its revert is made of, and ``condition`` is under which
    these are needed, as in a permission.
    """

    name: str
    family: Family
    parse: Callable[[Kind, Parameters, Where], Target]
    restore: Restore
    undone_by: tuple[str, ...]
    condition: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    manual: bool = False

    def of(self, kind: Kind) -> WatchedCall:
        """The catalogue's entry for one kind of holder."""
        return WatchedCall(
            source=IAM,
            name=_spelled(self.name, kind),
            family=self.family,
            scope=Scope.IAM_HOME,
            kind=kind,
            parse=partial(self.parse, kind),
            restore=self.restore,
            permissions=tuple(
                Permission(
                    action=f"iam:{_spelled(operation, kind)}",
                    resources=arns(kind),
                    condition=self.condition,
                )
                for operation in self.undone_by
            ),
            manual=self.manual,
        )


def holder(kind: Kind, parameters: Parameters) -> Subject:
    """The user, role or group that a call's parameters name.

    Raises:
        UnreadableParametersError: they name none.
    """
    return Subject(kind, text(parameters, f"{kind}Name"))


def arns(kind: Kind) -> tuple[str, ...]:
    """The ARN patterns of every user, role, group or policy of the account, whatever its path."""
    return (f"arn:{{partition}}:iam::{{account}}:{kind}/*",)


def calling(change: Change, live: State, operation: str, **given: str) -> tuple[Call, ...]:
    """One call on a holder; ``{}`` in the operation stands for User, Role or Group."""
    kind = live.subject.kind
    return (
        Call(
            service="iam",
            operation=_spelled(operation, kind),
            parameters={f"{kind.capitalize()}Name": live.subject.name, **given},
            region=change.region,
        ),
    )


def _spelled(name: str, kind: Kind) -> str:
    return name.format(kind.capitalize())
