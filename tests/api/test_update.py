"""SPARQL updates over a real server: the protocol, the token, and whose graphs they may write."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import errors
from api.app import create_app
from api.update import DIRECT, FORM, blueprint
from kg.config import ALL, Settings
from kg.store import Store, open_store
from kg.store.outside import Outside, places
from kg.store.pool.workers import WorkerPool
from tests.api.serving import Reply, fetch, serving

BASE = "http://x.example/"
VIEW, ARTICLE, MINE = f"{BASE}graph/view", f"{BASE}article/1", "http://me.example/g"
TOKEN = {"Authorization": "Bearer s3cret"}


def filled() -> Store:
    store = open_store("memory:", base=BASE)
    triples = {name: [(f"<{BASE}s>", f"<{BASE}p>", f'"{name}"')] for name in ("view", "article")}
    store.replace([(VIEW, triples["view"]), (ARTICLE, triples["article"])])
    store.seal("whole")
    return store


@contextmanager
def served(store: Store, found: Settings) -> Iterator[str]:
    with WorkerPool(store, workers=1) as pool, serving(create_app(pool, found)) as address:
        yield address


def settings(**given: str | int) -> Settings:
    return Settings(store="memory:", base=BASE, **given)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Iterator[Store]:
    made = filled()
    yield made
    made.close()


@pytest.fixture
def own(store: Store) -> Iterator[str]:
    """The address of a service whose users write graphs of their own."""
    with served(store, settings(token="s3cret")) as address:
        yield address


@pytest.fixture
def whole(store: Store) -> Iterator[str]:
    """The address of a service whose store is opened whole."""
    with served(store, settings(token="s3cret", writable=ALL)) as address:
        yield address


def update(address: str, text: str, using: str = "", **headers: str) -> Reply:
    """A direct POST, ``using`` in its URL."""
    given = {"Content-Type": DIRECT, **TOKEN, **headers}
    return fetch(f"{address}/sparql/update?{using}", data=text.encode(), headers=given)


def form(address: str, *given: tuple[str, str]) -> Reply:
    headers = {"Content-Type": FORM, **TOKEN}
    return fetch(f"{address}/sparql/update", data=urlencode(given).encode(), headers=headers)


def ask(address: str, pattern: str) -> bool:
    query = urlencode({"query": f"ASK {{ {pattern} }}", "format": "json"})
    return bool(json.loads(fetch(f"{address}/sparql?{query}").body)["boolean"])


def said(graph: str, text: str) -> str:
    return f"GRAPH <{graph}> {{ <{BASE}s> <{BASE}p> {text} }}"


@pytest.mark.parametrize("how", ["direct", "form"])
def test_an_update_in_both_ways_is_seen_when_it_returns(own: str, how: str) -> None:
    triple = said(MINE, '"é&=+ #"')
    text = f"INSERT DATA {{ {triple} }}"
    reply = update(own, text) if how == "direct" else form(own, ("update", text))
    assert (reply.status, reply.body, reply.type) == (204, b"", "")
    assert ask(own, triple)


def test_relative_iris_are_resolved_against_the_endpoint(own: str) -> None:
    assert update(own, f"INSERT DATA {{ {said(MINE, '<test>')} }}").status == 204
    assert ask(own, said(MINE, f"<{BASE}sparql/test>"))


def test_without_a_token_configured_writing_is_off(store: Store) -> None:
    with serving(create_app(store, settings())) as address:
        for reply in (
            update(address, "CREATE GRAPH <a:b>"),
            fetch(f"{address}/graphs/x", method="DELETE", headers=TOKEN),
            fetch(f"{address}/graphs/x", method="DELETE", headers={"Authorization": "Bearer "}),
        ):
            assert (reply.status, reply.type) == (403, "application/problem+json")
            assert "KG_TOKEN" in reply.json()["detail"]
        assert fetch(f"{address}/graphs?default").status == 200


@pytest.mark.parametrize(
    ("shown", "error"),
    [
        ("", ""),
        ("Basic czNjcmV0", ""),
        ("Bearer", "invalid_token"),
        ("Bearer wrong", "invalid_token"),
        ("Bearer s3cre", "invalid_token"),
        ("Bearer s3cret2", "invalid_token"),
    ],
)
def test_the_token_must_be_the_right_one(own: str, store: Store, shown: str, error: str) -> None:
    before = store.graphs()
    for reply in (
        update(own, "CREATE GRAPH <a:b>", Authorization=shown),
        fetch(f"{own}/graphs/x", method="PUT", data=b"", headers={"Authorization": shown}),
        fetch(f"{own}/graphs/x", method="DELETE", headers={"Authorization": shown}),
    ):
        assert (reply.status, reply.type) == (401, "application/problem+json")
        assert reply.headers["WWW-Authenticate"].startswith('Bearer realm="conflict-kg"')
        assert f'error="{error}"' in reply.headers["WWW-Authenticate"] or not error
    assert store.graphs() == before


def test_the_scheme_of_the_token_is_in_any_case(own: str) -> None:
    assert update(own, "CREATE GRAPH <a:b>", Authorization="bearer s3cret").status == 204


def test_the_token_is_not_printed() -> None:
    assert "s3cret" not in repr(settings(token="s3cret"))


def test_a_request_names_the_dataset(own: str) -> None:
    update(own, f"INSERT DATA {{ {said('a:one', '1')} {said('a:two', '2')} }}")
    move = f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
    assert update(own, move, urlencode({"using-graph-uri": "a:one"})).status == 204
    assert ask(own, said(MINE, "1"))
    assert not ask(own, said(MINE, "2"))
    named = f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert form(own, ("update", named), ("using-named-graph-uri", "a:two")).status == 204
    assert ask(own, said(MINE, "2"))
    assert not ask(own, said(MINE, '"view"'))


def test_delete_where_keeps_to_the_dataset_of_the_request(own: str) -> None:
    update(own, f"INSERT DATA {{ {said(MINE, '1')} }}")
    text = f"DELETE WHERE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}"
    assert update(own, text, urlencode({"using-named-graph-uri": "a:other"})).status == 204
    assert ask(own, said(MINE, "1"))
    assert update(own, text, urlencode({"using-named-graph-uri": MINE})).status == 204
    assert not ask(own, said(MINE, "1"))


@pytest.mark.parametrize(
    "text",
    [
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { GRAPH <a:b> { ?s ?p ?o } } USING <a:c> WHERE { ?s ?p ?o }",
        "CREATE GRAPH <a:b> ; INSERT { GRAPH <a:b> { ?s ?p 1 } } USING NAMED <a:c> WHERE { }",
    ],
)
def test_a_dataset_in_both_places_is_a_conflict(own: str, store: Store, text: str) -> None:
    before = store.graphs()
    reply = update(own, text, urlencode({"using-graph-uri": "a:one"}))
    assert reply.status == 400
    assert "using-graph-uri" in reply.json()["detail"]
    assert store.graphs() == before


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (FORM, b"query=ASK{}", 400),
        (FORM, b"update=CLEAR+NAMED&update=CLEAR+NAMED", 400),
        (FORM, b"update=CLEAR+XYZ", 400),
        ("text/plain", b"CLEAR NAMED", 415),
        ("", b"update=CLEAR+NAMED", 415),
        (f"{DIRECT}; charset=UTF-16", "CREATE GRAPH <a:b>".encode("utf-16"), 400),
        (DIRECT, b"CREATE GRAPH <a:\xe9>", 400),
        (DIRECT, b"SELECT * { ?s ?p ?o }", 400),
        (f"{DIRECT}; charset=UTF-8", b"CREATE GRAPH <a:b>", 204),
    ],
)
def test_requests_are_read_strictly(own: str, content_type: str, body: bytes, status: int) -> None:
    headers = {"Content-Type": content_type, **TOKEN}
    assert fetch(f"{own}/sparql/update", data=body, headers=headers).status == status


def test_an_update_is_no_get(own: str) -> None:
    reply = fetch(f"{own}/sparql/update?update=CREATE+GRAPH+%3Ca%3Ab%3E", headers=TOKEN)
    assert reply.status == 405
    assert "POST" in reply.headers["Allow"]


@pytest.mark.parametrize(
    "text",
    [
        "DROP ALL",
        "CLEAR DEFAULT",
        f"INSERT DATA {{ {said(VIEW, '1')} }}",
        f"PREFIX x: <{BASE}> MOVE x:article\\/1 TO <a:b>",
        f"CREATE GRAPH <a:b> ; LOAD <{BASE}> INTO GRAPH <{ARTICLE}>",
    ],
)
def test_kept_graphs_are_forbidden(own: str, store: Store, text: str) -> None:
    before = {graph: store.read(graph) for graph in store.graphs()}
    reply = update(own, text)
    assert (reply.status, reply.json()["title"]) == (403, "Forbidden")
    assert "kept by the program" in reply.json()["detail"]
    assert {graph: store.read(graph) for graph in store.graphs()} == before


def test_where_sees_the_view_and_every_graph(own: str, store: Store) -> None:
    copy = f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o . ?s ?p ?other }} }}"
    where = f"WHERE {{ ?s ?p ?o . GRAPH <{ARTICLE}> {{ ?s ?p ?other }} }}"
    assert update(own, f"{copy} {where} ; COPY DEFAULT TO <a:copy>").status == 204
    assert [triple[2] for triple in store.read(MINE)] == ['"article"', '"view"']
    assert store.read("a:copy") == store.read(VIEW)
    assert store.sealed() == "whole"


def test_a_store_that_is_opened_whole_is_a_plain_one(whole: str) -> None:
    assert update(whole, f"INSERT DATA {{ <a:s> <a:p> <a:o> }} ; DROP GRAPH <{VIEW}>").status == 204
    assert ask(whole, "<a:s> <a:p> <a:o>")
    assert not ask(whole, f"GRAPH <{VIEW}> {{}}")
    assert ask(whole, f"GRAPH <{ARTICLE}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?s ?p ?o }}")
    assert update(whole, "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }").status == 204
    assert not ask(whole, "?s ?p ?o")


@pytest.mark.parametrize("mode", ["own", "whole"])
@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:1/> INTO GRAPH <a:b>",
        "INSERT { GRAPH <a:b> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "DELETE WHERE { GRAPH <a:b> { ?s ?p ?o } } ; LOAD <http://127.0.0.1:1/> INTO GRAPH <a:b>",
    ],
)
def test_no_other_server_is_called(request: pytest.FixtureRequest, mode: str, text: str) -> None:
    reply = update(request.getfixturevalue(mode), text)
    assert (reply.status, reply.json()["title"]) == (422, "Not supported")
    assert "other servers" in reply.json()["detail"]


def test_a_silent_load_that_is_refused_does_nothing(own: str, store: Store) -> None:
    before = store.graphs()
    assert update(own, "LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <a:b>").status == 204
    assert store.graphs() == before


def test_what_is_too_long_is_not_read(store: Store) -> None:
    with served(store, settings(token="s3cret", max_source_mb=1)) as address:
        text = f"INSERT DATA {{ {said(MINE, '1')} }} #"
        kept = form(address, ("update", text + "x" * 900_000))
        assert kept.status == 204
        for reply in (
            update(address, text + "x" * (1 << 20)),
            form(address, ("update", text + "x" * (1 << 20))),
            fetch(f"{address}/graphs/x", data=b" " * (1 << 21), method="PUT", headers=TOKEN),
        ):
            assert (reply.status, reply.json()["limit"]) == (413, "max_source_mb")


@pytest.mark.parametrize("mode", ["own", "whole"])
def test_an_update_is_whole_or_not_at_all(request: pytest.FixtureRequest, mode: str) -> None:
    address = request.getfixturevalue(mode)
    text = f"INSERT DATA {{ {said(MINE, '1')} }} ; DROP GRAPH <a:nowhere>"
    assert update(address, text).status == 404
    assert not ask(address, f"GRAPH <{MINE}> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("mode", ["own", "whole"])
def test_errors_say_where_in_the_text_as_written(request: pytest.FixtureRequest, mode: str) -> None:
    text = f"# a comment\nPREFIX a: <b:>\nINSERT DATA {{\n  {said(MINE, '1 1')} }}"
    told = update(request.getfixturevalue(mode), text).json()
    assert (told["status"], told["line"]) == (400, 4)
    column = text.splitlines()[3].index("1 }") + 1
    assert f"line 4, column {column}:" in told["detail"]


class Documents(BaseHTTPRequestHandler):
    """A server of one RDF document, as plain text where its address ends in .nt."""

    def do_GET(self) -> None:
        plain = self.path.endswith(".nt")
        body = b"<a:s> <a:p> _:b .\n" if plain else b"<> <p> [] .\n"
        self.send_response(200 if self.path != "/missing" else 404)
        kind = "text/html" if self.path == "/page" else "text/turtle"
        self.send_header("Content-Type", "text/plain" if plain else kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def loading(store: Store) -> Iterator[tuple[FlaskClient, str]]:
    """A client of a service that may fetch from a server, and the address of that."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Documents)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    # Loopback is trusted here, so that there is a server to ask; test_outside has the rest.
    servers = Outside(places(host), 10_000, 10.0, trusts=lambda address: True)
    app = Flask("loading")
    errors.register(app)
    found = settings(token="s3cret")
    app.register_blueprint(blueprint(store, found, servers=servers))
    yield app.test_client(), f"http://{host}"
    server.shutdown()
    thread.join()
    server.server_close()


def load(client: FlaskClient, text: str) -> TestResponse:
    return client.post("/sparql/update", data=text, content_type=DIRECT, headers=TOKEN)


def test_a_document_is_loaded_from_where_it_is_allowed(
    loading: tuple[FlaskClient, str], store: Store
) -> None:
    client, site = loading
    text = f"LOAD <{site}/a.ttl> INTO GRAPH <{MINE}> ; LOAD <{site}/b.nt> INTO GRAPH <{MINE}>"
    assert load(client, text).status_code == 204
    found = store.read(MINE)
    assert [triple[:2] for triple in found] == [
        ("<a:s>", "<a:p>"),
        (f"<{site}/a.ttl>", f"<{site}/p>"),
    ]
    assert len({triple[2] for triple in found}) == 2
    assert store.sealed() == "whole"


@pytest.mark.parametrize(
    ("path", "into", "status"),
    [
        ("/missing", f"INTO GRAPH <{MINE}>", 400),
        ("/page", f"INTO GRAPH <{MINE}>", 400),
        ("/a.ttl", f"INTO GRAPH <{VIEW}>", 403),
        ("/a.ttl", "", 403),
    ],
)
def test_what_cannot_be_loaded_changes_nothing(
    loading: tuple[FlaskClient, str], store: Store, path: str, into: str, status: int
) -> None:
    client, site = loading
    before = {graph: store.read(graph) for graph in store.graphs()}
    text = f"INSERT DATA {{ {said('a:b', '1')} }} ; LOAD <{site}{path}> {into}"
    assert load(client, text).status_code == status
    assert {graph: store.read(graph) for graph in store.graphs()} == before
    silent = load(client, text.replace("LOAD", "LOAD SILENT"))
    assert silent.status_code == (204 if status == 400 else 403)
    assert not store.read(MINE)
