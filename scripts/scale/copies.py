"""A view as large as one likes: that of a generated store, several times over.

Articles, and what they say, are copied under keys of their own; people and places stay who and
where they are, so that the more copies there are, the more is said of each. Article graphs, links
and what leads to them are left out: nothing that lists and pages ask for.
"""

import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import IO, Final, cast

import numpy as np
import pyoxigraph
from numpy.typing import NDArray
from pyoxigraph import NamedNode, RdfFormat

from kg.filters import KINDS, Kind
from kg.index import beside
from kg.index.schema import ALIVE, KIND
from kg.index.writing import begin
from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import Store, open_store
from kg.vocab import PREFIXES

PIECE: Final = 8 << 20
"""Bytes that are copied at a time."""
WHOLE: Final = 4
"""Copies with the reports of events; the others have events and statements alone."""

_KEY: Final = re.compile(
    rb"(/(?:article|statement|report|event|membership)/(?:[a-z0-9-]+-)?)[0-9a-f]{2}([0-9a-f]{30})"
)
_CK: Final = PREFIXES["ck"]
_LEFT_OUT: Final = tuple(
    f"<{iri}>".encode()
    for iri in (
        *(f"{_CK}passageOf", f"{_CK}period", f"{_CK}canonical"),
        f"{PREFIXES['oa']}hasSource",
    )
)
_EVIDENCE: Final = f"<{_CK}evidence>".encode()


def rekeyed(text: bytes, number: int) -> bytes:
    """The same under the keys of copy ``number``; those of copy 0 are as they were.

    >>> rekeyed(b"<http://x/event/met-0123456789abcdef0123456789abcdef>", 10)
    b'<http://x/event/met-0a23456789abcdef0123456789abcdef>'
    """
    return _KEY.sub(rb"\g<1>%02x\g<2>" % number, text) if number else text


class _Copy:
    """A file as it is read under other keys."""

    def __init__(self, lines: Path, number: int) -> None:
        self._file = lines.open("rb")
        self._number = number
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``."""
        if not self._left:
            piece = self._file.read(PIECE)
            self._left = rekeyed(piece + self._file.readline(), self._number)
        given, self._left = self._left[:size], self._left[size:]
        return given


def copied(source: Path, place: Path, count: int) -> None:
    """Make a store at ``place`` with the view of the one at ``source`` so many times."""
    view = NamedNode(graph_iri(DEFAULT_BASE, "view"))
    whole, core = place.with_suffix(".whole.nt"), place.with_suffix(".core.nt")
    held = pyoxigraph.Store.read_only(str(source / "quads"))
    dump = place.with_suffix(".nt")
    held.dump(output=str(dump), format=RdfFormat.N_TRIPLES, from_graph=view)
    _sort_out(dump, whole, core)
    store = open_store(f"oxigraph:{place}", base=DEFAULT_BASE)
    store.close()
    quads = pyoxigraph.Store(place / "quads")
    for number in range(count):
        lines = _Copy(whole if number < WHOLE else core, number)
        quads.bulk_load(cast("IO[bytes]", lines), format=RdfFormat.N_TRIPLES, to_graph=view)
        print(number + 1, "of", count, flush=True)
    quads.optimize()
    quads.flush()
    for left in (dump, whole, core):
        left.unlink()


def _sort_out(dump: Path, whole: Path, core: Path) -> None:
    """The lines that every whole copy has, and those that the others have."""
    said = set(_said(dump))
    with dump.open("rb") as lines, whole.open("wb") as all_of_it, core.open("wb") as some:
        for line in lines:
            subject, predicate, _ = line.split(b" ", 2)
            if predicate in _LEFT_OUT or b"/link/" in subject:
                continue
            all_of_it.write(line)
            if _is_core(subject, predicate, said):
                some.write(line)


def _said(dump: Path) -> Iterator[bytes]:
    """The evidence of statements."""
    with dump.open("rb") as lines:
        for line in lines:
            subject, predicate, thing = line.split(b" ", 2)
            if predicate == _EVIDENCE and b"/statement/" in subject:
                yield thing[:-3]


def _is_core(subject: bytes, predicate: bytes, said: set[bytes]) -> bool:
    if b"#char=" in subject:
        return subject in said
    if b"/report/" in subject or b"/membership/" in subject:
        return False
    return predicate != _EVIDENCE or b"/statement/" in subject


def index_copied(source: Path, store: Store, count: int) -> None:
    """Make the index of such copies out of that of the store they are made of."""
    held = beside(store)
    assert held is not None
    known = sqlite3.connect(source)
    with held.database.writing() as made:
        copy = _Rows(known, made, begin(made, store.view_id()))
        for kind in KINDS:
            for number in range(1 if kind in ("actors", "places") else count):
                copy.put(kind, number)
            print(kind, flush=True)
    known.close()


class _Rows:
    """The rows of an index, written to another under other keys."""

    def __init__(self, known: Connection, made: Connection, view: int) -> None:
        self.known = known
        self.made = made
        self.view = view
        self.terms = known.execute("SELECT code, text FROM term ORDER BY code").fetchall()
        self._codes: dict[int, NDArray[np.int32]] = {}

    def codes(self, number: int) -> NDArray[np.int32]:
        """The codes of a copy's terms, by those of the first."""
        if number not in self._codes:
            lut = np.zeros(self.terms[-1][0] + 1, np.int32)
            texts = _lines([text for _, text in self.terms], number)
            for (code, text), other in zip(self.terms, texts, strict=True):
                lut[code] = code
                if other != text or number == 0:
                    told = "INSERT INTO term(text) VALUES (?)"
                    lut[code] = self.made.execute(told, (other,)).lastrowid
            if number:
                first = self.codes(0)
                same = [text == other for (_, text), other in zip(self.terms, texts, strict=True)]
                for (code, _), is_same in zip(self.terms, same, strict=True):
                    lut[code] = first[code] if is_same else lut[code]
            self._codes[number] = lut
        return self._codes[number]

    def put(self, kind: Kind, number: int) -> None:
        """Write the rows of one copy."""
        found = self.known.execute(
            "SELECT r.id, first, last, published, lat, lon, tail, label, key, facts, mark, json, "
            f"names, texts FROM record r JOIN body USING (row) JOIN words_{kind} w "
            "ON w.rowid = r.row WHERE kind = ? ORDER BY r.row",
            (KIND[kind],),
        ).fetchall()
        lut, first = self.codes(number), self.codes(0)
        # One in 256 keys begins as those of this copy do: that record is there already.
        found = [one for one in found if not number or lut[one[0]] != first[one[0]]]
        ids, *days, tails, labels, keys, facts, marks, bodies, names, texts = zip(
            *found, strict=True
        )
        named = _lines([f"/event/{key}" for key in keys], number)
        json = [zlib.decompress(body) for body in bodies]
        packed = [zlib.compress(one, 1) for one in rekeyed(b"\0".join(json), number).split(b"\0")]
        (row,) = self.made.execute("SELECT coalesce(max(row), 0) FROM record").fetchone()
        rows = range(row + 1, row + 1 + len(found))
        head = ((one, KIND[kind], int(lut[ident])) for one, ident in zip(rows, ids, strict=True))
        tail = zip(
            _lines(tails, number),
            labels,
            (one.removeprefix("/event/") for one in named),
            (_mapped(one, lut) for one in facts),
            marks,
            strict=True,
        )
        self.made.executemany(
            f"INSERT INTO record VALUES ({', '.join('?' * 15)})",
            (
                (*one, self.view, ALIVE, *day, *rest)
                for one, day, rest in zip(head, zip(*days, strict=True), tail, strict=True)
            ),
        )
        self.made.executemany("INSERT INTO body VALUES (?, ?)", zip(rows, packed, strict=True))
        self.made.executemany(
            f"INSERT INTO words_{kind}(rowid, names, texts) VALUES (?, ?, ?)",
            zip(rows, names, texts, strict=True),
        )


def _lines(texts: Sequence[str], number: int) -> list[str]:
    return rekeyed("\0".join(texts).encode(), number).decode().split("\0")


def _mapped(facts: bytes, lut: NDArray[np.int32]) -> bytes:
    pairs = np.frombuffer(facts, np.int32).reshape(-1, 2).copy()
    pairs[:, 1] = lut[pairs[:, 1]]
    return pairs.tobytes()
