"""A user's SPARQL update made ready for the store: judged, and written anew.

The engine never sees a user's text. It sees one written here, a token a line, with absolute IRIs,
no comments, prefixes or escapes; the guard has read these very tokens (``docs/decisions/
0012-what-users-may-write.md``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg import terms
from kg.errors import BadInput, BadQuery, Unsupported
from kg.iri import graph_iri
from kg.store.base import Dataset
from kg.store.federation import Ask, carried_out
from kg.store.text import guard
from kg.store.text.querytext import position, require_shallow
from kg.store.text.updatetext import Operation, Token, operations, told
from kg.store.text.written import Written, written

Load = Callable[[str], str]
"""Fetches the document at an IRI as lines of N-Triples; raises BadInput or Forbidden."""

_LOAD: Final = re.compile(r"LOAD (SILENT )?iri( INTO GRAPH iri)?")


@dataclass(frozen=True, slots=True)
class Rights:
    """What updates may do: ``base`` is the store's base IRI, ``own`` keeps them to users' graphs.

    ``load`` fetches for LOAD and ``ask`` asks for SERVICE; without them nobody is asked.
    """

    base: str
    own: bool = True
    load: Load | None = None
    ask: Ask | None = None


def prepare(text: str, rights: Rights, *, endpoint: str, using: Dataset | None = None) -> Written:
    """An update made ready, if these rights allow it.

    ``endpoint`` is the IRI that relative ones are resolved against, ``using`` the dataset of the
    request (SPARQL 1.1 Protocol, 2.2.3). Raises BadQuery, and Forbidden for a graph that is kept.

    >>> mine = Rights("http://x/")
    >>> prepare("PREFIX y: <http://y/> CREATE GRAPH y:g # mine", mine, endpoint="http://x/").text
    'CREATE\\nGRAPH\\n<http://y/g>\\n'
    """
    maker = _Maker(text, rights, using)
    found = operations(text, endpoint)
    made = written([one for one in map(maker.made, found) if one], text)
    try:
        require_shallow(made.text)
    except BadQuery as error:
        raise made.located(error) from None
    return made


class _Maker:
    """Judges and rewrites the operations of one update."""

    def __init__(self, text: str, rights: Rights, using: Dataset | None) -> None:
        self._text = text
        self._rights = rights
        self._view = f"<{graph_iri(rights.base, 'view')}>"
        self._using = using

    def made(self, operation: Operation) -> Operation:
        """The operation as the store is given it; an empty one does nothing."""
        if operation[0].word == "LOAD":
            return self._loaded(operation)
        self._check(operation)
        local = carried_out(operation, self._rights.ask, self._text)
        return self._over_its_dataset(local)

    def _check(self, operation: Operation) -> None:
        if self._rights.own:
            guard.check(operation, self._rights.base, self._text)

    def _loaded(self, operation: Operation) -> Operation:
        """LOAD as the INSERT DATA of what it loads; the engine itself fetches nothing."""
        shape = _LOAD.fullmatch(" ".join(token.word or token.kind for token in operation))
        if shape is None:
            raise told(self._text, operation[0].start, "write LOAD <…> INTO GRAPH <…>")
        source = operation[2 if shape[1] else 1]
        graph = operation[-1].text if shape[2] else ""
        self._check(_insert(graph, "", source.start))
        try:
            return _insert(graph, self._fetched(source), source.start)
        except BadInput:
            if shape[1]:
                return ()
            raise

    def _fetched(self, source: Token) -> str:
        if self._rights.load is None:
            raise self._refused(source, "fetch it yourself and send it to /graphs")
        return self._rights.load(source.text[1:-1])

    def _refused(self, token: Token, instead: str) -> Unsupported:
        line, column = position(self._text, token.start)
        said = f"{token.text} at line {line}, column {column}: updates may not call other servers"
        return Unsupported(f"{said}; {instead}", line=line, column=column)

    def _over_its_dataset(self, operation: Operation) -> Operation:
        """With the default graph that the request, or this service, gives it to read."""
        words = _outer(operation)
        if self._using and (named := words.keys() & {"WITH", "USING"}):
            start = operation[words[min(named)]].start
            what = "the request names the dataset (using-graph-uri); the update may not as well"
            raise told(self._text, start, what)
        if self._rights.own and words.keys() & {"COPY", "ADD"}:
            return self._from_view(operation)
        if "WHERE" not in words:
            return operation
        if self._using:
            return _using(operation, words["WHERE"], self._using)
        if self._rights.own and not words.keys() & {"WITH", "USING"} and words["WHERE"] > 1:
            # WITH, not USING: every named graph stays in sight. It names no graph that is written,
            # for the guard lets nothing stand outside GRAPH.
            return (*_tokens(operation[0].start, f"WITH {self._view}"), *operation)
        return operation

    def _from_view(self, operation: Operation) -> Operation:
        return tuple(
            made
            for token in operation
            for made in (
                _tokens(token.start, f"GRAPH {self._view}") if token.word == "DEFAULT" else (token,)
            )
        )


def _outer(operation: Operation) -> dict[str, int]:
    """Where each keyword first stands outside all braces."""
    found: dict[str, int] = {}
    depth = 0
    for at, token in enumerate(operation):
        depth += token.depth
        if not depth and token.word:
            found.setdefault(token.word, at)
    return found


def _using(operation: Operation, where: int, using: Dataset) -> Operation:
    """A modification over the graphs of the request; ``where`` is the place of its WHERE."""
    start = operation[where].start
    default = [f"USING {_graph(graph)}" for graph in using.default or ()]
    named = [f"USING NAMED {_graph(graph)}" for graph in using.named or ()]
    before, after = operation[:where], operation[where:]
    if where == 1:
        # DELETE WHERE {…} takes no USING; its long form does.
        before = (*before, *after[1:])
    return (*before, *_tokens(start, " ".join([*default, *named])), *after)


def _graph(iri: str) -> str:
    try:
        return terms.iri(ox.NamedNode(iri).value)
    except ValueError as error:
        raise BadQuery(f"the dataset has a graph that is no absolute IRI: {error}") from None


def _insert(graph: str, rows: str, start: int) -> Operation:
    """INSERT DATA of rows of N-Triples into a graph (an IRI in <>), or the default graph."""
    head, tail = (f"GRAPH {graph} {{", "} }") if graph else ("", "}")
    before, after = _tokens(start, f"INSERT DATA {{ {head}"), _tokens(start, tail)
    return (*before, Token("rows", rows, start), *after)


def _tokens(start: int, text: str) -> Operation:
    """The words, IRIs and braces of a text made here, in the place of what stood at ``start``."""
    kinds = {"<": "iri", "{": "mark", "}": "mark"}
    return tuple(Token(kinds.get(one[0], "word"), one, start) for one in text.split())
