"""Resource policies: what queues, tables, topics and keys say of who may use them."""

import threading

_LOCK = threading.Lock()
_POLICIES: dict[str, str] = {}


def register(arn: str, document: str | None) -> None:
    """Set the policy of the resource that has this ARN; None takes it away.

    For a queue, a topic, a table (its ARN without ``/index/...``) or a key: whoever deploys a
    template or changes a resource's policy says so here, because moto keeps some and drops others.
    """
    with _LOCK:
        if document is None:
            _POLICIES.pop(arn, None)
        else:
            _POLICIES[arn] = document


def registered(arn: str) -> str | None:
    """The policy of the resource that has this ARN, as the text that was registered."""
    with _LOCK:
        return _POLICIES.get(arn)


def clear() -> None:
    """Forget all of them."""
    with _LOCK:
        _POLICIES.clear()
