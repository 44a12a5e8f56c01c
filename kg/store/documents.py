"""RDF documents read as rows that may stand in an update: N-Triples, every term checked."""

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg import terms
from kg.errors import BadInput
from kg.store.evaluate import GRAPHS

_TAG: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_LABEL: Final = re.compile(r"[A-Za-z0-9]+")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def rows(body: bytes, media_type: str, base: str) -> Iterator[str]:
    """The triples of a document, a line each; blank nodes get labels of their own.

    ``media_type`` is one of ``kg.store.evaluate.GRAPHS``; relative IRIs are resolved against
    ``base``. Raises BadInput for what does not parse, and for triples in a named graph.

    >>> list(rows(b"<> <p> 1 .", "text/turtle", "http://x/a"))
    ['<http://x/a> <http://x/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\\n']
    """
    form = GRAPHS[media_type]
    try:
        for quad in ox.parse(body, format=form, base_iri=base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise BadInput(f"the document names a graph ({quad.graph_name}); send triples only")
            yield f"{_term(quad.subject)} {_term(quad.predicate)} {_term(quad.object)} .\n"
    except (SyntaxError, ValueError) as error:
        raise BadInput(f"the document is not {media_type}: {error}") from None


def _term(term: Term) -> str:
    """A term that ends where it ends, whatever a parser lets through."""
    if isinstance(term, ox.NamedNode):
        return terms.iri(term.value)
    if isinstance(term, ox.BlankNode):
        return f"_:{_whole(_LABEL, term.value)}"
    if isinstance(term, ox.Triple):
        return f"<<( {_term(term.subject)} {_term(term.predicate)} {_term(term.object)} )>>"
    text = terms.literal(term.value)
    if term.language is None:
        return f"{text}^^{terms.iri(term.datatype.value)}"
    direction = f"--{term.direction.value}" if term.direction is not None else ""
    return f"{text}@{_whole(_TAG, term.language)}{direction}"


def _whole(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} is no name of a language or blank node")
    return text
