"""Claims: one run at a time on one piece of work, taken up again when a run dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from lambdas.service.ports import Clock, HeldError, Records

PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds between looks at a claim that another run holds: longer than a run takes."""


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
