"""The graph in Python: ``kg.open("oxigraph:war.kg")``, then rows, tables, or an rdflib dataset."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from types import TracebackType
from typing import Any, Final, Self

import rdflib

from kg import query as questions
from kg.config import settings
from kg.errors import BadInput
from kg.opening import open_named
from kg.python.rdf import StoreOfKg
from kg.python.values import Row, Value, table_of, term_of
from kg.query import Question
from kg.store import JSON, NTRIPLES, Answer, Store
from kg.vocab import PREFIXES

__all__ = ["FORMATS", "KnowledgeGraph", "Row", "Value", "open"]

FORMATS: Final[Mapping[str, str]] = {
    "json": JSON,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "ntriples": NTRIPLES,
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""Short names of what comes as bytes; a media type does as well."""


def open(
    spec: str | None = None, *, base: str | None = None, writable: bool = False
) -> "KnowledgeGraph":
    """Open a store for Python, read-only unless ``writable``.

    ``spec`` and ``base`` are those of ``--store`` and ``KG_BASE_IRI``; what is not given comes from
    the environment. Raises StoreError where there is no such store.

    >>> with open("memory:") as graph:
    ...     graph.query("SELECT (1 + 1 AS ?two) {}")
    [{'two': 2}]
    """
    found = settings()
    found = replace(found, store=spec or found.store, base=base or found.base)
    return KnowledgeGraph(open_named(found, read_only=not writable), writable=writable)


class KnowledgeGraph:
    """An open store. Use it with ``with``, or close it."""

    def __init__(self, store: Store, *, writable: bool = False) -> None:
        self.store = store
        self._writable = writable

    def __enter__(self) -> Self:
        """The graph itself; leaving closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the store. Twice is harmless."""
        self.store.close()

    def dataset(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset; its default graph is the view.

        Nothing is copied: patterns and queries are the engine's to answer.
        """
        made = rdflib.Dataset(store=StoreOfKg(self.store, writable=self._writable))
        for prefix, namespace in PREFIXES.items():
            made.bind(prefix, namespace)
        return made

    def query(self, text: str, /, as_: str = "rows", **parameters: object) -> Any:
        """What a SPARQL query says.

        ``parameters`` are bound to the variables of their names, typed and never pasted; ``as_``
        is ``rows`` (a list of rows for SELECT, True or False for ASK, an rdflib graph for CONSTRUCT
        and DESCRIBE), ``pandas`` (a DataFrame), or for bytes one of FORMATS or a media type.
        Raises BadQuery (an update too: ``dataset().update`` is for those), BadInput, LimitHit.
        """
        bindings = {name: term_of(value) for name, value in parameters.items()}
        return _given(
            as_,
            lambda table, graph: self.store.query(
                text, bindings=bindings, table=table, graph=graph
            ),
        )

    def ask(self, name: str, /, as_: str = "rows", **parameters: object) -> Any:
        """What a named question says (``questions`` lists them); ``as_`` as in ``query``.

        Raises NotFound for a name that is none, BadInput for a parameter it does not take.
        """
        given = {key.rstrip("_"): str(value) for key, value in parameters.items()}
        return _given(as_, lambda table, _: questions.run(self.store, name, given, table=table))

    def questions(self) -> tuple[Question, ...]:
        """The named questions, with what they ask and the parameters they take."""
        return tuple(questions.load(name) for name in questions.names())


def _given(as_: str, answered: Any) -> Any:
    """An answer in the form that is wanted of it."""
    if as_ not in ("rows", "pandas"):
        media_type = FORMATS.get(as_, as_)
        answer: Answer = answered(media_type, media_type)
        return answer.body
    answer = answered(JSON, NTRIPLES)
    if as_ == "pandas":
        return _frame(answer)
    if answer.form == "construct":
        return rdflib.Graph().parse(data=answer.body, format="nt")
    if answer.form == "ask":
        return b"true" in answer.body
    return table_of(answer.body)[1]


def _frame(answer: Answer) -> Any:
    if answer.form != "select":
        raise BadInput("only the rows of a SELECT make a table")
    try:
        pandas = import_module("pandas")
    except ImportError:
        raise BadInput("there is no pandas here: pip install pandas, or take as_='rows'") from None
    columns, rows = table_of(answer.body)
    return pandas.DataFrame(rows, columns=columns)
