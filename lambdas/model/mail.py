"""Mails: what is sent to people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """A subject of at most 99 printable ASCII characters, and a plain-text body."""

    subject: str
    body: str
