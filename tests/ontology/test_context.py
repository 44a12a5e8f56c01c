"""``ontology/context.jsonld``: what it says of a term, and that graphs survive the round trip."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.terms import Triple
from kg.vocab import CK, CODES, ontology_dir
from tests.ontology.example import graphs
from tests.ontology.test_vocabulary import declared
from tests.ontology.validate import parsed

# rdflib 7.6 builds its own deprecated ConjunctiveGraph when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def context() -> dict[str, Any]:
    text = (ontology_dir() / "context.jsonld").read_text("utf-8")
    found = json.loads(text)["@context"]
    assert isinstance(found, dict)
    return found


def read(document: dict[str, Any]) -> set[Triple]:
    """The triples of a JSON-LD document, as a reader that is not rdflib has them."""
    text = json.dumps({"@context": context(), **document})
    quads = ox.parse(text, format=ox.RdfFormat.JSON_LD)
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


@pytest.mark.parametrize("name", ["article", "view"])
def test_a_graph_survives_the_round_trip(name: str) -> None:
    triples = next(triples for iri, triples in graphs() if f"/{name}" in iri)
    text = parsed(triples).serialize(format="json-ld", context=context())
    assert set(Graph().parse(data=text, format="json-ld")) == set(parsed(triples))
    assert read(json.loads(text)) == set(triples)


def test_an_exported_graph_uses_the_names_of_the_context() -> None:
    text = parsed(graphs()[0][1]).serialize(format="json-ld", context=context())
    keys = {key for thing in json.loads(text)["@graph"] for key in thing}
    assert {key for key in keys if ":" in key} == set()
    assert {"speaker", "act", "evidence", "wkt", "holder", "groupMember"} <= keys


@pytest.mark.parametrize(
    ("name", "written", "iri"),
    [
        ("act", "request", "act/request"),
        ("eventType", "ACCUSE", "event-type/ACCUSE"),
        ("mode", "ACCUSE/investigate", "mode/ACCUSE/investigate"),
        ("context", "human_rights", "context/human_rights"),
        ("factuality", "alleged", "factuality/alleged"),
        ("sector", "GOV", "sector/GOV"),
        ("quadClass", "verbal-conflict", "quad-class/verbal-conflict"),
    ],
)
def test_a_bare_code_is_its_concept(name: str, written: str, iri: str) -> None:
    assert read({"id": "a:b", name: written}) == {("<a:b>", f"<{CK}{name}>", f"<{CODES}{iri}>")}


@pytest.mark.parametrize(
    ("name", "written", "literal"),
    [
        ("quoted", True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("min", 12, '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("confidence", "0.95", '"0.95"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("earliest", "2021-05-02", '"2021-05-02"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("edtf", "2021-05-02", '"2021-05-02"'),
    ],
)
def test_a_plain_value_has_its_datatype(name: str, written: object, literal: str) -> None:
    assert read({"id": "a:b", name: written}) == {("<a:b>", f"<{CK}{name}>", literal)}


def test_every_declared_term_has_a_name_in_the_context() -> None:
    meant = {
        found["@id"] if isinstance(found, dict) else found
        for name, found in context().items()
        if not name.startswith("@")
    }
    assert {f"ck:{name}" for name in declared()} <= meant
