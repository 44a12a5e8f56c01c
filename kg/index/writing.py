"""Writing an index: rows that begin and rows that end, in one transaction with the view's name.

Rows are never changed. What is taken down, and what ended long ago, is taken out.
"""

import sqlite3
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from kg.filters import KINDS, Kind
from kg.index.rows import Row, derive
from kg.index.schema import ALIVE, FIELD, KIND, RULES, Database, create
from kg.index.touched import Touched, everything, present
from kg.iri import key_of
from kg.log import Change, How
from kg.store.base import Queryable

BATCH: Final = 500
"""Records that are derived at a time."""
KEEP_SECONDS: Final = 3600.0
"""For how long what ended stays, for whoever still reads a view of then."""

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
        writer = _Writer(held, begin(held, view))
        for kind, ids in found.items():
            there = present(queryable, kind, ids)
            writer.end(kind, sorted(ids - there))
            for batch in batched(sorted(there)):
                writer.put(kind, derive(queryable, kind, batch))
        writer.sweep(purge=purge)
    if purge:
        database.settle()
    return writer.changes


def rewrite(
    database: Database,
    queryable: Queryable,
    view: str,
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
        writer = _Writer(held, begin(held, view))
        for kind in KINDS:
            ids = list(everything(queryable, kind))
            known = writer.known(kind)
            writer.end(kind, sorted(known - set(ids)))
            progress(kind, 0, len(ids))
            for start in range(0, len(ids), BATCH):
                writer.put(kind, derive(queryable, kind, ids[start : start + BATCH]))
                progress(kind, min(start + BATCH, len(ids)), len(ids))
        writer.sweep(purge=purge)
        changes = _differing(before, _marks(held)) if before else writer.changes
    if purge:
        database.settle()
    return changes


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


def batched(ids: Iterable[str]) -> Iterator[list[str]]:
    """Ids, so many at a time."""
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        yield batch


class _Writer:
    """One transaction, which makes one view."""

    def __init__(self, held: sqlite3.Connection, number: int) -> None:
        self.held = held
        self.number = number
        self.changes: list[Change] = []
        self._codes: dict[str, int] = {}

    def known(self, kind: Kind) -> set[str]:
        """The records of a kind that stand."""
        text = f"SELECT text FROM record JOIN term ON code = id WHERE kind = ? AND died = {ALIVE}"
        return {iri for (iri,) in self.held.execute(text, (KIND[kind],))}

    def put(self, kind: Kind, rows: Sequence[Row]) -> None:
        """Write rows that are not as they stand already."""
        for row in rows:
            mark, before = row.mark, self._standing(kind, row.id)
            if before and before[1] == mark:
                continue
            if before:
                self._end(before[0])
            self._insert(row, mark)
            self._note(kind, row.id, "updated" if before else "created")

    def end(self, kind: Kind, ids: Iterable[str]) -> None:
        """End the rows of records that are no more."""
        for iri in ids:
            if before := self._standing(kind, iri):
                self._end(before[0])
                self._note(kind, iri, "withdrawn")

    def sweep(self, *, purge: bool) -> None:
        """Take out what ended long ago, or all of it and every trace of its words.

        Who holds rows in memory that ended since, and were taken out, does not see them end: the
        highest view that lost rows is noted.
        """
        (last,) = self.held.execute(
            "SELECT coalesce(max(number), 0) FROM view WHERE time < ?",
            (time.time() - KEEP_SECONDS,),
        ).fetchone()
        until = ALIVE - 1 if purge else last
        text = "SELECT row, kind, died FROM record WHERE died <= ? AND died < 2147483647"
        gone = self.held.execute(text, (until,)).fetchall()
        for row, kind, _ in gone:
            self.held.execute(f"DELETE FROM words_{KINDS[kind]} WHERE rowid = ?", (row,))
            self.held.execute("DELETE FROM body WHERE row = ?", (row,))
            self.held.execute("DELETE FROM record WHERE row = ?", (row,))
        if purge:
            for kind in KINDS:
                self.held.execute(f"INSERT INTO words_{kind}(words_{kind}) VALUES ('optimize')")
            self._forget()
        swept = self.number if purge else max((died for _, _, died in gone), default=0)
        note = "UPDATE meta SET value = ? WHERE name = 'swept' AND CAST(value AS INTEGER) < ?"
        self.held.execute(note, (str(swept), swept))

    def _forget(self) -> None:
        """What no record is or says any more is no term."""
        terms = [code for (code,) in self.held.execute("SELECT code FROM term")]
        said = bytearray(max(terms, default=0) + 1)
        for code, facts in self.held.execute("SELECT id, facts FROM record"):
            said[code] = 1
            for one in array("i", facts)[1::2]:
                said[one] = 1
        gone = ((code,) for code in terms if not said[code])
        self.held.executemany("DELETE FROM term WHERE code = ?", gone)

    def _standing(self, kind: Kind, iri: str) -> tuple[int, bytes] | None:
        text = (
            "SELECT row, mark FROM term JOIN record ON id = code "
            f"WHERE text = ? AND kind = ? AND died = {ALIVE}"
        )
        found: tuple[int, bytes] | None = self.held.execute(text, (iri, KIND[kind])).fetchone()
        return found

    def _end(self, row: int) -> None:
        self.held.execute("UPDATE record SET died = ? WHERE row = ?", (self.number, row))

    def _insert(self, row: Row, mark: bytes) -> None:
        facts = array("i", [n for name, said in row.facts for n in (FIELD[name], self._code(said))])
        lat, lon = row.point or (None, None)
        number = self.held.execute(
            f"INSERT INTO record VALUES (NULL, {', '.join('?' * 14)})",
            (
                *(KIND[row.kind], self._code(row.id), self.number, ALIVE),
                *(*row.days, row.published, lat, lon),
                *(row.tail, row.label, key_of(row.id), facts.tobytes(), mark),
            ),
        ).lastrowid
        if row.body:
            self.held.execute("INSERT INTO body VALUES (?, ?)", (number, row.body))
        words = f"INSERT INTO words_{row.kind}(rowid, names, texts) VALUES (?, ?, ?)"
        self.held.execute(words, (number, row.names, row.texts))

    def _code(self, text: str) -> int:
        found = self._codes.get(text)
        if found is None:
            row = self.held.execute("SELECT code FROM term WHERE text = ?", (text,)).fetchone()
            found = row[0] if row else None
        if found is None:
            made = self.held.execute("INSERT INTO term(text) VALUES (?)", (text,)).lastrowid
            assert made is not None
            found = made
        self._codes[text] = found
        return found

    def _note(self, kind: Kind, iri: str, change: How) -> None:
        self.changes.append(Change(kind.removesuffix("s"), iri, change))
