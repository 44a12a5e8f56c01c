"""The graph in Python: ``kg.open("oxigraph:war.kg")``, then rows, tables, or an rdflib dataset."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

import rdflib

from kg import query as questions
from kg.closing import Closing
from kg.config import settings
from kg.errors import BadInput
from kg.opening import open_named
from kg.python.rdf import StoreOfKg
from kg.python.values import Row, Value, table_of, term_of
from kg.query import Question
from kg.query.saved import Saved, shelf
from kg.sparql import GRAPHS, TABLES
from kg.store import JSON, NTRIPLES, Answer, Store
from kg.vocab import PREFIXES

__all__ = ["FORMATS", "KnowledgeGraph", "Row", "Value", "open"]

FORMATS: Final[Mapping[str, str]] = {**TABLES, **GRAPHS}
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
    held = open_named(found, read_only=not writable)
    return KnowledgeGraph(held, writable=writable, saved=Saved(shelf(found.store)))


class KnowledgeGraph(Closing):
    """An open store. Use it with ``with``, or close it."""

    def __init__(self, store: Store, *, writable: bool = False, saved: Saved | None = None) -> None:
        self.store = store
        self._writable = writable
        self._saved = saved or Saved({})

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
        """What a named or saved question says (``questions`` lists them); ``as_`` as in ``query``.

        Raises NotFound for a name that is none, BadInput for a parameter it does not take.
        """
        given = {key.rstrip("_"): str(value) for key, value in parameters.items()}
        asked = self._saved.load(name)
        return _given(as_, lambda table, _: questions.ask(self.store, asked, given, table=table))

    def questions(self) -> tuple[Question, ...]:
        """The named and the saved questions, with what they ask and the parameters they take."""
        return (*map(questions.load, questions.names()), *self._saved.all())


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
