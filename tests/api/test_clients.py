"""Other people's clients at our endpoint: rdflib's stores, and what other libraries send."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from api.app import create_app
from kg.config import ALL, Settings
from kg.store import open_store
from kg.store.pool.workers import WorkerPool
from tests.api.serving import fetch, serving

BASE = "http://x.example/"
A, P = URIRef(f"{BASE}a"), URIRef(f"{BASE}p")
HELD = {Literal("é,\n", lang="en"), Literal(1), Literal(True), URIRef(f"{BASE}o")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("clients")
    store = open_store(f"oxigraph:{folder / 'store'}", base=BASE)
    objects = ", ".join(one.n3() for one in HELD)
    store.update(f"INSERT DATA {{ {A.n3()} {P.n3()} {objects} }}")
    with WorkerPool(store, workers=1) as pool:
        settings = Settings(store="memory:", base=BASE, token="secret", writable=ALL)
        with serving(create_app(pool, settings)) as address:
            yield address
    store.close()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks_in_every_way_and_format(site: str, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(f"{site}/sparql", returnFormat=form, method=method))
    found = graph.query(f"SELECT ?o {{ {A.n3()} {P.n3()} ?o }}")
    assert len(list(found)) == len(HELD)


def test_rdflib_reads_a_graph(site: str) -> None:
    graph = Graph(SPARQLStore(f"{site}/sparql"))
    assert set(graph.objects(A, P)) == HELD
    assert len(graph) == len(HELD)
    assert graph.query("ASK { ?s ?p 1 }").askAnswer is True
    for text in ("CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE {A.n3()}"):
        made = graph.query(text).graph
        assert made is not None
        assert set(made.objects(A, P)) == HELD


def test_rdflib_writes_a_graph(site: str) -> None:
    headers = {"Authorization": "Bearer secret"}
    held = SPARQLUpdateStore(f"{site}/sparql", f"{site}/sparql/update", headers=headers)
    graph = Graph(held, identifier=URIRef(f"{BASE}new"))
    graph.add((A, P, Literal("new")))
    graph.commit()
    assert set(graph.objects(A, P)) == {Literal("new")}
    graph.remove((None, None, None))
    graph.commit()
    assert not list(graph)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("n3", "text/turtle"),
        ("rdf+xml", "application/rdf+xml"),
        ("json-ld", "application/ld+json"),
        ("xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
    ],
)
def test_the_names_that_others_have_for_formats(site: str, name: str, media_type: str) -> None:
    """SPARQLWrapper sends ``format`` beside its Accept header, and Virtuoso's pages media types."""
    asked = {"query": "CONSTRUCT WHERE { ?s ?p ?o }", "format": name, "output": name}
    reply = fetch(f"{site}/sparql?{urlencode(asked)}", headers={"Accept": media_type})
    assert (reply.status, reply.type) == (200, media_type)


@pytest.mark.parametrize("accept", ["text/n3", "text/rdf+n3", "application/turtle"])
def test_older_names_of_turtle_are_turtle(site: str, accept: str) -> None:
    asked = urlencode({"query": "DESCRIBE <a:b>"})
    assert fetch(f"{site}/sparql?{asked}", headers={"Accept": accept}).type == "text/turtle"
