"""What is checked before a store writes: terms, graph names, and text that can be encoded."""

from collections import deque
from collections.abc import Iterable, Sequence

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from kg.errors import StoreError
from kg.terms import Triple


def no_blank_nodes(graph: str, triples: Iterable[Triple]) -> None:
    """Raise StoreError for a blank node: nothing could lead back to it."""
    for triple in triples:
        if triple[0][:1] == "_" or triple[2][:1] == "_":
            raise StoreError(f"a blank node in graph {graph}: {' '.join(triple)}; give it an IRI")


def encoded(text: str) -> bytes:
    """The text in UTF-8; StoreError for a lone surrogate, which no store can hold."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"text that no store can hold (a lone surrogate): {error}") from error


def node(graph: str) -> NamedNode:
    """The name of a graph; StoreError for what is no absolute IRI."""
    try:
        return NamedNode(graph)
    except ValueError as error:
        raise StoreError(f"not a graph IRI: {graph!r}: {error}") from error


def triples_of(graph: str, triples: Sequence[Triple]) -> bytes:
    """A graph as N-Triples, checked whole before a byte of it is sent anywhere."""
    node(graph)
    no_blank_nodes(graph, triples)
    text = encoded("".join([f"{s} {p} {o} .\n" for s, p, o in triples]))
    try:
        deque(pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES), maxlen=0)
    except SyntaxError as error:
        raise StoreError(f"not N-Triples, in graph {graph}: {error}") from error
    return text
