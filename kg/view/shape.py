"""The view's own terms and triples."""

from collections.abc import Iterator
from typing import Final

from kg import iri
from kg.model import Link
from kg.terms import Triple, decimal, literal
from kg.terms import iri as iri_term
from kg.vocab import term

CANONICAL: Final = term("ck:canonical")
LABEL: Final = term("rdfs:label")
ALIAS: Final = term("skos:altLabel")
ABOUT: Final = term("ck:about")
TYPE: Final = term("rdf:type")
GEOMETRY: Final = term("geo:hasGeometry")

_LINK: Final = term("ck:Link")
_SUBJECT: Final = term("rdf:subject")
_OBJECT: Final = term("rdf:object")
_JUDGEMENT: Final = term("ck:judgement")
_SCORE: Final = term("ck:score")
_REASON: Final = term("ck:reason")
_BY: Final = term("prov:wasAttributedTo")


def link_triples(base: str, link: Link) -> Iterator[Triple]:
    """A link as a ck:Link."""
    node = f"<{iri.mint(base, 'link', link.subject, link.object)}>"
    yield node, TYPE, _LINK
    yield node, _SUBJECT, iri_term(link.subject)
    yield node, _OBJECT, iri_term(link.object)
    yield node, _JUDGEMENT, literal(link.judgement)
    yield node, _SCORE, decimal(link.score)
    yield node, _REASON, literal(link.reason)
    yield node, _BY, f"<{base}{link.by}>"
