"""JSON answers read as JSON-LD by rdflib say what the store says, and nothing else.

An answer's graph is entailed (RDF 1.1 Semantics, 5.2) by the view and by what is declared to follow
from it (``ontology/answers/derived.rq``): each triple is there, once each blank node stands for a
node of theirs.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.filters import KINDS, Kind
from kg.store import Store
from kg.store.base import NTRIPLES
from kg.vocab import CK, PREFIXES, ontology_dir
from tests.api.conftest import paths
from tests.api.serving import fetch, serving

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is:DeprecationWarning"),
]

ck = Namespace(CK)
prov = Namespace(PREFIXES["prov"])
schema = Namespace(PREFIXES["schema"])
oa = Namespace(PREFIXES["oa"])

MAIN = {
    "statements": ("act", "speaker", "content", "quoted", "about", "target", "addressee"),
    "events": ("eventType", "factuality", "actor", "recipient", "place", "killed", "report"),
    "actors": ("evidence", "sector", "country", "member"),
    "places": ("evidence", "placePrecision", "country"),
    "articles": ("edtf", "textHash", "extractor"),
}
"""Properties of the view that a record's answer must give in full."""


@pytest.fixture(scope="module")
def told(store: Store) -> Graph:
    """The view, and what is declared to follow from it."""
    found = Graph()
    for text in (
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        (ontology_dir() / "answers" / "derived.rq").read_text("utf-8"),
    ):
        found.parse(data=store.query(text, graph=NTRIPLES).body, format="nt")
    return plain(found)


def plain(graph: Graph) -> Graph:
    """The same with one spelling of each value."""
    found = Graph()
    for s, p, o in graph:
        found.add((s, p, _plain(o)))
    return found


def _plain(node: Node) -> Node:
    if isinstance(node, Literal) and node.datatype in (XSD.double, XSD.boolean, XSD.integer):
        return Literal(node.toPython())
    return node


@cache
def context(name: str) -> Any:
    """A context as the service gives it, with what it refers to written out."""
    found = json.loads((ontology_dir() / "answers" / name).read_text("utf-8"))["@context"]
    parts = found if isinstance(found, list) else [found]
    return [context(one) if isinstance(one, str) else one for one in parts]


def _flat(found: Any) -> list[Any]:
    return [one for part in found for one in (_flat(part) if isinstance(part, list) else [part])]


def read(answer: dict[str, Any]) -> Graph:
    """An answer as rdflib reads it; its context is taken from the ontology, not fetched."""
    url = answer["@context"]
    assert url.startswith("http://localhost/context/")
    whole = {**answer, "@context": _flat(context(url.rpartition("/")[2]))}
    return plain(Graph().parse(data=json.dumps(whole), format="json-ld"))


def unfounded(answer: Graph, told: Graph) -> list[Any]:
    """The triples of an answer that nothing in the view stands behind."""
    ground = [t for t in answer if not any(isinstance(node, BNode) for node in t)]
    blank = {node for t in answer for node in t if isinstance(node, BNode)}
    lost: list[Any] = [t for t in ground if t not in told]
    lost += [
        [t for t in answer if node in t] for node in blank if not any(_stands(node, answer, told))
    ]
    return lost


def _stands(node: BNode, answer: Graph, told: Graph) -> Iterator[bool]:
    """Whether some node of the view has all that is said of a blank node."""
    to, out = list(answer.subject_predicates(node)), list(answer.predicate_objects(node))
    assert not [one for one in (*to, *out) if any(isinstance(part, BNode) for part in one)]
    owner, name = to[0]
    for other in told.objects(owner, name):
        if all((s, p, other) in told for s, p in to) and all((other, p, o) in told for p, o in out):
            yield True


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_says_what_the_view_says(
    client: FlaskClient, store: Store, told: Graph, kind: Kind
) -> None:
    for path in paths(store, kind):
        answer = client.get(path).get_json()
        found = read(answer)
        assert not unfounded(found, told)
        thing = URIRef(answer["id"])
        for name in MAIN[kind]:
            given = [o for o in found.objects(thing, ck[name]) if not isinstance(o, BNode)]
            blank = sum(isinstance(o, BNode) for o in found.objects(thing, ck[name]))
            there = set(told.objects(thing, ck[name]))
            assert set(given) == there or (not given and blank == len(there)), (path, name)
        if kind != "statements":
            assert set(found.objects(thing, RDFS.label)) == set(told.objects(thing, RDFS.label))


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_says_what_the_view_says(client: FlaskClient, told: Graph, kind: Kind) -> None:
    answer = client.get(f"/{kind}?facets=publisher&limit=1000").get_json()
    found = read(answer)
    assert not unfounded(found, told)
    assert {URIRef(one["id"]) for one in answer["items"]} <= set(found.subjects())


def test_a_search_says_what_the_view_says(client: FlaskClient, told: Graph) -> None:
    answer = client.get("/search?q=Lorik").get_json()
    found = read(answer)
    assert not unfounded(found, told)
    ids = {URIRef(one["id"]) for kind in answer["kinds"] for one in kind["items"]}
    assert len(ids) > 3
    assert ids <= set(found.subjects())


def test_evidence_leads_to_its_characters(client: FlaskClient, store: Store, told: Graph) -> None:
    """Every piece of evidence of a statement is there, with its slot."""
    for path in paths(store, "statements"):
        answer = client.get(path).get_json()
        found, thing = read(answer), URIRef(answer["id"])
        for name in ("speaker", "cue", "content", "target"):
            pieces = [
                (found.value(one, oa.start), found.value(one, oa.exact))
                for one in found.objects(thing, ck.evidence)
                if (one, ck.slot, ck[f"{name}Evidence"]) in found
            ]
            there = [
                (told.value(one, oa.start), told.value(one, oa.exact))
                for one in told.objects(thing, ck[f"{name}Evidence"])
            ]
            assert sorted(pieces) == sorted(there)


def test_what_leads_to_a_record_is_there(client: FlaskClient, store: Store, told: Graph) -> None:
    for path in paths(store, "events"):
        found, event = read(answer := client.get(path).get_json()), URIRef(answer["id"])
        about = {
            one
            for one in told.subjects(ck.about, event)
            if {ck.Statement, ck.Event} & set(told.objects(one, RDF.type))
        }
        assert about <= set(found.subjects(ck.about, event))
        for report in found.objects(event, ck.report):
            assert found.value(report, prov.wasDerivedFrom) is not None
    for path in paths(store, "articles"):
        found, article = read(answer := client.get(path).get_json()), URIRef(answer["id"])
        assert str(found.value(article, schema.articleBody)) == answer["text"]
        for kind in (ck.Statement, ck.EventReport):
            inside = set(told.subjects(prov.wasDerivedFrom, article))
            inside &= set(told.subjects(RDF.type, kind))
            assert inside <= set(found.subjects(prov.wasDerivedFrom, article))


def test_the_check_sees_what_is_invented(client: FlaskClient, store: Store, told: Graph) -> None:
    answer = client.get(paths(store, "statements")[0]).get_json()
    assert unfounded(read({**answer, "medium": "a dream"}), told)
    piece = {**answer["evidence"][0], "start": 1}
    assert unfounded(read({**answer, "evidence": [piece]}), told)


def test_contexts_are_served_and_lead_on(client: FlaskClient) -> None:
    for path in sorted(Path(ontology_dir() / "answers").glob("*.jsonld")):
        answer = client.get(f"/context/{path.name}")
        assert answer.mimetype == "application/ld+json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.get_json() == json.loads(path.read_text("utf-8"))
    assert client.get("/context/nothing.jsonld").status_code == 404


def test_a_reader_that_fetches_contexts_needs_nothing_else(app: Any, store: Store) -> None:
    """rdflib over a real connection, answer and contexts alike."""
    with serving(app) as site:
        for kind in KINDS:
            path = paths(store, kind)[0]
            answer = fetch(f"{site}{path}").json()
            assert answer["@context"].startswith(f"{site}/context/")
            found = Graph().parse(data=json.dumps(answer), format="json-ld")
            assert (URIRef(answer["id"]), None, None) in found
