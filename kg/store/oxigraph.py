"""The embedded store: pyoxigraph, on disk or in memory (``kg.store.quads`` writes into it)."""

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import BadQuery, NotFound, StoreError
from kg.iri import graph_iri
from kg.store import folder, quads, rewrite
from kg.store.base import JSON, NTRIPLES, Answer, Change, Dataset, Snapshot
from kg.store.checks import encoded, no_blank_nodes, node
from kg.store.evaluate import Question, evaluate
from kg.store.pieces import whole_graphs
from kg.store.text.querytext import Bound
from kg.store.text.syntax import bad_query
from kg.terms import Triple

BATCH: Final = 100_000
"""Quads that are gathered before they are written."""
MANY: Final = 8
"""Writes of finished files after which a store is put together when it is sealed."""
_CLOSED = "the store is closed"

Graph = tuple[str, Sequence[Triple]]


class OxigraphStore:
    """A ``Store`` over pyoxigraph. Writing methods take turns; reading needs no lock."""

    elsewhere: Final = False

    def __init__(
        self,
        store: pyoxigraph.Store,
        *,
        base: str,
        home: Path | None = None,
        lock: int | None = None,
        read_only: bool = False,
    ) -> None:
        self.base = base
        self._open: pyoxigraph.Store | None = store
        self._home = home
        self._lock = lock
        self._read_only = read_only
        self._turn = threading.Lock()
        self._seal = folder.read_seal(home) if home else None
        self._version = folder.read_version(home) if home else folder.Version(0, 0)
        self._view = folder.read_view(home) if home else folder.Version(0, 0)
        self._seen = True
        self._files = 0

    @property
    def home(self) -> Path | None:
        """The folder it is in; None in memory."""
        return self._home

    @property
    def _store(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError(_CLOSED)
        return self._open

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, and only where writing is meant and the store is open."""
        if self._read_only:
            raise StoreError(f"the store at {self._home} was opened read-only")
        with self._turn:
            if self._open is None:
                raise StoreError(_CLOSED)
            yield

    def _begin(self, *, aside: bool = False) -> None:
        """Before anything is written: it is not what anybody has seen, nor (but for what is
        written aside) what was sealed."""
        if self._seen:
            self._version = self._version.next()
            if self._home:
                folder.write_version(self._home, self._version)
            self._seen = False
        if aside:
            return
        if self._seal is not None and self._home:
            folder.write_seal(self._home, None)
        self._seal = None

    def seal(self, text: str) -> None:
        """See ``Store.seal``. On disk everything written before it is flushed first.

        What large writes leave in many files that overlap is then put together: reading it
        becomes three times as fast (docs/decisions/0015-keys-and-join-orders.md).
        """
        with self._writing():
            if self._seal is None:
                self._view = self._view.next()
            if self._home:
                self._store.flush()
                folder.write_view(self._home, self._view)
                folder.write_seal(self._home, text)
                self._settle()
            self._seal = text

    def _settle(self) -> None:
        """Put finished files together once there are many."""
        if self._files >= MANY:
            self._store.optimize()
            self._files = 0

    def sealed(self) -> str | None:
        """See ``Store.sealed``."""
        return self._seal

    def view_id(self) -> str:
        """See ``Store.view_id``."""
        return "" if self._seal is None else self._view.id

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
        """See ``Queryable.query``. No deadline or limit here: that takes a worker."""
        pairs = tuple((bindings or {}).items())
        view = graph_iri(self.base, "view")
        asked = Question(text, view, pairs, dataset, table, graph, base=self.base)
        return evaluate(self._store, asked)

    def replace(self, graphs: Iterable[Graph]) -> None:
        """Put each graph in the place of what it held; see ``Store.replace``.

        A graph given twice ends as it was given last; an empty one is removed.
        """
        with self._writing():
            for batch in whole_graphs(graphs, no_blank_nodes, triples=BATCH):
                self._begin()
                self._files += quads.write(self._store, batch)

    def patch(self, graph: str, gone: Iterable[Triple], new: Iterable[Triple]) -> None:
        """See ``Store.patch``. From BULK new triples on it takes two steps and finished files."""
        out, put = list(gone), list(new)
        no_blank_nodes(graph, put)
        with self._writing():
            self._begin()
            if len(put) < quads.BULK:
                quads.change(self._store, {graph: (out, put)})
                return
            quads.take_out(self._store, graph, out)
            self._files += quads.put_in(self._store, graph, put)

    def turn(self, changes: Mapping[str, Change], *, seal: str) -> None:
        """See ``Store.turn``. One transaction; the seal stands, so nothing has to be mended."""
        for graph, (_, new) in changes.items():
            no_blank_nodes(graph, new)
        with self._writing():
            whole = self._seal == seal
            self._begin(aside=whole)
            if whole:
                self._view = self._view.next()
            if whole and self._home:
                folder.write_view(self._home, self._view)
            quads.change(self._store, changes)
        if not whole:
            self.seal(seal)

    def fill(self, graph: str, triples: Iterable[Triple]) -> None:
        """See ``Store.fill``. Memory does not grow with what is new, but with what was there."""
        with self._writing():
            self._begin()
            quads.empty(self._store, graph)
            self._files += quads.put_in(self._store, graph, triples)

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``."""
        with self._writing():
            self._begin(aside=aside)
            try:
                encoded(text)
                self._store.update(text)
            except SyntaxError as error:
                raise bad_query(str(error), text, Bound(text)) from None
            except RuntimeError as error:
                # A graph that is not there to be dropped or read, or already there to be created.
                kind = NotFound if "does not exist" in str(error) else BadQuery
                raise kind(f"the update cannot be carried out: {error}") from None
            except OSError as error:
                raise StoreError(f"the store cannot be written: {error}") from error

    def remove(self, graph: str) -> bool:
        """Drop a graph; whether it was there."""
        with self._writing():
            there = self._store.contains_named_graph(node(graph))
            if there:
                self._begin()
                quads.drop(self._store, graph)
            return there

    @contextlib.contextmanager
    def forgetting(self, *, later: bool = False) -> Iterator[None]:
        """See ``Store.forgetting``. All quads are written anew; of a store in memory nothing is."""
        if self._home is None:
            yield
            return
        rewrite.owe(self._home, True)
        # Where this fails, it may have been taken out all the same: it stays noted.
        yield
        if not later:
            self.forget(cut_off=False)

    def forget(self, *, cut_off: bool = True) -> None:
        """End a takedown, if there is one: one that was left for later, or was cut off."""
        if self._home is not None and not self._read_only and rewrite.owed(self._home):
            if cut_off:
                rewrite.drop_derived(self._home)
            self._forget(self._home)

    def _forget(self, home: Path) -> None:
        with self._writing():
            self._begin(aside=True)
            rewrite.copy(self._store, home)
            self._open = None
            rewrite.settle(home)
            self._open = pyoxigraph.Store(home / rewrite.QUADS)
            rewrite.owe(home, False)

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs())

    def read(self, graph: str) -> list[Triple]:
        """The triples of a graph, sorted; empty where there is none."""
        return sorted(quads.triples(self._store, graph))

    def size(self) -> int:
        """How many quads the store holds."""
        return len(self._store)

    def version(self) -> str:
        """The id that a snapshot taken now has."""
        return self._version.id

    def snapshot(self) -> Snapshot:
        """A copy, openable with ``pyoxigraph.Store.read_only``; see ``Store.snapshot``.

        On disk it stands in the store's folder and costs hard links; of a store in memory it
        is a full copy in the temporary folder.
        """
        with self._writing():
            place = Path(tempfile.mkdtemp(prefix=folder.SNAPSHOT, dir=self._home))
            try:
                self._copy_to(place)
            except (OSError, RuntimeError) as error:
                shutil.rmtree(place, ignore_errors=True)
                raise StoreError(f"no snapshot can be made at {place}: {error}") from error
            self._seen = True
            version = self._version
            return Snapshot(version.id, version.written, place, self.view_id())

    def _copy_to(self, place: Path) -> None:
        if self._home is not None:
            self._store.flush()
            place.rmdir()
            self._store.backup(place)
            return
        copy = pyoxigraph.Store(place)
        copy.bulk_load(self._store.dump(format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS)
        for graph in self._store.named_graphs():
            copy.add_graph(graph)
        copy.flush()

    def close(self) -> None:
        """Flush and let go of the store; a second call does nothing."""
        with self._turn:
            store, self._open = self._open, None
            lock, self._lock = self._lock, None
        if store is not None and self._home is not None and not self._read_only:
            store.flush()
        del store
        if lock is not None:
            os.close(lock)
