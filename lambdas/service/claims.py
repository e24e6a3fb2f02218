"""Claims: one run at a time on one piece of work, taken up again when a run dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from lambdas.service.ports import Clock, HeldError, Records

PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds between looks at a claim that another run holds: longer than a run takes."""

PATIENCE = timedelta(seconds=120)
"""How long whoever works alone waits for another: Lambda asks again a minute or two later."""
_PAUSE = 2.0


@contextmanager
def claimed(name: str, records: Records, clock: Clock) -> Iterator[int | None]:
    """Hold a claim for the length of the block; finished at its end, let go if it raises.

    Gives the number of the try, or None where the work is done already.

    Raises:
        HeldError: another run holds it and has not come to an end.
    """
    attempt = _claim(name, records, clock)
    if attempt is None:
        yield None
        return
    try:
        yield attempt
    except BaseException:
        records.release(name)
        raise
    records.finish(name)


def _claim(name: str, records: Records, clock: Clock) -> int | None:
    for pause in PAUSES:
        try:
            return records.claim(name)
        except HeldError:
            clock.sleep(pause)
    return records.claim(name)


@contextmanager
def try_once(name: str, records: Records) -> Iterator[bool]:
    """Hold a claim for the length of the block if nobody else has it, or had it.

    Gives whether it is held; nobody is waited for.
    """
    try:
        is_mine = records.claim(name) is not None
    except HeldError:
        is_mine = False
    if not is_mine:
        yield False
        return
    try:
        yield True
    except BaseException:
        records.release(name)
        raise
    records.finish(name)


@contextmanager
def alone(name: str, records: Records, clock: Clock, *, lease: timedelta) -> Iterator[bool]:
    """Hold a claim on what is done again and again, and never twice at once, for a block's length.

    Gives whether it is still to be done: not where another run began and ended while this waited.

    Raises:
        HeldError: another run holds it and has not come to an end.
    """
    holder, attempt = _first(name, records, clock, lease)
    try:
        yield holder is None or attempt == holder + 1
    finally:
        records.release(name)


def _first(
    name: str, records: Records, clock: Clock, lease: timedelta
) -> tuple[int | None, int | None]:
    """The number of whoever held the claim when it was first asked for, and that of this try."""
    holder, until = None, clock.now() + PATIENCE
    while True:
        try:
            return holder, records.claim(name, lease=lease)
        except HeldError as error:
            if clock.now() >= until:
                raise
            holder = error.tries if holder is None else holder
            clock.sleep(_PAUSE)
