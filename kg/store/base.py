"""What a store is: named graphs of triples, a query, and nothing of statements or events.

A store opens by a string: ``oxigraph:PATH`` (embedded, the default), ``memory:``, and later
``sparql:QUERY-URL``. Triples go in and come out as N-Triples text terms (``kg.terms``).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Literal, Protocol

from kg.terms import Triple

JSON: Final = "application/sparql-results+json"
NTRIPLES: Final = "application/n-triples"

Form = Literal["select", "ask", "construct"]
Change = tuple[Collection[Triple], Collection[Triple]]
"""Triples to take out of a graph, and to put in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's answer, already serialised.

    ``form`` says what was asked (DESCRIBE counts as construct), ``media_type`` what ``content``
    is: bytes, or a file open for reading where a worker has written a long one.
    """

    form: Form
    media_type: str
    content: bytes | BinaryIO

    @property
    def body(self) -> bytes:
        """The whole content; a file is read into memory and closed, so read it once."""
        if isinstance(self.content, bytes):
            return self.content
        with self.content as file:
            file.seek(0)
            return file.read()

    def whole(self) -> "Answer":
        """The same with its content in memory, to be read as often as one likes."""
        return replace(self, content=self.body)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Which graphs a query sees: IRIs. ``default`` is merged into the default graph;
    None is the graph without a name, as engines have it.

    ``named`` absent means: every named graph of the store can be asked with GRAPH.
    """

    default: tuple[str, ...] | None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A read-only copy of a store, in a folder.

    ``id`` changes when what the store holds may have changed, and with nothing else;
    ``written`` is when the last write began (seconds since 1970). ``view`` names the sealed view
    it holds (``Store.view_id``).
    """

    id: str
    written: float
    place: Path
    view: str = ""


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or a pool of workers over a snapshot."""

    base: str
    """The base IRI the store was made for."""

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
        """The answer to a SPARQL 1.1 query.

        ``bindings`` maps variable names (no ``?``) to N-Triples terms put in their place,
        typed, never pasted. ``dataset`` absent means the view as default graph, and every
        named graph, unless the query's own FROM says otherwise; a ``dataset`` given wins over
        FROM (SPARQL 1.1 Protocol, 2.1.4). ``table`` is the media type wanted for SELECT and
        ASK, ``graph`` the one for CONSTRUCT and DESCRIBE. ``all_rows`` asks for more rows than
        are answered otherwise: all that are within the bytes of an answer.

        Raises BadQuery (syntax, with line and column; SERVICE), LimitHit, StoreError.
        """


def _stays() -> bool:
    """Whoever asks from within does not go."""
    return False


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose query it is: whether they have gone, and the name of those who share their part.

    ``gone`` is asked now and then while a query runs; one that nobody waits for is ended.
    """

    gone: Callable[[], bool] = _stays
    client: str = ""


US: Final = Asker()
"""Whoever asks from within."""


class View(Queryable, Protocol):
    """One snapshot to ask, until it is closed."""

    snapshot: Snapshot

    @property
    def forgotten(self) -> bool:
        """Whether something was taken down since, so that nothing of it may be kept."""

    def close(self) -> None:
        """Let go of the snapshot. Twice is harmless."""


class Viewable(Protocol):
    """Anything that lets a snapshot be asked."""

    def view(self, snapshot: str | None = None, *, asker: Asker) -> View:
        """The newest snapshot, or the one of this id, for who asks.

        Raises Gone where that snapshot is not kept, StoreError.
        """


class Updatable(Protocol):
    """Anything that takes a SPARQL update: a store, or a pool of workers over one."""

    def update(self, text: str, *, aside: bool = False) -> None:
        """Carry out a SPARQL 1.1 update as it stands, whole or not at all.

        What it may touch is not asked here; ``aside`` says that it touches nothing a seal speaks
        of (``Store.seal``). Raises BadQuery, LimitHit, StoreError.
        """


class Service(Queryable, Updatable, Protocol):
    """What a server needs of a store, or of a pool of workers over one."""


class Store(Service, Protocol):
    """Named graphs of triples. Writing is atomic graph by graph."""

    @property
    def home(self) -> Path | None:
        """The folder it is in; None in memory, and of an engine elsewhere."""

    @property
    def elsewhere(self) -> bool:
        """Whether an engine holds it, which answers for itself: no index is kept beside it."""

    def replace(self, graphs: Iterable[tuple[str, Sequence[Triple]]]) -> None:
        """Put each graph (IRI, triples) in the place of what that graph held."""

    def patch(self, graph: str, gone: Iterable[Triple], new: Iterable[Triple]) -> None:
        """Take triples out of a graph and put others in; one transaction unless it is large."""

    def turn(self, changes: Mapping[str, Change], *, seal: str) -> None:
        """Take triples out of graphs and put others in: in all of them at once, where the store
        can, and sealed (``seal``) before and after.
        """

    def fill(self, graph: str, triples: Iterable[Triple]) -> None:
        """Write a graph anew, however large, in steps: one that fails leaves a part of it."""

    def remove(self, graph: str) -> bool:
        """Drop a graph; whether it was there."""

    def forgetting(self, *, later: bool = False) -> AbstractContextManager[None]:
        """While this is open something is taken out that is to leave no bytes behind.

        ``later`` leaves the bytes to whoever looks after them (``forget`` of a store in a folder).
        At its end there are none in the store's folder, nor if the process is killed meanwhile
        and the store opened once more. What an engine elsewhere keeps is the engine's.
        """

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""

    def read(self, graph: str) -> list[Triple]:
        """The triples of a graph, sorted; empty where there is none."""

    def size(self) -> int:
        """How many quads the store holds."""

    def seal(self, text: str) -> None:
        """Note that what the store holds is whole, and by what; any later write breaks it."""

    def sealed(self) -> str | None:
        """The note of the last ``seal``; None if anything was written since."""

    def view_id(self) -> str:
        """A name for what was sealed; nothing where anything was written since.

        It changes when the store is sealed after a write, and not when something is written aside.
        """

    def version(self) -> str:
        """The id that a snapshot taken now has."""

    def snapshot(self) -> Snapshot:
        """A read-only copy of the store as it is now, for workers; the caller removes it."""

    def close(self) -> None:
        """Flush and let go of the store."""
