"""Writing an index: what a change of the view touches, or everything, in one transaction.

With the rows goes the name of the view that they are of.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Final

from kg.filters import KINDS, Kind
from kg.index.deriving import jobs
from kg.index.hands import hands
from kg.index.rows import derive
from kg.index.schema import ALIVE, RULES, Database, create
from kg.index.source import Source
from kg.index.touched import Touched, everything, present
from kg.index.writer import Writer, batched
from kg.log import Change, How
from kg.store.base import Queryable, Store

FIRST: Final[tuple[Kind, ...]] = ("articles", "actors", "places")
"""Kinds that are derived first; statements and events come with the articles that tell them."""

Progress = Callable[[Kind, int, int], None]
"""Hears of which kind how many records are done, of how many."""


def quiet(kind: Kind, done: int, whole: int) -> None:
    """Nobody hears."""


def begin(held: sqlite3.Connection, view: str) -> int:
    """A number for a view, and its name."""
    (last,) = held.execute("SELECT max(number) FROM view").fetchone()
    number = (last or 0) + 1
    held.execute("DELETE FROM view WHERE id = ?", (view,))
    held.execute("INSERT INTO view VALUES (?, ?, ?)", (number, view, time.time()))
    held.execute("INSERT OR REPLACE INTO meta VALUES ('rules', ?)", (RULES,))
    return number


def write(
    database: Database, queryable: Queryable, view: str, found: Touched, *, purge: bool = False
) -> list[Change]:
    """Write what became of touched records. ``purge`` takes out everything that ended."""
    with database.writing() as held:
        writer = Writer(held, begin(held, view))
        for kind, ids in found.items():
            there = present(queryable, kind, ids)
            writer.end(kind, sorted(ids - there))
            for batch in batched(sorted(there)):
                writer.put(kind, derive(Source(queryable), kind, batch))
        writer.sweep(purge=purge)
    if purge:
        database.settle()
    return writer.changes


def rewrite(
    database: Database,
    store: Store,
    progress: Progress = quiet,
    *,
    purge: bool = False,
) -> list[Change]:
    """Derive every record anew, and write those that are not as they were.

    Rows that other rules made say things in other ways: of those nothing stays, and what changed is
    what the rows of now say otherwise.
    """
    with database.writing() as held:
        before = _emptied(held)
        writer = Writer(held, begin(held, store.view_id()))
        left = _left(writer, store, progress)
        with hands(store, left["articles"].whole) as work:
            for first in (FIRST, KINDS):
                coming = (job for kind in first for job in jobs(kind, left[kind].ids))
                for kind, rows in chain.from_iterable(work(coming)):
                    writer.put(kind, rows)
                    progress(kind, *left[kind].done(row.id for row in rows))
        writer.sweep(purge=purge)
        changes = _differing(before, _marks(held)) if before else writer.changes
    if purge:
        database.settle()
    return changes


class _Left:
    """The records of a kind that are still to be derived."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = set(ids)
        self.whole = len(self.ids)

    def done(self, batch: Iterable[str]) -> tuple[int, int]:
        """Take out what is done; how much that is by now, of how much."""
        self.ids.difference_update(batch)
        return self.whole - len(self.ids), self.whole


def _left(writer: Writer, queryable: Queryable, progress: Progress) -> Mapping[Kind, _Left]:
    """All records, after those are ended that are no more."""
    left: dict[Kind, _Left] = {}
    for kind in KINDS:
        left[kind] = _Left(everything(queryable, kind))
        writer.end(kind, sorted(writer.known(kind) - left[kind].ids))
        progress(kind, 0, left[kind].whole)
    return left


Marks = Mapping[tuple[str, str], bytes]
"""(kind, IRI) → the mark of what a record says."""


def _emptied(held: sqlite3.Connection) -> Marks:
    """Throw away what other rules made; what stood by them."""
    rules = held.execute("SELECT value FROM meta WHERE name = 'rules'").fetchone()
    if rules is None or rules == (RULES,):
        return {}
    marks = _marks(held)
    create(held)
    return marks


def _marks(held: sqlite3.Connection) -> Marks:
    text = f"SELECT kind, text, mark FROM record JOIN term ON code = id WHERE died = {ALIVE}"
    return {(KINDS[kind], iri): mark for kind, iri, mark in held.execute(text)}


def _differing(before: Marks, now: Marks) -> list[Change]:
    told: list[tuple[tuple[str, str], How]] = [
        *((one, "withdrawn") for one in before.keys() - now.keys()),
        *((one, "created") for one in now.keys() - before.keys()),
        *((one, "updated") for one, mark in now.items() if before.get(one, mark) != mark),
    ]
    return [Change(kind.removesuffix("s"), iri, how) for (kind, iri), how in sorted(told)]
