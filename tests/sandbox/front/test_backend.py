"""Calls on one state of moto's wait for each other, all others do not."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.front.backend import Backend, Environ

TOGETHER = 0.2
"""Seconds in which two calls that may run together surely meet."""


class Meeting:
    """An application that notes whether two of its calls were ever under way at once."""

    def __init__(self) -> None:
        self.met = False
        self._barrier = threading.Barrier(2)

    def __call__(self, _: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        try:
            self._barrier.wait(TOGETHER)
            self.met = True
        except threading.BrokenBarrierError:
            self._barrier.reset()
        start("200 OK", [])
        return [b"done"]


@pytest.mark.parametrize(
    ("services", "meet"),
    [
        pytest.param(("sqs", "sqs"), True, id="a queue's long poll keeps nobody waiting"),
        pytest.param(("lambda", "lambda"), True, id="a function may call while it is called"),
        pytest.param((None, None), True, id="downloads"),
        pytest.param(("iam", "dynamodb"), True, id="different states"),
        pytest.param(("dynamodb", "dynamodb"), False, id="conditional writes"),
        pytest.param(("iam", "iam"), False, id="changes of IAM"),
        pytest.param(("iam", "sts"), False, id="IAM and its sessions"),
        pytest.param(("cloudtrail", "cloudtrail"), False, id="changes of trails"),
    ],
)
def test_together(services: tuple[str | None, str | None], meet: bool) -> None:
    meeting = Meeting()
    backend = Backend(meeting)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda service: backend.answer({}, service), services))
    assert meeting.met is meet
    assert [answer.body for answer in answers] == [b"done", b"done"]
