"""The place: the account that stacks are deployed into."""

from collections.abc import Callable
from typing import Any, ClassVar

from moto.cloudformation.models import Stack

from sandbox.front import Front


class Account:
    """The account that stacks are deployed into: one at a time in a process."""

    front: ClassVar[Front | None] = None
    confirm_mail: ClassVar[bool] = True
    """Whether e-mail subscriptions of a template are confirmed by their owners at once."""
    on_stack: ClassVar[Callable[[Stack], None] | None] = None
    """Told of each stack that was created, updated or deleted by the API."""
    _clients: ClassVar[dict[tuple[str, str], Any]] = {}

    @classmethod
    def use(
        cls,
        front: Front | None,
        *,
        confirm_mail: bool = True,
        on_stack: Callable[[Stack], None] | None = None,
    ) -> None:
        """Deploy into this account from now on, or into none."""
        cls.front, cls.confirm_mail, cls.on_stack = front, confirm_mail, on_stack
        cls._clients.clear()

    @classmethod
    def deployed(cls, stack: Stack) -> None:
        """Tell whoever listens of a stack's new status."""
        if cls.on_stack is not None:
            cls.on_stack(stack)

    @classmethod
    def client(cls, service: str, region: str) -> Any:
        """A client of the operator.

        Raises:
            RuntimeError: no sandbox is running.
        """
        if cls.front is None:
            raise RuntimeError("no sandbox is running to deploy into")
        if (service, region) not in cls._clients:
            cls._clients[service, region] = cls.front.client(service, region=region)
        return cls._clients[service, region]
