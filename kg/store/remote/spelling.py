"""How terms come back from an engine, and how they must be written so that nothing is lost.

Two kinds of change are undone here, both without loss. An engine that writes a boolean as 1 or 0
means true or false. An engine that reads well-known text (GeoSPARQL's ``wktLiteral``) as a shape
gives back rounded numbers: for it such a literal is kept under a datatype of ours, and gets its
own back when it is read. Any other change of a term that articles are made of is refused when the
store is made (``kg.store.remote.probe``).
"""

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat

from kg.errors import EngineError
from kg.terms import XSD

WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
KEPT: Final = "https://w3id.org/conflict-kg/store#wktLiteral"
"""The datatype under which an engine that would round it keeps well-known text."""

_BOOLEAN: Final = re.escape(f"{XSD}boolean".encode())
_NUMBER_AS_BOOLEAN: Final = re.compile(
    rb'("datatype"\s*:\s*"%b"\s*,\s*"value"\s*:\s*)"([01])"' % _BOOLEAN
)
_BOOLEAN_AS_NUMBER: Final = re.compile(
    rb'("value"\s*:\s*)"([01])"(?=\s*,\s*"datatype"\s*:\s*"%b")' % _BOOLEAN
)
_KEPT_IN_JSON: Final = re.compile(rb'("datatype"\s*:\s*)"%b"' % re.escape(KEPT.encode()))
_NUMBER_IN_LINES: Final = re.compile(rb'"([01])"(\^\^<%b> \.)$' % _BOOLEAN, re.MULTILINE)
_KEPT_IN_LINES: Final = re.compile(rb'"\^\^<%b> \.$' % re.escape(KEPT.encode()), re.MULTILINE)
_WRITTEN: Final = re.compile(rf'"\^\^<{re.escape(WKT)}>$')


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one engine wants terms; ``keeps`` says that it would change well-known text."""

    keeps: bool = False

    def out(self, term: str) -> str:
        """A term as it is sent.

        >>> Spelling(keeps=True).out(f'"POINT(1 2)"^^<{WKT}>')
        '"POINT(1 2)"^^<https://w3id.org/conflict-kg/store#wktLiteral>'
        """
        return _WRITTEN.sub(f'"^^<{KEPT}>', term) if self.keeps else term

    def table(self, body: bytes) -> bytes:
        """SPARQL JSON with its terms as they were written.

        A quotation mark inside a string is escaped, so what is looked for stands in no text.
        """
        body = _NUMBER_AS_BOOLEAN.sub(_true_or_false, body)
        body = _BOOLEAN_AS_NUMBER.sub(_true_or_false, body)
        return _KEPT_IN_JSON.sub(rb'\1"%b"' % WKT.encode(), body) if self.keeps else body

    def lines(self, body: bytes, media_type: str = RdfFormat.N_TRIPLES.media_type) -> bytes:
        """RDF in any format that can be read as canonical N-Triples, in no order.

        Raises EngineError for what does not parse.
        """
        try:
            read = pyoxigraph.parse(body, format=RdfFormat.from_media_type(media_type))
            found = pyoxigraph.serialize((quad.triple for quad in read), format=RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            raise EngineError(f"the engine's answer is no {media_type}: {error}") from error
        found = _NUMBER_IN_LINES.sub(_lexical, found or b"")
        return _KEPT_IN_LINES.sub(rb'"^^<%b> .' % WKT.encode(), found) if self.keeps else found


def _true_or_false(found: re.Match[bytes]) -> bytes:
    return found[1] + (b'"true"' if found[2] == b"1" else b'"false"')


def _lexical(found: re.Match[bytes]) -> bytes:
    return (b'"true"' if found[1] == b"1" else b'"false"') + found[2]


def objects(table: bytes) -> list[str]:
    """The terms of the column ``o`` of SPARQL JSON, as N-Triples."""
    found = pyoxigraph.parse_query_results(table, QueryResultsFormat.JSON)
    return [str(row["o"]) for row in found] if isinstance(found, QuerySolutions) else []
