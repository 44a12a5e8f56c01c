"""A store in an engine that is there already: ``sparql:QUERY-URL``, spoken to in SPARQL 1.1.

The engine keeps the graphs; what a store notes of itself stands in one more (``marks``), which no
listing shows. Queries go straight to the engine and see what it has at that moment.

A new graph is written by one PUT where the engine has a graph store, else by updates of at most a
thousand triples; one that is there is changed by what differs. A write that was cut off is known
by the missing seal and, graph by graph, by its mark: the next run that writes mends it
(``docs/decisions/0014-remote-engines.md``).
"""

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from tempfile import TemporaryFile
from typing import Final

from kg import terms
from kg.errors import StoreError
from kg.iri import graph_iri
from kg.store.base import JSON, NTRIPLES, Answer, Change, Dataset, Snapshot
from kg.store.checks import node, triples_of
from kg.store.evaluate import Question, evaluate
from kg.store.pieces import (
    AT_ONCE,
    LARGEST,
    STEP,
    TOGETHER,
    batches,
    check_update,
    data,
    length,
    whole_graphs,
)
from kg.store.remote.asking import Asking
from kg.store.remote.dialect import Put
from kg.store.remote.engine import WRITE_SECONDS, Engine
from kg.store.remote.marks import Marks, rows
from kg.store.remote.probe import keeps_shapes
from kg.store.remote.spelling import WKT, Spelling, objects
from kg.terms import Triple

Graph = tuple[str, Sequence[Triple]]
OWNED: Final = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/sparql",
)
"""Graphs that an engine (Virtuoso) brings with it; no listing shows them."""


class SparqlStore:
    """A ``Store`` in an engine. Its writing methods take turns; other processes must not write
    meanwhile.
    """

    home: Final = None
    elsewhere: Final = True

    def __init__(self, engine: Engine, *, base: str, read_only: bool = False) -> None:
        self.base = base
        self._held: Engine | None = engine
        self._where = engine.remote.query
        self.read_only = read_only or not engine.writable
        self._turn = threading.Lock()
        self._unsealed = False
        self._marks = Marks(engine, base)
        self._hidden = (self._marks.graph, *OWNED)
        self._spelling = Spelling()
        self._spelling = Spelling(self._begin())
        if not self.read_only:
            self._marks.mend(self.read)
        self._asking = Asking(engine, self._spelling, hidden=self._hidden, graphs=self.graphs)

    @property
    def _engine(self) -> Engine:
        if self._held is None:
            raise StoreError("the store is closed")
        return self._held

    def _begin(self) -> bool:
        """Find the store, or make it; whether it keeps well-known text under our datatype."""
        keeps = self._marks.found()
        if keeps is None and self.read_only:
            raise StoreError(
                f"there is no store of base {self.base} at {self._where}; ingest something first "
                "(kg ingest)"
            )
        if keeps is None:
            self._engine.ask(Put(_MANY), graph=False)
            keeps = not keeps_shapes(self._tried, self._marks.graph)
            self._marks.make(keeps=[WKT] if keeps else [])
        return keeps

    def _tried(self, triples: Sequence[Triple]) -> list[str]:
        """Objects that are written, as they come back from a graph and from a table."""
        graph = f"{self._marks.graph}-probe"
        try:
            self._insert(graph, triples)
            back = [o for _, _, o in self._triples(graph)]
            table = self._engine.ask(Put(f"SELECT ?o {_pattern(graph)}"), graph=False)
            return back + objects(self._spelling.table(table.body))
        finally:
            self._drop(graph)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, and only where writing is meant and the store is open."""
        if not self._engine.writable:
            raise StoreError(
                f"the store at {self._where} can only be read: no address for updates is known; "
                "set KG_SPARQL_UPDATE_URL, or write sparql:QUERY-URL#update=URL"
            )
        if self.read_only:
            raise StoreError(f"the store at {self._where} was opened read-only")
        with self._turn:
            yield

    def _break_seal(self) -> None:
        if not self._unsealed:
            self._marks.seal(None)
            self._unsealed = True

    def seal(self, text: str) -> None:
        """See ``Store.seal``."""
        with self._writing():
            same = self._marks.view() if self._marks.sealed() is not None else ""
            self._marks.seal(text, same or f"{time.time_ns() // 1000:x}")
            self._unsealed = False

    def sealed(self) -> str | None:
        """See ``Store.sealed``; asked of the engine each time."""
        _ = self._engine
        return self._marks.sealed()

    def view_id(self) -> str:
        """See ``Store.view_id``; asked of the engine each time."""
        _ = self._engine
        return self._marks.view()

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
        all_rows: bool = False,
    ) -> Answer:
        """See ``Queryable.query``; LimitHit names query_seconds, query_rows, query_bytes."""
        limits = self._engine.remote
        pairs = tuple((name, self._spelling.out(term)) for name, term in (bindings or {}).items())
        view = graph_iri(self.base, "view")
        sizes = (None if all_rows else limits.rows, limits.bytes)
        question = Question(text, view, pairs, dataset, table, graph, *sizes, self.base)
        return evaluate(self._asking, question, TemporaryFile)

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``; sent once. Whether it is all or nothing is the engine's."""
        with self._writing():
            check_update(text)
            if not aside:
                self._break_seal()
            self._engine.update(text, repeat=False)

    def replace(self, graphs: Iterable[Graph]) -> None:
        """See ``Store.replace``. A graph given twice ends as it was given last."""
        with self._writing():
            for batch in whole_graphs(graphs, triples_of, most=TOGETHER):
                self._break_seal()
                known = self._there(batch)
                self._marks.begin(batch, known)
                for iri, triples in batch.items():
                    self._write(iri, triples, known)
                self._marks.end(batch)

    def patch(self, graph: str, gone: Iterable[Triple], new: Iterable[Triple]) -> None:
        """See ``Store.patch``. Up to a thousand triples go in one update."""
        out, put = list(gone), list(new)
        triples_of(graph, put)
        with self._writing():
            self._break_seal()
            self._change(graph, out, put)

    def turn(self, changes: Mapping[str, Change], *, seal: str) -> None:
        """See ``Store.turn``. Graph by graph: the missing seal tells of a run that is cut off."""
        for graph, (_, new) in changes.items():
            triples_of(graph, list(new))
        for graph, (gone, new) in changes.items():
            self.patch(graph, gone, new)
        self.seal(seal)

    def fill(self, graph: str, triples: Iterable[Triple]) -> None:
        """See ``Store.fill``. Memory does not grow with the graph."""
        coming = iter(triples)
        with self._writing():
            self._break_seal()
            self._drop(graph)
            while step := list(islice(coming, STEP)):
                triples_of(graph, step)
                self._insert(graph, step)

    def remove(self, graph: str) -> bool:
        """See ``Store.remove``."""
        with self._writing():
            there = bool(self._there([graph]))
            if there:
                self._break_seal()
                self._drop(graph)
            return there

    @contextmanager
    def forgetting(self, *, later: bool = False) -> Iterator[None]:
        """See ``Store.forgetting``; its files are the engine's."""
        yield

    def graphs(self) -> list[str]:
        """See ``Store.graphs``."""
        text = f"SELECT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {self._shown} }} GROUP BY ?g"
        return sorted(row["g"] for row in rows(self._engine, text, seconds=WRITE_SECONDS))

    def read(self, graph: str) -> list[Triple]:
        """See ``Store.read``."""
        return sorted(self._triples(graph))

    def size(self) -> int:
        """See ``Store.size``."""
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {self._shown} }}"
        return int(rows(self._engine, text, seconds=WRITE_SECONDS)[0]["n"])

    def version(self) -> str:
        """Refused: others may write there too."""
        raise StoreError(f"{self._where} gives no snapshots; ask the store itself")

    def snapshot(self) -> Snapshot:
        """Refused: an engine elsewhere has no folder of ours. Queries go to it directly."""
        _ = self._engine
        raise StoreError(f"{self._where} gives no snapshots; ask the store itself")

    def close(self) -> None:
        """Close the connections. Twice is harmless."""
        held, self._held = self._held, None
        if held is not None:
            held.close()

    @property
    def _shown(self) -> str:
        return f"FILTER(?g NOT IN ({', '.join(map(terms.iri, self._hidden))}))"

    def _triples(self, graph: str) -> Iterator[Triple]:
        put = Put(f"CONSTRUCT {{ ?s ?p ?o }} {_pattern(graph)}")
        reply = self._engine.ask(put, graph=True, seconds=WRITE_SECONDS)
        return terms.parse(self._spelling.lines(reply.body, reply.type).decode())

    def _there(self, graphs: Collection[str]) -> frozenset[str]:
        """Those of these graphs that hold something."""
        names = " ".join(terms.iri(node(one).value) for one in graphs)
        text = (
            f"SELECT ?g {{ VALUES ?g {{ {names} }} FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        )
        return frozenset(row["g"] for row in rows(self._engine, text))

    def _write(self, graph: str, triples: Sequence[Triple], known: Collection[str]) -> None:
        """Make a graph hold these triples: whole if it is new, else by what differs.

        Not by a PUT over what is there: an engine that ends in the middle of it may leave nothing.
        """
        if not triples:
            self._drop(graph)
        elif graph in known:
            old, new = set(self._triples(graph)), set(triples)
            self._change(graph, sorted(old - new), sorted(new - old))
        elif self._engine.takes_graphs:
            self._engine.put(graph, triples_of(graph, self._spelt(triples)))
        else:
            self._insert(graph, triples)

    def _change(self, graph: str, out: Sequence[Triple], put: Sequence[Triple]) -> None:
        """Put triples in and take others out: at once if they are few, else in this order."""
        small = len(out) + len(put) <= AT_ONCE and length(out) + length(put) <= LARGEST
        gone, new = self._rows(out), self._rows(put)
        if small and (gone or new):
            parts = [data("INSERT", graph, new)] if new else []
            parts += [data("DELETE", graph, gone)] if gone else []
            self._engine.update(" ;\n".join(parts), repeat=True)
            return
        self._insert(graph, put)
        for piece in batches(gone, most=AT_ONCE, size=LARGEST):
            self._engine.update(data("DELETE", graph, piece), repeat=True)

    def _insert(self, graph: str, triples: Sequence[Triple]) -> None:
        """Add triples, by the graph store if there is one and they are many."""
        if self._engine.takes_graphs and len(triples) > AT_ONCE:
            self._engine.put(graph, triples_of(graph, self._spelt(triples)), add=True)
            return
        for piece in batches(self._rows(triples), most=AT_ONCE, size=LARGEST):
            self._engine.update(data("INSERT", graph, piece), repeat=True)

    def _drop(self, graph: str) -> None:
        self._engine.update(f"DROP SILENT GRAPH {terms.iri(node(graph).value)}", repeat=True)

    def _spelt(self, triples: Iterable[Triple]) -> list[Triple]:
        return [(s, p, self._spelling.out(o)) for s, p, o in triples]

    def _rows(self, triples: Iterable[Triple]) -> list[str]:
        return [f"{s} {p} {o} ." for s, p, o in self._spelt(triples)]


_MANY: Final = "SELECT ?a { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } } LIMIT 10001"
"""More rows than an engine gives that cuts answers; a cut CONSTRUCT would not say so."""


def _pattern(graph: str) -> str:
    return f"WHERE {{ GRAPH {terms.iri(graph)} {{ ?s ?p ?o }} }}"
