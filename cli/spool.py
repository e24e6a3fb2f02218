"""The spool: events put in order of time, on disk, so that memory does not grow with a log."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from typing import Self

from cli.located import Located
from lambdas.model.change import Change

_TABLE = """
CREATE TABLE events (number INTEGER PRIMARY KEY, at TEXT, digest BLOB UNIQUE, located TEXT)
"""
_ADD = "INSERT OR IGNORE INTO events (at, digest, located) VALUES (?, ?, ?)"
_SORTED = "SELECT located FROM events ORDER BY at, number"


class Spool:
    """A file without a name, which SQLite deletes when it is closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute(_TABLE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, change: Change, located: Located) -> bool:
        """Keep an event; False for a copy, as trails of several regions and buses deliver it.

        A copy has the same id, time, account, call and parameters: made-up logs repeat ids.
        """
        told = (change.event_id, str(change.at), change.account, change.call, change.fingerprint)
        digest = sha256(json.dumps(told).encode()).digest()
        text = json.dumps([located.file, located.line, located.kin, located.event])
        row = (change.at.isoformat(), digest, text)
        return self._database.execute(_ADD, row).rowcount == 1

    def __iter__(self) -> Iterator[Located]:
        """The events in order of time; those of one second in the order in which they came."""
        with closing(self._database.execute(_SORTED)) as rows:
            for (text,) in rows:
                file, line, kin, event = json.loads(text)
                yield Located(file=file, line=line, kin=kin, event=event)

    def __len__(self) -> int:
        """How many events are kept."""
        (number,) = self._database.execute("SELECT count(*) FROM events").fetchone()
        return int(number)
