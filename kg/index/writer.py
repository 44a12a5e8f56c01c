"""One transaction on an index, which makes one view: rows that begin, and rows that end.

Rows are never changed. What is taken down, and what ended long ago, is taken out.
"""

import sqlite3
import time
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from kg.filters import KINDS, Kind
from kg.index.row import Row
from kg.index.schema import ALIVE, FIELD, KIND
from kg.iri import key_of
from kg.log import Change, How

BATCH: Final = 500
"""Records that are written at a time."""
KEEP_SECONDS: Final = 3600.0
"""For how long what ended stays, for whoever still reads a view of then."""
_KNOWN: Final = 300_000
"""Terms whose numbers are kept in memory, at the most."""


class Writer:
    """Writes the view of this number."""

    def __init__(self, held: sqlite3.Connection, number: int) -> None:
        self.held = held
        self.number = number
        self.changes: list[Change] = []
        self._codes: dict[str, int] = {}
        self._rows, self._terms = _last(held, "record"), _last(held, "term")

    def known(self, kind: Kind) -> set[str]:
        """The records of a kind that stand."""
        text = f"SELECT text FROM record JOIN term ON code = id WHERE kind = ? AND died = {ALIVE}"
        return {iri for (iri,) in self.held.execute(text, (KIND[kind],))}

    def put(self, kind: Kind, rows: Sequence[Row]) -> None:
        """Write rows that are not as they stand already."""
        before = self._standing(kind, [row.id for row in rows])
        marked = ((row, row.mark) for row in rows)
        new = [(row, mark) for row, mark in marked if before.get(row.id, (0, b""))[1] != mark]
        for row, _ in new:
            if row.id in before:
                self._end(before[row.id][0])
            self._note(kind, row.id, "updated" if row.id in before else "created")
        self._insert(kind, new)

    def end(self, kind: Kind, ids: Sequence[str]) -> None:
        """End the rows of records that are no more."""
        standing = self._standing(kind, ids)
        for iri in ids:
            if iri in standing:
                self._end(standing[iri][0])
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

    def _standing(self, kind: Kind, ids: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        """Record → its row that stands, and the mark of what that says."""
        text = (
            "SELECT text, row, mark FROM term JOIN record ON id = code "
            f"WHERE kind = {KIND[kind]} AND died = {ALIVE} AND text IN"
        )
        return {iri: (row, mark) for iri, row, mark in self._among(text, ids)}

    def _end(self, row: int) -> None:
        self.held.execute("UPDATE record SET died = ? WHERE row = ?", (self.number, row))

    def _insert(self, kind: Kind, new: Sequence[tuple[Row, bytes]]) -> None:
        self._learn(text for row, _ in new for text in (row.id, *(said for _, said in row.facts)))
        numbered = [(self._rows + at, *one) for at, one in enumerate(new, 1)]
        self._rows += len(new)
        self._many("record", 15, (self._record(*one) for one in numbered))
        self._many("body", 2, ((at, zlib.compress(row.body, 1)) for at, row, _ in numbered))
        words = ((at, row.names, row.texts) for at, row, _ in numbered)
        self._many(f"words_{kind}(rowid, names, texts)", 3, words)

    def _record(self, number: int, row: Row, mark: bytes) -> tuple[Any, ...]:
        codes = self._codes
        facts = array("i", [n for name, said in row.facts for n in (FIELD[name], codes[said])])
        lat, lon = row.point or (None, None)
        return (
            *(number, KIND[row.kind], codes[row.id], self.number, ALIVE),
            *(*row.days, row.published, lat, lon),
            *(row.tail, row.label, key_of(row.id), facts.tobytes(), mark),
        )

    def _learn(self, texts: Iterable[str]) -> None:
        """Know the numbers of terms; new ones get one."""
        if len(self._codes) > _KNOWN:
            self._codes.clear()
        wanted = [one for one in dict.fromkeys(texts) if one not in self._codes]
        self._codes |= self._among("SELECT text, code FROM term WHERE text IN", wanted)
        new = [one for one in wanted if one not in self._codes]
        made = {one: self._terms + at for at, one in enumerate(new, 1)}
        self._terms += len(new)
        self._many("term(text, code)", 2, made.items())
        self._codes |= made

    def _among(self, text: str, wanted: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a question that ends in IN, for many texts."""
        for some in batched(wanted):
            yield from self.held.execute(f"{text} ({','.join('?' * len(some))})", some)

    def _many(self, table: str, columns: int, rows: Iterable[Sequence[Any]]) -> None:
        marks = ", ".join("?" * columns)
        self.held.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def _note(self, kind: Kind, iri: str, change: How) -> None:
        self.changes.append(Change(kind.removesuffix("s"), iri, change))


def batched(ids: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Ids, so many at a time."""
    left = iter(ids)
    while batch := list(islice(left, size)):
        yield batch


def _last(held: sqlite3.Connection, table: str) -> int:
    """The highest number that a table has ever given."""
    text = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    found = held.execute(text, (table,)).fetchone()
    return int(found[0]) if found else 0
