"""Histories: the states of each subject, in the order of the moments they are true for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lambdas.aws import chunks
from lambdas.aws.encoding import decode, encode
from lambdas.aws.items import Item, item, sortable
from lambdas.aws.table import Table
from lambdas.model.state import State, Unknown
from lambdas.model.subject import NAMED, Subject
from lambdas.service.ports import UnreadableItemError


class Histories:
    """The histories in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state of a subject as of a moment before the given one."""
        if unique_id is None:
            return Unknown("it does not exist or cannot be read, so its history cannot be found")
        pk = f"state#{unique_id}"
        newest = self._table.last_below(pk, sortable(moment))
        if newest is None:
            return Unknown(f"no state of it was read before {moment:%Y-%m-%d %H:%M:%S} UTC")
        try:
            return decode(State, chunks.read(self._table, pk, newest.get("data")), pk)
        except UnreadableItemError as error:
            return Unknown(str(error))

    def id_of(self, subject: Subject) -> str | None:
        """The unique id that what goes by names had when it was last remembered by this one."""
        named = self._table.get(f"named#{subject}", "id")
        return str(named["id"]["S"]) if named else None

    def remember(self, states: Iterable[State]) -> None:
        """Add states to their subjects' histories; none is there before all of its chunks are."""
        entries: list[Item] = []
        parts: list[Item] = []
        names: dict[Subject, Item] = {}
        for state in states:
            entry, further = _entry(state)
            entries.append(entry)
            parts += further
            if state.subject.kind in NAMED:
                names[state.subject] = _name(state)
        self._table.write(put=parts)
        self._table.write(put=[*entries, *names.values()])


def _name(state: State) -> Item:
    return item(f"named#{state.subject}", "id", id={"S": state.unique_id})


def _entry(state: State) -> tuple[Item, Sequence[Item]]:
    """One entry of a history, and the chunks of a state too large for it.

    Somebody who pads documents with spaces must be able neither to make the write fail nor to
    have the state left out.
    """
    pk = f"state#{state.unique_id}"
    data, further = chunks.stored(pk, encode(state))
    subject = {"S": str(state.subject)}
    return item(pk, sortable(state.as_of), subject=subject, data=data), further
