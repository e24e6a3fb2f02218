"""A made-up deployed Snapback: a stack, what AWS answers about it, and what it remembers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from cli.doctor.examined import Examined
from cli.doctor.resolving import Place, Resource
from cli.doctor.stack import Stack

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DEPLOYED = NOW - timedelta(hours=5)
STACK_ID = "arn:aws:cloudformation:us-east-1:123456789012:stack/Snapback/1"


class Answers:
    """Clients whose operations give what is listed, by their names; pages are one page."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers

    def client(self, _: str, **__: str) -> "Answers":
        return self

    def get_paginator(self, name: str) -> Any:
        return Answers({"paginate": [self._answers[name]]})

    def __getattr__(self, name: str) -> Any:
        answer = self._answers[name]
        return lambda **given: answer(**given) if callable(answer) else answer


class Remembered:
    """What the table holds."""

    def __init__(self, *, last: datetime | None = None, seen: Any = None, pause: Any = None):
        self.last, self.seen, self.pause = last, seen or {}, pause

    def last_sweep(self) -> datetime | None:
        return self.last

    def sighted(self) -> Any:
        return self.seen

    def paused(self) -> Any:
        return self.pause


def examined(
    resources: Mapping[str, tuple[str, str, dict[str, Any]]] | None = None,
    remembered: Remembered | None = None,
    status: str = "UPDATE_COMPLETE",
    **answers: Any,
) -> Examined:
    """Logical id -> (type, physical id, properties), and operation -> answer."""
    given = resources or {}
    template = {"Resources": {name: {"Properties": each[2]} for name, each in given.items()}}
    place = Place(
        partition="aws",
        region="us-east-1",
        account="123456789012",
        stack_id=STACK_ID,
        resources={name: Resource(name, each[1], each[0]) for name, each in given.items()},
    )
    stack = Stack(
        name="Snapback",
        status=status,
        changed=DEPLOYED,
        outputs={},
        template=template,
        place=place,
    )
    memory: Any = remembered or Remembered()
    session: Any = Answers(answers)
    return Examined(
        session=session,
        caller="arn:aws:iam::123456789012:user/olga",
        stack=stack,
        records=memory,
        decisions=memory,
        now=NOW,
    )


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "Operation")
