"""One SPARQL question put to a pyoxigraph store: the same code in a server and in a worker.

Results are written in Rust, straight into the media type wanted; Python only counts rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final, Protocol, TypeVar

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from kg.errors import BadQuery, LimitHit, NoFormat, StoreError, Unsupported
from kg.store import csvtable
from kg.store.base import JSON, NTRIPLES, Answer, Dataset, Form
from kg.store.text import querytext
from kg.store.text.mend import mended
from kg.store.text.syntax import bad_query, parsed

CSV: Final = "text/csv"
TABLES: Final[Mapping[str, QueryResultsFormat]] = {
    JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    CSV: QueryResultsFormat.TSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media types of SELECT and ASK answers, and what the engine writes for each.

Not CSV for CSV: the engine leaves IRIs that hold a comma unquoted (``csvtable``).
"""

GRAPHS: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    NTRIPLES: RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Media types of CONSTRUCT and DESCRIBE answers."""

_ROW_MARKS: Final[Mapping[str, tuple[bytes, ...]]] = {
    JSON: (b'},{"', b",{}"),
    "application/sparql-results+xml": (b"<result>",),
}
"""What stands between or before rows, and hardly ever in a literal, where a quotation mark or an
angle bracket is escaped. The second in JSON is a row in which nothing is bound.
"""
_LINE: Final = (b"\n",)
_HEADER_LINES: Final = {CSV: 1, "text/tab-separated-values": 1, JSON: -1}
"""Marks that are no rows; in JSON they stand between rows, so there is one less than rows."""
_F = TypeVar("_F")

Spool = Callable[[], BinaryIO]
SPOOLED: Final = 1_000_000
"""Bytes of an answer from which on it is written to a file, where that can be."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query text with everything that decides its answer.

    ``view`` is the IRI of the default graph when neither the query nor ``dataset`` names one.
    ``table`` and ``graph`` are the media types wanted for the two kinds of answer; only that of
    the kind it turns out to be must be one there is. ``rows`` is the most rows of a table (or
    lines of a graph) that are answered, ``bytes`` the longest answer. Relative IRIs are resolved
    against ``base``; without one they are errors.
    """

    text: str
    view: str
    bindings: tuple[tuple[str, str], ...] = ()
    dataset: Dataset | None = None
    table: str = JSON
    graph: str = NTRIPLES
    rows: int | None = None
    bytes: int | None = None
    base: str | None = None


class Source(Protocol):
    """What answers a query as pyoxigraph does: its store, or another engine spoken to."""

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        default_graph: Any = None,
        named_graphs: Any = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """See ``pyoxigraph.Store.query``."""


def evaluate(store: Source, question: Question, spool: Spool | None = None) -> Answer:
    """The answer of this store; see ``Queryable.query`` for what it raises.

    ``spool`` makes the file that an answer of more than SPOOLED bytes goes into.
    """
    querytext.require_shallow(question.text)
    bound = querytext.bind(question.text, dict(question.bindings))
    _refuse_service(question.text, bound, question.base)
    result = _run(store, bound, question)
    if isinstance(result, QueryTriples):
        meter = _Meter("", question, spool)
        graph = _format(GRAPHS, question.graph, "construct")
        return Answer("construct", question.graph, _written(result, graph, meter))
    form: Form = "select" if isinstance(result, QuerySolutions) else "ask"
    table = _format(TABLES, question.table, form)
    if form != "select" or question.table != CSV:
        meter = _Meter(question.table, question, spool)
        return Answer(form, question.table, _written(result, table, meter))
    told = Answer(form, CSV, _written(result, table, _Meter(CSV, question, None))).body
    whole = _Meter("", replace(question, rows=None), spool)
    whole.write(csvtable.from_tsv(told))
    return Answer(form, question.table, whole.content)


def _format(known: Mapping[str, _F], media_type: str, form: Form) -> _F:
    if media_type not in known:
        said = f"{media_type!r} is no format of this query's answer; there are {', '.join(known)}"
        raise NoFormat(said, form=form)
    return known[media_type]


def _written(
    result: QuerySolutions | QueryBoolean | QueryTriples,
    form: RdfFormat | QueryResultsFormat,
    meter: "_Meter",
) -> bytes | BinaryIO:
    try:
        result.serialize(meter, format=form)  # type: ignore[arg-type]
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the query failed while it was answered: {error}") from error
    return meter.content


def _run(
    store: Source, bound: querytext.Bound, question: Question
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The engine's lazy result over the dataset the question means."""
    dataset = question.dataset
    if dataset is None and not querytext.names_dataset(question.text):
        dataset = Dataset((question.view,))
    default = _nodes(dataset.default) if dataset and dataset.default is not None else None
    named = None if dataset is None or dataset.named is None else _nodes(dataset.named)

    def run(text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        return store.query(
            text,
            base_iri=question.base,
            default_graph=default,
            named_graphs=named,
        )

    def variables() -> list[str]:
        found = parsed(bound.text, question.base)
        return [one.value for one in found.variables] if isinstance(found, QuerySolutions) else []

    def known(prologue: str, term: str) -> bool:
        there = run(f"{prologue} ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} }}")
        return isinstance(there, QueryBoolean) and bool(there)

    try:
        if not isinstance(store, Store):
            return run(bound.text)
        try:
            return run(mended(bound.text, variables, known))
        except SyntaxError:
            # What is wrong is told of the text as it was written.
            return run(bound.text)
        except Unsupported:
            parsed(bound.text, question.base)
            raise
    except SyntaxError as error:
        querytext.require_query(question.text)
        raise bad_query(str(error), question.text, bound) from None
    except RuntimeError as error:
        raise Unsupported(f"the query cannot be evaluated: {error}") from None
    except OSError as error:
        raise StoreError(f"the store cannot be read: {error}") from error


def _nodes(iris: tuple[str, ...]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise BadQuery(f"the dataset has a graph that is no absolute IRI: {error}") from None


def _refuse_service(text: str, bound: querytext.Bound, base: str | None) -> None:
    """No query makes this machine call another one."""
    masked = querytext.without_service(bound.text)
    if masked is None:
        return
    at = querytext.calls_service(text)
    try:
        parsed(masked if at is None else querytext.local_service(bound.text), base)
    except SyntaxError as error:
        raise bad_query(str(error), text, bound) from None
    if at is None:
        return
    raise Unsupported(
        f"SERVICE at line {at[0]}, column {at[1]}: queries may not call other servers; "
        "ask the other endpoint yourself and pass what it says in VALUES",
        line=at[0],
        column=at[1],
    )


class _Meter:
    """The writer an answer goes into; it stops one that has too many rows or bytes."""

    def __init__(self, table: str, question: Question, spool: Spool | None) -> None:
        self._body = bytearray()
        self._file: BinaryIO | None = None
        self._spool = spool
        self._written = 0
        self._marks = _ROW_MARKS.get(table, _LINE)
        self._kept = max(map(len, self._marks)) - 1
        self._rows = question.rows
        self._bytes = question.bytes
        self._seen = -_HEADER_LINES.get(table, 0)

    def write(self, data: bytes) -> int:
        """Take the next piece. A row mark cut in two by the pieces is counted once."""
        if self._rows is not None:
            for mark in self._marks:
                overlap = bytes(self._body[max(0, len(self._body) - len(mark) + 1) :])
                self._seen += (overlap + data).count(mark)
            if self._seen > self._rows:
                raise LimitHit(
                    f"the answer has more than {self._rows} rows; add LIMIT and OFFSET, "
                    "or ask for less at a time",
                    limit="query_rows",
                    value=self._rows,
                )
        self._body += data
        self._written += len(data)
        if self._bytes is not None and self._written > self._bytes:
            raise LimitHit(
                f"the answer has more than {self._bytes} bytes; add LIMIT and OFFSET, or ask for "
                "less at a time",
                limit="query_bytes",
                value=self._bytes,
            )
        if self._spool and len(self._body) > SPOOLED:
            self._put_away(self._spool)
        return len(data)

    @property
    def content(self) -> bytes | BinaryIO:
        """What was written, whole."""
        if self._file is None:
            return bytes(self._body)
        self._file.write(self._body)
        self._body.clear()
        return self._file

    def _put_away(self, spool: Spool) -> None:
        """Into the file, but for what a row mark may begin in."""
        self._file = self._file or spool()
        end = len(self._body) - self._kept
        self._file.write(memoryview(self._body)[:end])
        self._body = self._body[end:]

    def flush(self) -> None:
        """Nothing waits here."""
