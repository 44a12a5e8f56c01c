"""The vocabulary: what the code writes or asks for is declared, under what it refines."""

import re
from pathlib import Path
from typing import get_args

import pytest
from rdflib import Namespace
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS
from rdflib.term import Node, URIRef

import kg
from kg.iri import DEFAULT_BASE
from kg.model import ActorKind
from kg.terms import Triple
from kg.view import build
from kg.vocab import CK, PREFIXES
from tests.ontology.example import graphs
from tests.ontology.validate import ontology
from tests.scenes import scene_graphs

ROOT = Path(kg.__file__).parent.parent
SEM = Namespace(PREFIXES["sem"])
SCHEMA = Namespace(PREFIXES["schema"])
OURS = Namespace(CK)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
_NAME = re.compile(r"\bck:([A-Za-z]\w*)")

REFINES = {
    "actor": SEM.hasActor,
    "recipient": SEM.hasActor,
    "mediator": SEM.hasActor,
    "place": SEM.hasPlace,
    "eventType": SEM.eventType,
    "earliest": SEM.hasEarliestBeginTimeStamp,
    "latest": SEM.hasLatestEndTimeStamp,
    "speaker": PROV.wasAttributedTo,
    "about": SCHEMA.about,
    "evidence": PROV.wasDerivedFrom,
    "report": PROV.wasDerivedFrom,
    "canonical": PROV.specializationOf,
}
CLASSES = {
    "Article": {SCHEMA.NewsArticle, PROV.Entity},
    "Statement": {PROV.Entity},
    "EventReport": {PROV.Entity},
    "Event": {SEM.Event},
    "Actor": {SEM.Actor},
    "Person": {OURS.Actor},
    "Organization": {OURS.Actor},
    "State": {OURS.Actor},
    "Group": {OURS.Actor},
    "Document": {OURS.Actor},
    "Place": {SEM.Place, URIRef(PREFIXES["geo"] + "Feature")},
    "Link": {PROV.Entity},
}


def declared() -> set[str]:
    graph = ontology("kg.ttl")
    terms = {str(term) for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return {term.removeprefix(CK) for term in terms if term.startswith(CK)}


def sources() -> list[Path]:
    kinds = ("py", "rq", "html", "js")
    return sorted(p for room in ("kg", "api") for k in kinds for p in (ROOT / room).rglob(f"*.{k}"))


def written() -> list[Triple]:
    """Every triple of the graphs and views that the tests know."""
    scene = scene_graphs()
    known = [*scene, *graphs(), ("view", build(DEFAULT_BASE, scene))]
    return [triple for _, triples in known for triple in triples]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_name_in_the_code_is_declared(path: Path) -> None:
    assert set(_NAME.findall(path.read_text("utf-8"))) <= declared()


@pytest.mark.parametrize("file", ["shapes.ttl", "concepts.ttl", "example.trig", "context.jsonld"])
def test_a_name_in_the_ontology_folder_is_declared(file: str) -> None:
    text = (ROOT / "ontology" / file).read_text("utf-8")
    assert set(_NAME.findall(text)) - {"_"} <= declared()


def test_what_graphs_hold_is_declared_as_what_it_is_used_for() -> None:
    graph = ontology("kg.ttl")
    for _, verb, thing in written():
        if verb.startswith(f"<{CK}"):
            kind = OWL.ObjectProperty if thing.startswith("<") else OWL.DatatypeProperty
            assert (URIRef(verb[1:-1]), RDF.type, kind) in graph, (verb, thing)
        if thing.startswith(f"<{CK}"):
            assert (URIRef(thing[1:-1]), RDF.type, OWL.Class) in graph, thing


def test_every_slot_property_is_evidence() -> None:
    graph = ontology("kg.ttl")
    for name in declared():
        if name.endswith("Evidence") and name != "Evidence":
            assert (OURS[name], RDFS.subPropertyOf, OURS.evidence) in graph


@pytest.mark.parametrize(("name", "parent"), REFINES.items(), ids=list(REFINES))
def test_a_property_stands_under_what_it_refines(name: str, parent: URIRef) -> None:
    assert (OURS[name], RDFS.subPropertyOf, parent) in ontology("kg.ttl")


@pytest.mark.parametrize(("name", "parents"), CLASSES.items(), ids=list(CLASSES))
def test_a_class_stands_under_what_it_refines(name: str, parents: set[Node]) -> None:
    graph = ontology("kg.ttl")
    assert (OURS[name], RDF.type, OWL.Class) in graph
    assert parents <= set(graph.objects(OURS[name], RDFS.subClassOf))


def test_every_kind_of_actor_is_an_actor() -> None:
    graph = ontology("kg.ttl")
    kinds = set(graph.subjects(RDFS.subClassOf, OURS.Actor))
    assert kinds == {OURS[kind] for kind in get_args(ActorKind)}


def test_no_merge_is_an_identity() -> None:
    assert (None, None, OWL.sameAs) not in ontology("kg.ttl")


def test_every_term_has_one_label_and_one_comment_in_english() -> None:
    graph = ontology("kg.ttl")
    for name in declared():
        for said in (RDFS.label, RDFS.comment):
            found = list(graph.objects(OURS[name], said))
            assert len(found) == 1, name
            assert getattr(found[0], "language", None) == "en", name


def test_domains_and_ranges_are_declared_classes() -> None:
    graph = ontology("kg.ttl")
    for relation in (RDFS.domain, RDFS.range):
        for thing in graph.objects(None, relation):
            if str(thing).startswith(CK):
                assert (thing, RDF.type, OWL.Class) in graph


def test_the_ontology_says_what_it_is() -> None:
    graph = ontology("kg.ttl")
    header = URIRef("https://w3id.org/conflict-kg")
    assert (header, RDF.type, OWL.Ontology) in graph
    version = str(graph.value(header, OWL.versionInfo))
    assert str(graph.value(header, OWL.versionIRI)) == f"{header}/{version}"
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    for file in ("kg.ttl", "concepts.ttl", "shapes.ttl"):
        assert licence in set(ontology(file).objects(None, DCTERMS.license)), file
