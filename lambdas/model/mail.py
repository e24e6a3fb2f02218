"""Mails: what is sent to people."""

from dataclasses import dataclass
from datetime import timedelta

UNHURRIED = timedelta(seconds=10)
"""How long most mails wait for their slot."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A subject of at most 99 printable ASCII characters, and a plain-text body.

    ``patience`` is how long it waits for its slot before it is put off. Those that wait longer get
    the slots that others do not wait for, and so come first where there are too many.
    """

    subject: str
    body: str
    patience: timedelta = UNHURRIED
