"""Crowds: principals so many that the pages of the whole account are read in their place."""

from collections.abc import Iterable, Mapping
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING

from lambdas.aws import details
from lambdas.aws.reads import Problems, Read, start
from lambdas.model.state import State
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

DEADLINE = 25.0
"""Seconds after which pages that have not come are given up: the function itself has 60."""


class Crowd:
    """The account's subjects of some kinds, each kind's pages read beside the others'.

    Policies that AWS owns are not among them: each has many long versions, and only the default one
    of those that somebody draws on is needed.
    """

    def __init__(self, iam: "IAMClient", problems: Problems, kinds: Iterable[Kind]) -> None:
        self._known: dict[Subject, State] = {}
        self._lock = Lock()
        self._over = Event()
        self._done = start(
            problems.guarded(f"the account's list of each {kind}", partial(self._read, iam, kind))
            for kind in kinds
        )

    def known(self, seconds: float) -> Mapping[Subject, State]:
        """What is read when all is, or after so many seconds; whatever comes later is dropped."""
        try:
            self._done.result(max(0.0, seconds))
        except TimeoutError:
            self.give_up()
        with self._lock:
            return dict(self._known)

    def give_up(self) -> None:
        """Ask for no further page: nobody waits for it any more."""
        self._over.set()

    def _read(self, iam: "IAMClient", kind: Kind) -> Iterable[Read]:
        for page in details.pages(iam, kind):
            if self._over.is_set():
                break
            with self._lock:
                self._known.update(page.known)
        return ()


def gathered(
    subjects: Iterable[Subject], world: Mapping[Subject, State]
) -> tuple[Mapping[Subject, State], tuple[Subject, ...]]:
    """The subjects' states with those of all that they draw on, and what of it is missing."""
    found: dict[Subject, State] = {}
    missing: dict[Subject, None] = {}
    wanted = [*subjects]
    while wanted:
        subject = wanted.pop()
        state = world.get(subject)
        if state is None:
            missing[subject] = None
        elif subject not in found:
            found[subject] = state
            wanted.extend(state.draws_on())
    return found, tuple(missing)
