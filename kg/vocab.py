"""Names of the vocabulary, and the code lists of ``ontology/concepts.ttl``.

The constants are terms (``<IRI>``), ready for a triple. The code lists are read from the
ontology, their only home: an act, event type, mode, context, factuality or sector that is not
there does not exist.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import terms

CK: Final = "https://w3id.org/conflict-kg#"
CODES: Final = "https://w3id.org/conflict-kg/"
PREFIXES: Final = {
    "ck": CK,
    "act": CODES + "act/",
    "type": CODES + "event-type/",
    "mode": CODES + "mode/",
    "fact": CODES + "factuality/",
    "context": CODES + "context/",
    "sector": CODES + "sector/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": terms.XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "org": "http://www.w3.org/ns/org#",
    "geo": "http://www.opengis.net/ont/geosparql#",
}


def term(name: str) -> str:
    """A prefixed name as a term.

    >>> term("ck:speaker")
    '<https://w3id.org/conflict-kg#speaker>'
    """
    prefix, local = name.split(":", 1)
    return f"<{PREFIXES[prefix]}{local}>"


def code(scheme: str, notation: str) -> str:
    """A code as a term; the mode of an event type is ``code("mode", "ACCUSE/investigate")``.

    >>> code("act", "request")
    '<https://w3id.org/conflict-kg/act/request>'
    """
    return f"<{CODES}{scheme}/{notation}>"


def notation(iri: str) -> str:
    """The bare code at the end of a code's IRI or term.

    >>> notation("<https://w3id.org/conflict-kg/mode/ACCUSE/investigate>")
    'investigate'
    """
    return iri.strip("<>").rsplit("/", 1)[-1]


def ontology_dir() -> Path:
    """Where the ontology files are: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    packed = here / "_ontology"
    return packed if packed.is_dir() else here.parent / "ontology"


@dataclass(frozen=True, slots=True)
class Concept:
    """One code: its scheme, notation ("request", "ACCUSE/investigate"), label and definition.

    ``quad`` is the quad class of an event type; ``matches`` are skos:closeMatch IRIs,
    ``wider`` those of skos:broadMatch.
    """

    scheme: str
    notation: str
    label: str
    definition: str
    quad: str | None = None
    matches: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()


@cache
def concepts() -> dict[str, dict[str, Concept]]:
    """Scheme → notation → concept, each in the order of its notation."""
    found: dict[str, dict[str, Concept]] = {}
    store = ox.Store()
    store.load(path=str(ontology_dir() / "concepts.ttl"), format=ox.RdfFormat.TURTLE)
    for iri in sorted(
        quad.subject.value
        for quad in store.quads_for_pattern(None, _node("rdf:type"), _node("skos:Concept"), None)
        if isinstance(quad.subject, ox.NamedNode)
    ):
        scheme, _, local = iri.removeprefix(CODES).partition("/")
        quad = _objects(store, iri, "ck:quadClass")
        found.setdefault(scheme, {})[local] = Concept(
            scheme=scheme,
            notation=local,
            label=_objects(store, iri, "skos:prefLabel")[0],
            definition=_objects(store, iri, "skos:definition")[0],
            quad=notation(quad[0]) if quad else None,
            matches=tuple(sorted(_objects(store, iri, "skos:closeMatch"))),
            wider=tuple(sorted(_objects(store, iri, "skos:broadMatch"))),
        )
    return found


def codes(scheme: str) -> tuple[str, ...]:
    """The notations of a scheme: act, event-type, mode, context, factuality, sector, quad-class."""
    return tuple(concepts()[scheme])


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(term(name)[1:-1])


def _objects(store: ox.Store, iri: str, predicate: str) -> list[str]:
    found = store.quads_for_pattern(ox.NamedNode(iri), _node(predicate), None, None)
    return [
        quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)
    ]
