"""Whether an index says what the graph says: every row derived anew, and compared."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from kg.filters import KINDS, Kind
from kg.index.held import Held
from kg.index.row import Row
from kg.index.rows import derive
from kg.index.schema import ALIVE, FIELDS, KIND
from kg.index.touched import everything
from kg.records.graph import Graph
from kg.store.base import Queryable

BATCH: Final = 500
_COLUMNS: Final = (
    "r.row, t.text, first, last, published, lat, lon, tail, label, facts, mark, json, names, texts"
)


def differing(held: Held, queryable: Queryable) -> Iterator[tuple[str, str]]:
    """The records of which an index says something else than the graph: (IRI, what is wrong)."""
    for kind in KINDS:
        ids = list(everything(queryable, kind))
        text = f"SELECT text FROM record JOIN term ON code = id WHERE kind = ? AND died = {ALIVE}"
        kept = {iri for (iri,) in held.database.rows(text, (KIND[kind],))}
        yield from ((iri, "the index has it, the graph has not") for iri in sorted(kept - {*ids}))
        for start in range(0, len(ids), BATCH):
            for row in derive(Graph(queryable), kind, ids[start : start + BATCH]):
                if problem := _problem(held, kind, row):
                    yield row.id, problem


def _problem(held: Held, kind: Kind, row: Row) -> str | None:
    text = (
        f"SELECT {_COLUMNS} FROM term t JOIN record r ON r.id = t.code JOIN body USING (row) "
        f"JOIN words_{kind} w ON w.rowid = r.row WHERE t.text = ? AND kind = ? AND died = {ALIVE}"
    )
    found = held.database.rows(text, (row.id, KIND[kind]))
    if len(found) != 1:
        return f"the index has it {len(found)} times"
    if _said(held, found[0]) != _expected(row):
        return "the index says something else of it than the graph"
    return None


def _expected(row: Row) -> Sequence[Any]:
    lat, lon = row.point or (None, None)
    return (
        *(row.id, *row.days, row.published, lat, lon, row.tail, row.label, sorted(row.facts)),
        *(row.mark, row.body, row.names, row.texts),
    )


def _said(held: Held, found: Sequence[Any]) -> Sequence[Any]:
    _, iri, *rest, facts, mark, body, names, texts = found
    pairs = np.frombuffer(facts, np.int32).reshape(-1, 2)
    terms = dict(_terms(held, [int(code) for code in pairs[:, 1]]))
    told = sorted((FIELDS[field], terms.get(int(code), "")) for field, code in pairs)
    return iri, *rest, told, mark, zlib.decompress(body), names, texts


def _terms(held: Held, codes: Sequence[int]) -> Iterator[tuple[int, str]]:
    for code in codes:
        yield from held.database.rows("SELECT code, text FROM term WHERE code = ?", (code,))
