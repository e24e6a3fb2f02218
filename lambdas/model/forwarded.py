"""Forwarded: a mail of one account, as its organisation's central account gets it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """A mail that an account of the organisation has forwarded.

    Account and region are the envelope's, which EventBridge writes and nobody else; subject and
    text are whatever that account chose to send.
    """

    account: str
    region: str
    subject: str
    text: str
