"""The view's own terms and triples."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kg import iri
from kg.model import LINKER, Link
from kg.terms import Triple, boolean, decimal, literal
from kg.vocab import term

CANONICAL: Final = term("ck:canonical")
LABEL: Final = term("rdfs:label")
ALIAS: Final = term("skos:altLabel")
ABOUT: Final = term("ck:about")
TYPE: Final = term("rdf:type")
GEOMETRY: Final = term("geo:hasGeometry")
GEOMETRY_END: Final = "#geometry>"
PARTS: Final = ("", "#geometry", "#killed", "#injured")
"""A canonical node's own IRI and those of its parts, as endings."""

LINK: Final = term("ck:Link")
CONTESTED: Final = term("ck:contested")
REVIEW: Final = term("ck:review")
SUBJECT: Final = term("rdf:subject")
_OBJECT: Final = term("rdf:object")
_JUDGEMENT: Final = term("ck:judgement")
_SCORE: Final = term("ck:score")
_REASON: Final = term("ck:reason")
_BY: Final = term("prov:wasAttributedTo")


def link_triples(base: str, link: Link) -> Iterator[Triple]:
    """A link as a ck:Link; each person's is one of its own."""
    machine = link.by == LINKER
    key = (link.subject, link.object) if machine else (link.subject, link.object, link.by)
    node = f"<{iri.mint(base, 'link', *key)}>"
    yield node, TYPE, LINK
    yield node, SUBJECT, f"<{link.subject}>"
    yield node, _OBJECT, f"<{link.object}>"
    yield node, _BY, f"<{base}{link.by}>" if machine else f"<{iri.reviewer_iri(base, link.by)}>"
    if link.contested:
        yield node, CONTESTED, boolean(True)
    yield from (
        (node, name, words) for name, words in _said(link.judgement, link.score, link.reason)
    )


@cache
def _said(judgement: str, score: float, reason: str) -> tuple[tuple[str, str], ...]:
    """What a rule says of every pair it links: there are few rules."""
    return (
        (_JUDGEMENT, literal(judgement)),
        (_REASON, literal(reason)),
        (_SCORE, decimal(score)),
    )
