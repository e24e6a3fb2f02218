"""Histories: the states of each subject, in the order of the moments they are true for.

A state that is as the one before it is no new one: it is known until when that one was seen.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from lambdas.aws import chunks, texts
from lambdas.aws.encoding import made, pack, unpack
from lambdas.aws.items import Item, item, sortable
from lambdas.aws.sightings import Sightings
from lambdas.aws.table import Table
from lambdas.aws.texts import Named, Texts
from lambdas.model.state import State, Unknown
from lambdas.model.subject import NAMED, Subject
from lambdas.service.ports import UnreadableItemError

_TICK = timedelta(microseconds=1)
_AT_ONCE = 16
"""Queries under way at once."""


class Histories:
    """The histories in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._texts = Texts(table)
        self.sightings = Sightings(table)

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state of a subject as of a moment before the given one."""
        if unique_id is None:
            return Unknown("it does not exist or cannot be read, so its history cannot be found")
        newest = self._table.last_below(_pk(unique_id), sortable(moment))
        if newest is None:
            return Unknown(f"no state of it was read before {moment:%Y-%m-%d %H:%M:%S} UTC")
        try:
            return self._state(newest)
        except UnreadableItemError as error:
            return Unknown(str(error))

    def within(self, unique_id: str | None, begin: datetime, end: datetime) -> Iterable[State]:
        """The states of a subject as of moments from one up to another, the newest first.

        Raises:
            UnreadableItemError: one of them cannot be read.
        """
        moments = sortable(begin), sortable(end)
        found = self._table.between(_pk(unique_id), *moments) if unique_id else ()
        return [self._state(entry) for entry in found]

    def differing(self, states: Iterable[State]) -> Mapping[str, State | Unknown]:
        """The newest known state of each of these subjects that is not as it is given here.

        By unique id; Unknown where none is known.
        """
        given = {state.unique_id: state for state in states}
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="history") as pool:
            found = pool.map(self._differing, given.values())
            return {each: state for each, state in zip(given, found, strict=True) if state}

    def id_of(self, subject: Subject) -> str | None:
        """The unique id that what goes by names had when it was last remembered by this one."""
        named = self._table.get(f"named#{subject}", "id")
        return str(named["id"]["S"]) if named else None

    def remember(self, states: Iterable[State]) -> None:
        """Add states to their subjects' histories; none is there before all that it names is.

        One that is as the state before it is left out. One from a moment at which the state before
        it was seen once more, later than that, is followed by that one.
        """
        ordered = sorted(states, key=lambda state: state.as_of)
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="history") as pool:
            former = dict(zip(map(_key, ordered), pool.map(self._former, ordered), strict=True))
        newest: dict[str, Item] = {}
        entries: list[Item] = []
        parts: list[Item] = []
        wanted: dict[str, str] = {}
        for state in ordered:
            pk = _pk(state.unique_id)
            before = newest.get(pk) or former[_key(state)]
            if before is not None and self._equals(before, state):
                continue
            entry, further = _entry(state)
            newest[pk] = entry
            entries += [entry, *self._seen_again(before, state)]
            parts += further
            wanted |= texts.texts(state.parts)
        self._texts.keep(wanted)
        self._table.write(put=parts)
        self._table.write(put=[*_distinct(entries), *_names(ordered)])

    def _former(self, state: State) -> Item | None:
        return self._table.last_below(_pk(state.unique_id), sortable(state.as_of))

    def _seen_again(self, before: Item | None, state: State) -> Iterable[Item]:
        """The state before this one, if it was seen after this one and nothing newer is known."""
        seen = self.sightings.of(state.unique_id) if before is not None else None
        if before is None or seen is None or seen <= state.as_of:
            return
        begin, end = sortable(state.as_of + _TICK), sortable(seen + _TICK)
        if not self._table.between(_pk(state.unique_id), begin, end):
            yield {**before, "sk": {"S": sortable(seen)}}

    def _differing(self, state: State) -> State | Unknown | None:
        """The newest known state of a subject; None where the given one is as that is."""
        newest = self._table.last_below(_pk(state.unique_id), chunks.PREFIX)
        if newest is None:
            return Unknown("no state of it is known")
        try:
            return None if self._equals(newest, state) else self._state(newest)
        except UnreadableItemError as error:
            return Unknown(str(error))

    def _equals(self, entry: Item, state: State) -> bool:
        """Whether an entry holds all that a state does, as it does.

        The texts that it names are in the table.
        """
        try:
            plain = self._plain(entry)
        except UnreadableItemError:
            return False
        held: Named = plain["parts"]
        self._texts.known(texts.digests(held))
        is_same = (plain["arn"], plain["subject"]) == (state.arn, asdict(state.subject))
        return is_same and texts.named(state.parts).items() <= held.items()

    def _state(self, entry: Item) -> State:
        plain = self._plain(entry)
        found = self._texts.read(texts.digests(plain["parts"]))
        parts = texts.restored(plain["parts"], found)
        return made(State, {**plain, "parts": parts}, entry["pk"]["S"])

    def _plain(self, entry: Item) -> Any:
        pk = entry["pk"]["S"]
        data = chunks.read(self._table, pk, entry.get("data"))
        plain = unpack(data, f"{pk} holds no State")
        if not isinstance(plain, dict) or not texts.are_parts(plain.get("parts")):
            raise UnreadableItemError(f"{pk} holds no State")
        return plain


def _pk(unique_id: str) -> str:
    return f"state#{unique_id}"


def _key(state: State) -> tuple[str, str]:
    return state.unique_id, sortable(state.as_of)


def _distinct(entries: Iterable[Item]) -> Iterable[Item]:
    """The entries, of those with the same key the last: a batch must not name one twice."""
    return {(each["pk"]["S"], each["sk"]["S"]): each for each in entries}.values()


def _names(states: Iterable[State]) -> Iterable[Item]:
    """The ids of what goes by names by these, of one name the newest."""
    ids = {s.subject: s.unique_id for s in states if s.subject.kind in NAMED}
    return [item(f"named#{each}", "id", id={"S": unique_id}) for each, unique_id in ids.items()]


def _entry(state: State) -> tuple[Item, Iterable[Item]]:
    """One entry of a history, and the chunks of a state too large for it.

    Somebody who pads documents with spaces must be able neither to make the write fail nor to
    have the state left out.
    """
    pk = _pk(state.unique_id)
    named = {"parts": texts.named(state.parts)}
    data, further = chunks.stored(pk, pack({**asdict(state), **named}))
    subject = {"S": str(state.subject)}
    return item(pk, sortable(state.as_of), subject=subject, data=data), further
