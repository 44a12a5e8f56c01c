"""The Graph Store Protocol over a real server: whole stores, and graphs of users' own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from api.app import create_app
from api.negotiate import GRAPHS
from kg.config import ALL, OWN, Settings
from kg.store import open_store
from kg.store.evaluate import GRAPHS as FORMATS
from kg.store.pool.workers import WorkerPool
from tests.api.serving import Reply, fetch, serving

BASE = "http://x.example/"
VIEW = f"{BASE}graph/view"
TOKEN = {"Authorization": "Bearer s3cret"}
TURTLE = {"Content-Type": "text/turtle"}
LINES = {"Accept": "application/n-triples"}
IRI = quote("http://y.example/g?a=b#c", safe="")


@contextmanager
def service(writable: str, rows: int | None = None, most_bytes: int | None = None) -> Iterator[str]:
    settings = Settings(store="memory:", base=BASE, token="s3cret", writable=writable)
    store = open_store("memory:", base=BASE)
    store.replace([(VIEW, [("<a:s>", "<a:p>", '"view"')]), (f"{BASE}article/1", [("<a:s>",) * 3])])
    with (
        WorkerPool(store, workers=1, rows=rows, answer_bytes=most_bytes) as pool,
        serving(create_app(pool, settings)) as address,
    ):
        yield address
    store.close()


@pytest.fixture(scope="module")
def whole() -> Iterator[str]:
    """The address of a service whose store is opened whole."""
    with service(ALL) as address:
        yield address


@pytest.fixture(scope="module")
def own() -> Iterator[str]:
    """The address of a service whose users write graphs of their own."""
    with service(OWN) as address:
        yield address


def send(method: str, url: str, body: str | bytes = "", **headers: str) -> Reply:
    data = body.encode() if isinstance(body, str) else body
    return fetch(url, data=data or None, method=method, headers={**TURTLE, **TOKEN, **headers})


def triples(url: str) -> list[str]:
    reply = fetch(url, headers=LINES)
    assert reply.status == 200, reply.body
    return sorted(reply.body.decode().splitlines())


@pytest.mark.parametrize("path", [f"/graphs?graph={IRI}", "/graphs/person/1.ttl"])
@pytest.mark.parametrize("mode", ["own", "whole"])
def test_put_get_post_delete(request: pytest.FixtureRequest, mode: str, path: str) -> None:
    url = f"{request.getfixturevalue(mode)}{path}"
    assert send("DELETE", url).status == 404
    assert send("PUT", url, "<a:a> <a:b> 1 .").status == 201
    assert send("PUT", url, "<a:a> <a:b> 2 .").status == 204
    assert triples(url) == ['<a:a> <a:b> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .']
    assert send("POST", url, "<a:a> <a:b> <a:c> .").status == 204
    assert len(triples(url)) == 2
    head = fetch(url, method="HEAD", headers=LINES)
    assert (head.status, head.type, head.body) == (200, "application/n-triples", b"")
    assert send("DELETE", url).status == 204
    for method in ("GET", "HEAD"):
        assert fetch(url, method=method).status == 404


def test_the_default_graph_of_a_whole_store_is_its_own(whole: str) -> None:
    url = f"{whole}/graphs?default"
    assert triples(url) == []
    assert send("PUT", url, "<a:a> <a:b> [] .").status == 204
    assert len(triples(url)) == 1
    assert send("POST", url, "<a:a> <a:b> [] .").status == 204
    assert len(triples(url)) == 2
    assert send("DELETE", url).status == 204
    assert triples(url) == []


def test_the_default_graph_is_otherwise_the_view_and_only_read(own: str) -> None:
    url = f"{own}/graphs?default"
    assert triples(url) == ['<a:s> <a:p> "view" .'] == triples(f"{own}/graphs?graph={quote(VIEW)}")
    for method in ("PUT", "POST", "DELETE"):
        assert send(method, url, "<a:a> <a:b> 1 .").status == 403
    assert triples(url) == ['<a:s> <a:p> "view" .']


@pytest.mark.parametrize("graph", [VIEW, f"{BASE}graph/new", f"{BASE}article/1", "article/1"])
def test_kept_graphs_are_only_read(own: str, graph: str) -> None:
    url = f"{own}/graphs?graph={quote(graph, safe='')}"
    for method in ("PUT", "POST", "DELETE"):
        reply = send(method, url, "<a:a> <a:b> 1 .")
        assert (reply.status, reply.json()["title"]) == (403, "Forbidden")
    assert fetch(url).status == (404 if graph.endswith("new") else 200)


def test_the_address_of_a_graph_is_its_iri_under_the_base(own: str) -> None:
    assert send("PUT", f"{own}/graphs/a/b%20c", "<> <p> <../x> .").status == 201
    wanted = f"<{BASE}graphs/a/b%20c> <{BASE}graphs/a/p> <{BASE}graphs/x> ."
    assert triples(f"{own}/graphs/a/b%20c") == [wanted]
    for indirect in (f"{BASE}graphs/a/b%20c", "/graphs/a/b%20c"):
        assert triples(f"{own}/graphs?graph={quote(indirect, safe='')}") == [wanted]


def test_a_graph_may_be_empty(own: str) -> None:
    assert send("PUT", f"{own}/graphs/empty").status == 201
    assert triples(f"{own}/graphs/empty") == []
    assert send("PUT", f"{own}/graphs/empty", "<a:a> <a:b> 1 .").status == 204
    assert send("PUT", f"{own}/graphs/empty").status == 204
    assert triples(f"{own}/graphs/empty") == []


def test_a_new_graph_gets_an_address(own: str) -> None:
    replies = [send("POST", f"{own}/graphs", "[] <a:b> 1 .") for _ in range(2)]
    found = [reply.headers["Location"] for reply in replies]
    assert [reply.status for reply in replies] == [201, 201]
    assert found[0] != found[1]
    assert all(len(triples(f"{own}{address}")) == 1 for address in found)
    new = quote("http://y.example/new?a=b#c", safe="")
    there = send("POST", f"{own}/graphs?graph={new}", "<a:a> <a:b> 1 .")
    assert (there.status, there.headers["Location"]) == (201, f"/graphs?graph={new}")


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_every_format_in_and_out(own: str, offer: object) -> None:
    media_type, url = offer.media_type, f"{own}/graphs/formats"  # type: ignore[attr-defined]
    given = [*ox.parse('<a:s> <a:p> "é\\"\\n"@de, 1.5, _:b . _:b <a:p> true .', format=_TTL)]
    found = [quad.triple for quad in given]
    body = ox.serialize(found, format=FORMATS[media_type])
    assert body is not None
    assert send("PUT", url, body, **{"Content-Type": media_type}).status in (201, 204)
    reply = fetch(url, headers={"Accept": media_type})
    assert (reply.status, reply.type) == (200, media_type)
    back = ox.Dataset(ox.parse(reply.body, format=FORMATS[media_type]))
    back.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    wanted = ox.Dataset(ox.Quad(*triple) for triple in found)
    wanted.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert back == wanted


_TTL = ox.RdfFormat.TURTLE


def test_a_form_brings_several_files(own: str) -> None:
    parts = [("one", "text/turtle", "<a:s> <a:p> _:b ."), ("two", "application/n-triples", "")]
    parts.append(("three", "text/turtle", "<a:s> <a:p> _:b ."))
    body = "".join(
        f'--sep\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n{text}\r\n"
        for name, kind, text in parts
    )
    form = {"Content-Type": "multipart/form-data; boundary=sep"}
    assert send("POST", f"{own}/graphs/form", f"{body}--sep--\r\n", **form).status == 201
    assert len(triples(f"{own}/graphs/form")) == 2, "a blank node is its file's own"
    field = '--sep\r\nContent-Disposition: form-data; name="a"\r\n\r\n<a:a> <a:b> 1 .\r\n'
    assert send("POST", f"{own}/graphs/form", f"{field}--sep--\r\n", **form).status == 400


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("PUT", "/graphs/bad", "<a:a> <a:b>", "text/turtle", 400),
        ("PUT", "/graphs/bad", "<a:a> <a:b> 1 .", "", 415),
        ("PUT", "/graphs/bad", "<a:a> <a:b> 1 .", "text/html", 415),
        ("POST", "/graphs/bad", "<a:a> <a:b> <a:c> <a:g> .", "application/n-quads", 400),
        ("PUT", "/graphs/bad", b"<a:a> <a:b> '\xe9' .", "text/turtle", 400),
        ("PUT", "/graphs", "<a:a> <a:b> 1 .", "text/turtle", 400),
        ("DELETE", "/graphs", "", "text/turtle", 400),
        ("PUT", "/graphs?graph=a:b&graph=a:c", "", "text/turtle", 400),
        ("PUT", "/graphs?graph=a:b&default", "", "text/turtle", 400),
        ("PUT", "/graphs?graph=a:%20%7D", "", "text/turtle", 400),
        ("PATCH", "/graphs/bad", "", "text/turtle", 405),
        ("GET", "/graphs", "", "text/turtle", 400),
        ("GET", "/graphs/bad", "", "text/turtle", 404),
    ],
)
def test_what_cannot_be_honoured_is_told(
    own: str, method: str, path: str, body: str, kind: str, status: int
) -> None:
    reply = send(method, f"{own}{path}", body, **{"Content-Type": kind})
    assert (reply.status, reply.type) == (status, "application/problem+json"), reply.body
    assert fetch(f"{own}/graphs/bad").status == 404


def test_what_comes_back_is_negotiated(own: str) -> None:
    url = f"{own}/graphs?default"
    assert fetch(url).type == "text/turtle"
    assert fetch(f"{url}&format=rdfxml").type == "application/rdf+xml"
    refused = fetch(url, headers={"Accept": "image/png"})
    assert (refused.status, refused.json()["title"]) == (406, "Not acceptable")


def test_no_document_says_more_than_triples(own: str) -> None:
    """What would end a triple and begin an operation stays inside a term, or is refused."""
    evil = 'x" } } ; DROP ALL ; INSERT DATA { GRAPH <a:b> { <a:a> <a:b> "'
    body = json.dumps([{"@id": "a:s", "a:p": [{"@value": evil}, {"@id": "a:> } } ; DROP ALL"}]}])
    kind = {"Content-Type": "application/ld+json"}
    assert send("PUT", f"{own}/graphs/evil", body, **kind).status == 201
    assert len(triples(f"{own}/graphs/evil")) == 1
    assert len(triples(f"{own}/graphs?default")) == 1


def test_preflights_of_other_origins_are_answered(own: str) -> None:
    asked = {"Origin": "http://else.example", "Access-Control-Request-Method": "PUT"}
    reply = fetch(f"{own}/graphs/x", method="OPTIONS", headers=asked)
    assert reply.status == 200
    assert "PUT" in reply.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in reply.headers["Access-Control-Allow-Headers"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_graph_is_answered_whole_though_it_has_more_rows_than_a_query_may() -> None:
    with service(OWN, rows=2) as site:
        send("PUT", f"{site}/graphs/a", "<a:s> <a:p> 1, 2, 3 .")
        assert len(triples(f"{site}/graphs/a")) == 3
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{BASE}graphs/a> {{ ?s ?p ?o }} }}"
        asked = fetch(f"{site}/sparql?query={quote(text)}", headers=LINES)
    assert (asked.status, asked.json()["limit"]) == (503, "query_rows")


def test_a_graph_that_is_too_large_to_be_answered_says_how_to_ask() -> None:
    with service(OWN, most_bytes=60) as site:
        send("PUT", f"{site}/graphs/a", "<a:s> <a:p> 1, 2, 3 .")
        reply = fetch(f"{site}/graphs/a", headers=LINES)
    assert (reply.status, reply.json()["limit"]) == (503, "query_bytes")
    assert "CONSTRUCT … LIMIT" in reply.json()["detail"]
