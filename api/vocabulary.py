"""``/vocabulary.json``: what a query can be written with, for the completion of an editor.

Classes, properties and codes with their labels and meanings, out of the ontology, and the prefixes
they are written by.
"""

import json
from functools import cache
from typing import Final, TypedDict

import pyoxigraph as ox
from flask import Blueprint, Response

from api.face import as_json
from api.routes import json as answer
from api.routes import route
from api.tables import curie
from kg.vocab import CODES, PREFIXES, concepts, ontology_dir

blueprint = Blueprint("vocabulary", __name__)

KINDS: Final = {"Class": "class", "ObjectProperty": "property", "DatatypeProperty": "property"}
_OWL: Final = "http://www.w3.org/2002/07/owl#"


class Word(TypedDict):
    """A class, a property or a code: as a query writes it, what it is called and means."""

    term: str
    kind: str
    label: str
    meaning: str


class Vocabulary(TypedDict):
    """What a query can be written with."""

    prefixes: dict[str, str]
    words: list[Word]


@route(blueprint, "/vocabulary.json", answers=answer(Vocabulary), tag="sparql")
def vocabulary() -> Response:
    """Classes, properties, codes and prefixes that queries are written with."""
    return as_json(whole())


@cache
def whole() -> Vocabulary:
    """The vocabulary, in the order of its terms."""
    found = {one["term"]: one for one in (*_borrowed(), *_codes(), *_ours())}
    return {"prefixes": dict(PREFIXES), "words": [found[term] for term in sorted(found)]}


def _ours() -> list[Word]:
    """Classes and properties that kg.ttl declares."""
    store = ox.Store()
    store.load(path=str(ontology_dir() / "kg.ttl"), format=ox.RdfFormat.TURTLE)
    return [
        {
            "term": curie(quad.subject.value),
            "kind": KINDS[quad.object.value.removeprefix(_OWL)],
            "label": _text(store, quad.subject, "label"),
            "meaning": _text(store, quad.subject, "comment"),
        }
        for quad in store.quads_for_pattern(None, ox.NamedNode(f"{PREFIXES['rdf']}type"), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        if quad.object.value.removeprefix(_OWL) in KINDS
    ]


def _text(store: ox.Store, thing: ox.NamedNode, name: str) -> str:
    found = store.quads_for_pattern(thing, ox.NamedNode(f"{PREFIXES['rdfs']}{name}"), None)
    return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "")


def _codes() -> list[Word]:
    """Every code; one whose notation has a slash is written out as an IRI."""
    return [
        {
            "term": curie(f"{CODES}{scheme}/{one.notation}")
            if "/" not in one.notation and f"{CODES}{scheme}/" in PREFIXES.values()
            else f"<{CODES}{scheme}/{one.notation}>",
            "kind": "code",
            "label": one.label,
            "meaning": one.definition,
        }
        for scheme, listed in concepts().items()
        for one in listed.values()
    ]


def _borrowed() -> list[Word]:
    """Terms of other vocabularies that the data use, as the JSON-LD context names them."""
    context = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))[
        "@context"
    ]
    terms = {
        (name, one if isinstance(one, str) else one.get("@id", ""))
        for name, one in context.items()
        if isinstance(one, str | dict)
    }
    return [
        {
            "term": term,
            "kind": "class" if name[:1].isupper() else "property",
            "label": name,
            "meaning": "",
        }
        for name, term in terms
        if term.partition(":")[0] in PREFIXES and not term.partition(":")[2].startswith("//")
    ]
