"""An index beside a store: written in the step in which the view is, asked view by view.

It is derived from the view and never the only home of anything. It notes the name of each view
that it is of; one that it does not know is answered by the graph, until the index is made anew.
"""

import threading
import weakref
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.filters import KINDS, Index, Kind
from kg.index.answers import Answers
from kg.index.columns import Table, end, load
from kg.index.schema import NAME, RULES, Database
from kg.index.tables import Tables
from kg.index.touched import touched
from kg.index.words import Words
from kg.index.writing import Progress, quiet, rewrite, write
from kg.log import Change
from kg.store.base import Queryable, Store
from kg.terms import Triple

VIEWS: Final = 8
"""Views whose tables are kept ready."""


class Held:
    """The index of one store, for all threads of a process."""

    def __init__(self, path: Path | None, base: str, *, seconds: float | None = None) -> None:
        self.path = path
        self.base = base
        self.database = Database(path, seconds=seconds)
        self._words = Words(self.database)
        self._turn = threading.Lock()
        self._tables: dict[Kind, Table] = {}
        self._loaded = 0
        self._views: dict[str, Tables] = {}
        self._identity: object = None

    @property
    def folder(self) -> Path | None:
        """The folder that it is in."""
        return self.path.parent if self.path else None

    def knows(self, view: str) -> bool:
        """Whether it is of this view, made by the rules of today."""
        return bool(view) and self._number(view) is not None

    def at(self, view: str, queryable: Queryable) -> Index | None:
        """The answers for a view; None where it is not known, and SPARQL has to answer."""
        tables = self._ready(view) if view else None
        return Answers(tables, queryable) if tables else None

    def update(
        self,
        store: Store,
        before: str,
        triples: Iterable[Triple],
        *,
        purge: bool = False,
        progress: Progress = quiet,
    ) -> list[Change]:
        """Bring it from the view ``before`` to that of a store, by the triples that differ.

        ``purge`` takes out every trace of what is gone. It is made anew where it was not of
        ``before``.
        """
        if not self.knows(before):
            return self.remake(store, progress, purge=purge)
        found = touched(store, triples)
        return write(self.database, store, store.view_id(), found, purge=purge)

    def remake(
        self, store: Store, progress: Progress = quiet, *, purge: bool = False
    ) -> list[Change]:
        """Derive everything anew. What is as it was stays."""
        return rewrite(self.database, store, store.view_id(), progress, purge=purge)

    def forget(self) -> None:
        """Forget that it is of any view, so that everything is derived and compared anew."""
        if self.path is None or self.path.exists():
            with self.database.writing() as held:
                held.execute("DELETE FROM view WHERE number < (SELECT max(number) FROM view)")
                held.execute("UPDATE view SET id = ''")

    def warm(self, view: str) -> None:
        """Read what a view is answered from, so that nobody waits for it."""
        with suppress(StoreError):
            self._ready(view)

    def close(self) -> None:
        """Let go of this thread's connection."""
        self.database.close()

    def _number(self, view: str) -> int | None:
        """The number of a view, where the rules by which it was made are those of today."""
        if self.path is not None and not self.path.exists():
            return None
        text = "SELECT number FROM view, meta WHERE id = ? AND name = 'rules' AND value = ?"
        try:
            found = self.database.rows(text, (view, RULES))
        except StoreError:
            return None
        return int(found[0][0]) if found else None

    def _ready(self, view: str) -> Tables | None:
        """The tables of a view, read as far as they are not in memory yet."""
        with self._turn:
            number = self._number(view)
            if number is None:
                return None
            if self._is_another_file():
                self._tables, self._views, self._loaded = {}, {}, 0
                self._words = Words(self.database)
            known = self._views.get(view)
            if known is None or known.number != number:
                if number > self._loaded or not self._tables:
                    self._load()
                known = Tables(number, dict(self._tables), self.database, self._words)
                self._views[view] = known
                while len(self._views) > VIEWS:
                    del self._views[next(iter(self._views))]
            return known

    def _is_another_file(self) -> bool:
        """Whether the file was put in the place of the one that was read."""
        if self.path is None:
            return False
        found = self.path.stat()
        identity = (found.st_dev, found.st_ino)
        another = self._identity is not None and identity != self._identity
        self._identity = identity
        return another

    def _load(self) -> None:
        ((last,),) = self.database.rows("SELECT max(number) FROM view")
        before = self._tables
        self._tables = {
            kind: load(self.database, kind, self.base, before.get(kind)) for kind in KINDS
        }
        end(self.database, self._tables, self._loaded)
        self._loaded = int(last)


_IN_MEMORY: "weakref.WeakKeyDictionary[Store, Held]" = weakref.WeakKeyDictionary()


def beside(store: Store) -> Held | None:
    """The index of a store: a file in its folder, or in memory; none for an engine elsewhere."""
    home = getattr(store, "home", None)
    if not hasattr(store, "home"):
        return None
    if home is not None:
        return Held(Path(home) / NAME, store.base)
    if store not in _IN_MEMORY:
        _IN_MEMORY[store] = Held(None, store.base)
    return _IN_MEMORY[store]


class Indexed:
    """A queryable with the index of the view that it holds, read when it is first asked for."""

    def __init__(self, queryable: Queryable, held: Held, view: str) -> None:
        self.base = queryable.base
        self.query = queryable.query
        self.view = view
        self._held = held
        self._queryable = queryable

    @cached_property
    def index(self) -> Index | None:
        """The answers for the view; None where the index is of another."""
        return self._held.at(self.view, self._queryable)


def indexed(store: Store) -> Queryable:
    """A store as it is asked: with its index, where that is of its view."""
    held = beside(store)
    return Indexed(store, held, store.view_id()) if held else store


def readable(home: Path, base: str, *, seconds: float | None = None) -> Held:
    """The index in a store's folder, for whoever only asks."""
    return Held(home / NAME, base, seconds=seconds)
