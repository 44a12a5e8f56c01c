"""What an index answers, view by view, read into memory once for all threads of a process."""

import threading
import weakref
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.filters import KINDS, Index, Kind
from kg.index.answers import Answers
from kg.index.columns import Table, end, load
from kg.index.held import Held, Known, beside
from kg.index.schema import NAME
from kg.index.tables import Tables
from kg.index.words import Words
from kg.store.base import Queryable, Store

VIEWS: Final = 8
"""Views whose tables are kept ready."""
_NOTHING: Final = Known(0, "")


class Reader:
    """Reads an index, for all threads of a process."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self._words = Words(held.database)
        self._turn = threading.Lock()
        self._tables: dict[Kind, Table] = {}
        self._loaded = _NOTHING
        self._views: dict[str, Tables] = {}

    @property
    def folder(self) -> Path | None:
        """The folder that the index is in."""
        return self.held.folder

    def at(self, view: str, queryable: Queryable) -> Index | None:
        """The answers for a view; None where it is not known, and SPARQL has to answer."""
        tables = self._ready(view) if view else None
        return Answers(tables, queryable, partial(self._has, view, tables)) if tables else None

    def warm(self, view: str) -> None:
        """Read what a view is answered from, so that nobody waits for it."""
        with suppress(StoreError):
            self._ready(view)

    def _ready(self, view: str) -> Tables | None:
        """The tables of a view, read as far as they are not in memory yet."""
        with self._turn:
            known = self.held.known(view)
            if known is None:
                return None
            found = self._views.get(view)
            if found and known == Known(found.number, found.made):
                return found
            with self.held.database.moment():
                return self._made(view)

    def _has(self, view: str, tables: Tables) -> bool:
        """Whether the file that this thread reads has all rows of a view that was read."""
        return self.held.noted(view) == Known(tables.number, tables.made)

    def _made(self, view: str) -> Tables | None:
        known = self.held.noted(view)
        if known is None:
            return None
        if known.made != self._loaded.made or known.number > self._loaded.number:
            self._load(known.made)
        tables = Tables(known, dict(self._tables), self.held.database, self._words)
        self._views[view] = tables
        while len(self._views) > VIEWS:
            del self._views[next(iter(self._views))]
        return tables

    def _load(self, made: str) -> None:
        """Read what is new; all of it where the file is another, or lost what ended since."""
        database = self.held.database
        ((last,),) = database.rows("SELECT max(number) FROM view")
        ((swept,),) = database.rows("SELECT value FROM meta WHERE name = 'swept'")
        if made != self._loaded.made or int(swept) > self._loaded.number:
            self._tables, self._loaded = {}, _NOTHING
            self._words = Words(database)
            self._views.clear()
        self._tables = {
            kind: load(database, kind, self.held.base, self._tables.get(kind)) for kind in KINDS
        }
        end(database, self._tables, self._loaded.number)
        self._loaded = Known(int(last), made)


_READERS: "weakref.WeakKeyDictionary[Held, Reader]" = weakref.WeakKeyDictionary()


class Indexed:
    """A queryable with the index of the view that it holds, read when it is first asked for."""

    def __init__(self, queryable: Queryable, reader: Reader, view: str) -> None:
        self.base = queryable.base
        self.query = queryable.query
        self.view = view
        self._reader = reader
        self._queryable = queryable

    @cached_property
    def index(self) -> Index | None:
        """The answers for the view; None where the index is of another."""
        return self._reader.at(self.view, self._queryable)


def indexed(store: Store) -> Queryable:
    """A store as it is asked: with its index, where that is of its view."""
    held = beside(store)
    return Indexed(store, reader_of(held), store.view_id()) if held else store


def reader_of(held: Held) -> Reader:
    """The reader of an index; of one in memory always the same."""
    if held not in _READERS:
        _READERS[held] = Reader(held)
    return _READERS[held]


def readable(home: Path, base: str, *, seconds: float | None = None) -> Reader:
    """The index in a store's folder, for whoever only asks."""
    return Reader(Held(home / NAME, base, seconds=seconds))
