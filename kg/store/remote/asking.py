"""An engine asked as if it were pyoxigraph's store, so that every answer is made alike.

The query is parsed here first, so that a mistake is told as it is for an embedded store. What the
engine answers is read back in Rust, its terms as they were written, and serialised here.
"""

from collections.abc import Callable, Sequence
from typing import Final

import pyoxigraph
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.errors import EngineError
from kg.store.remote.dialect import put
from kg.store.remote.engine import Engine
from kg.store.remote.spelling import Spelling
from kg.store.text.querytext import form
from kg.store.text.syntax import parsed

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Asking:
    """A ``Source`` of answers (``kg.store.evaluate``) in an engine."""

    def __init__(
        self,
        engine: Engine,
        spelling: Spelling,
        *,
        hidden: Sequence[str],
        graphs: Callable[[], Sequence[str]],
    ) -> None:
        self._engine = engine
        self._spelling = spelling
        self._hidden = hidden
        self._graphs = graphs

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        default_graph: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The engine's answer. Raises SyntaxError, and what ``Engine.ask`` raises."""
        parsed(query, base_iri)
        graph = form(query) == "construct"
        request = put(
            query if base_iri is None else f"BASE <{base_iri}>\n{query}",
            None if default_graph is None else [node.value for node in default_graph],
            None if named_graphs is None else [node.value for node in named_graphs],
            hidden=self._hidden,
            graphs=self._graphs,
        )
        reply = self._engine.ask(request, graph=graph)
        if graph:
            return _triples(self._spelling.lines(reply.body, reply.type))
        try:
            return pyoxigraph.parse_query_results(
                self._spelling.table(reply.body), QueryResultsFormat.JSON
            )
        except (SyntaxError, ValueError) as error:
            said = f"{error}: {reply.said(80)}"
            raise EngineError(f"the engine's answer is no whole SPARQL JSON: {said}") from error


def _triples(lines: bytes) -> QueryTriples:
    held = pyoxigraph.Store()
    held.load(lines, format=RdfFormat.N_TRIPLES)
    found = held.query(_ALL)
    if not isinstance(found, QueryTriples):
        raise TypeError("a CONSTRUCT gives triples")
    return found
