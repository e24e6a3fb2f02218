"""The place: the account that stacks are deployed into."""

from typing import Any, ClassVar

from sandbox.front import Front


class Account:
    """The account that stacks are deployed into: one at a time in a process."""

    front: ClassVar[Front | None] = None
    confirm_mail: ClassVar[bool] = True
    """Whether e-mail subscriptions of a template are confirmed by their owners at once."""
    _clients: ClassVar[dict[tuple[str, str], Any]] = {}

    @classmethod
    def use(cls, front: Front | None, *, confirm_mail: bool = True) -> None:
        """Deploy into this account from now on, or into none."""
        cls.front, cls.confirm_mail = front, confirm_mail
        cls._clients.clear()

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
