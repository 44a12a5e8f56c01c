"""Snapshots over HTTP: every answer says which, one can be pinned, and 304 asks nothing."""

import json
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from api.app import create_app
from api.seen import seen
from kg.config import ALL, Settings
from kg.iri import graph_iri
from kg.store.pool.workers import WorkerPool
from kg.view import refresh
from tests.scenes import scene_graphs, scene_store

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <http://x/g> { ?s ?p ?o } }"
HTML = {"Accept": "text/html"}
TOKEN = {"Authorization": "Bearer t"}


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    store = scene_store()
    with WorkerPool(store, workers=2, rows=100_000, keep=2) as made:
        yield made
    store.close()


@pytest.fixture(scope="module")
def app(pool: WorkerPool) -> Flask:
    return create_app(pool, Settings(store="memory:", token="t", writable=ALL))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def write(client: FlaskClient, number: int) -> None:
    row = f"<http://x/{number}> <http://x/p> {number}"
    text = f"INSERT DATA {{ GRAPH <http://x/g> {{ {row} }} }}"
    assert client.post("/sparql/update", data={"update": text}, headers=TOKEN).status_code == 204


def count(client: FlaskClient, **more: str) -> int:
    reply = client.get("/sparql", query_string={"query": COUNT, **more})
    return int(json.loads(reply.data)["results"]["bindings"][0]["n"]["value"])


PAGES = ["/statements", "/events?facets=event_type", f"/sparql?query={quote(COUNT)}", "/queries"]


@pytest.mark.parametrize("path", PAGES[:3])
def test_an_answer_says_its_snapshot_and_is_known_again(
    client: FlaskClient, pool: WorkerPool, path: str
) -> None:
    first = client.get(path)
    assert first.headers["KG-Snapshot"] == pool.snapshots.newest.id
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.last_modified is not None
    tag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["KG-Snapshot"] == first.headers["KG-Snapshot"]
    gzip = {"Accept-Encoding": "gzip"}
    packed = client.get(path, headers=gzip).headers["ETag"]
    assert client.get(path, headers={**gzip, "If-None-Match": packed}).status_code == 304
    other = client.get(path, headers={"If-None-Match": tag, "Accept": "text/html"})
    assert other.status_code == 200
    write(client, 1000 + PAGES.index(path))
    changed = client.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert changed.headers["KG-Snapshot"] == pool.snapshots.newest.id


def test_a_drawn_graph_is_known_again_while_its_view_is_the_same() -> None:
    store = scene_store()
    refresh(store)
    with closing(store), WorkerPool(store, workers=1) as pool:
        client = create_app(pool, Settings(store="memory:", token="t")).test_client()
        tag, other = (client.get(path).headers["ETag"] for path in ("/graph", "/events"))
        write(client, 1)
        again = client.get("/graph", headers={"If-None-Match": tag})
        assert (again.status_code, again.headers["KG-Snapshot"]) == (304, pool.snapshots.newest.id)
        assert client.get("/events", headers={"If-None-Match": other}).status_code == 200
        store.replace(scene_graphs()[:1])
        refresh(store)
        pool.publish()
        assert client.get("/graph", headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_that_is_known_varies_as_it_did(client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    tags = []
    for sent in ({}, packed):
        first = client.get("/statements", headers=sent)
        tags.append(first.headers["ETag"])
        again = client.get("/statements", headers={**sent, "If-None-Match": tags[-1]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert again.vary.to_header() == first.vary.to_header()
    assert tags[0] != tags[1]
    assert client.get("/statements", headers={"If-None-Match": tags[1]}).status_code == 200


def test_two_snapshots_of_one_second_are_told_apart(client: FlaskClient) -> None:
    path = f"/sparql?query={quote(COUNT)}"
    when = client.get(path).headers["Last-Modified"]
    write(client, 2001)
    assert client.get(path, headers={"If-Modified-Since": when}).status_code == 200


@pytest.mark.parametrize("path", ["/openapi.json", "/sparql", "/context/record.jsonld", "/healthz"])
@pytest.mark.parametrize("accept", ["application/json, application/ld+json;q=0.9", "text/html"])
def test_what_asks_no_snapshot_has_one_etag(client: FlaskClient, path: str, accept: str) -> None:
    first = client.get(path, headers={"Accept": accept})
    if first.status_code != 200:
        pytest.skip("not in this form")
    tag = first.headers["ETag"]
    again = client.get(path, headers={"Accept": accept, "If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "KG-Snapshot" not in first.headers
    other = client.get(path, headers={"Accept": accept, "If-None-Match": '"other"'})
    assert other.headers["ETag"] == tag


def test_a_write_says_the_snapshot_that_shows_it(client: FlaskClient, pool: WorkerPool) -> None:
    text = "INSERT DATA { GRAPH <http://x/h> { <http://x/a> <http://x/p> 1 } }"
    reply = client.post("/sparql/update", data={"update": text}, headers=TOKEN)
    assert reply.headers["KG-Snapshot"] == pool.snapshots.newest.id


def test_a_request_sees_one_moment(app: Flask, pool: WorkerPool) -> None:
    text = "SELECT (COUNT(*) AS ?n) { GRAPH <http://x/m> { ?s ?p ?o } }"
    with app.test_request_context():
        before = seen(pool).query(text).body
        pool.update("INSERT DATA { GRAPH <http://x/m> { <http://x/a> <http://x/p> 1 } }")
        assert seen(pool).query(text).body == before
        app.process_response(Response())
    with app.test_request_context():
        assert seen(pool).query(text).body != before
        app.process_response(Response())


def test_an_answer_in_pieces_lets_go_of_its_snapshot_at_its_end(
    client: FlaskClient, pool: WorkerPool
) -> None:
    with client.get("/export/nquads") as reply:
        assert reply.data.count(b"\n") > 100
        assert reply.headers["KG-Snapshot"] == pool.snapshots.newest.id
    pool.update("INSERT DATA { GRAPH <http://x/k> { <http://x/a> <http://x/p> 1 } }")
    pool.forget()
    assert len(pool.snapshots.places) == 1


def test_a_head_says_the_same(client: FlaskClient) -> None:
    path = PAGES[2]
    get, head = client.get(path), client.head(path)
    for name in ("ETag", "KG-Snapshot", "Content-Length", "Last-Modified"):
        assert head.headers[name] == get.headers[name]


def test_a_write_is_seen_by_the_next_request(client: FlaskClient) -> None:
    before = count(client)
    write(client, 1)
    assert count(client) == before + 1


def test_a_snapshot_can_be_pinned_while_it_is_kept(client: FlaskClient) -> None:
    before = count(client)
    ident = client.get("/statements").headers["KG-Snapshot"]
    write(client, 2)
    assert count(client, snapshot=ident) == before
    assert count(client) == before + 1
    listed = client.get("/statements", query_string={"snapshot": ident, "limit": "1"})
    assert listed.headers["KG-Snapshot"] == ident
    assert f"snapshot={ident}" in listed.headers["Link"]
    write(client, 3)
    write(client, 4)
    gone = client.get("/statements", query_string={"snapshot": ident})
    assert (gone.status_code, gone.mimetype) == (410, "application/problem+json")
    now = client.get("/statements").headers["KG-Snapshot"]
    assert now in gone.get_json()["detail"]
    assert client.get("/", query_string={"snapshot": ident}, headers=HTML).status_code == 410


def test_what_was_taken_down_is_in_no_snapshot(client: FlaskClient, pool: WorkerPool) -> None:
    ident = client.get("/statements").headers["KG-Snapshot"]
    write(client, 5)
    assert count(client, snapshot=ident)
    pool.forget()
    assert client.get("/statements", query_string={"snapshot": ident}).status_code == 410
    assert len(pool.snapshots.places) == 1


def test_a_request_that_fails_gives_its_snapshot_back(
    client: FlaskClient, pool: WorkerPool
) -> None:
    for path in ("/sparql?query=SELCT", "/statements?limit=x", "/statement/none", "/sparql?x=y"):
        client.get(path)
    write(client, 6)
    pool.forget()
    assert len(pool.snapshots.places) == 1


def test_a_long_answer_comes_whole_from_its_file(client: FlaskClient, app: Flask) -> None:
    view = graph_iri(app.config["KG_BASE"], "view")
    text = f"SELECT * {{ GRAPH <{view}> {{ ?a ?b ?c }} GRAPH <{view}> {{ ?d ?e ?f }} }} LIMIT 9000"
    with client.get("/sparql", query_string={"query": text}) as reply:
        assert len(reply.data) == int(reply.headers["Content-Length"]) > 1_000_000
        assert len(json.loads(reply.data)["results"]["bindings"]) == 9000
    head = client.head("/sparql", query_string={"query": text})
    assert head.headers["Content-Length"] == reply.headers["Content-Length"]
    for format, mark, marks in (
        ("csv", b"\r\n", 9001),
        ("tsv", b"\n", 9001),
        ("xml", b"<result>", 9000),
    ):
        with client.get("/sparql", query_string={"query": text, "format": format}) as found:
            assert found.data.count(mark) == marks
