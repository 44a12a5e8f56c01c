"""The Graph Store Protocol over a real server, on a store that is opened whole."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from api.app import create_app
from kg.config import ALL, Settings
from kg.store import open_store
from kg.store.workers import WorkerPool
from tests.api.serving import Reply, fetch, serving

BASE = "http://x.example/"
TOKEN = {"Authorization": "Bearer s3cret"}
TURTLE = {"Content-Type": "text/turtle"}
IRI = quote("http://y.example/g?a=b#c", safe="")


@pytest.fixture(scope="module")
def whole() -> Iterator[str]:
    """The address of a service whose store is opened whole."""
    settings = Settings(store="memory:", base=BASE, token="s3cret", writable=ALL)
    store = open_store("memory:", base=BASE)
    with WorkerPool(store, workers=1) as pool, serving(create_app(pool, settings)) as address:
        yield address
    store.close()


def send(method: str, url: str, body: str = "", **headers: str) -> Reply:
    given = {**TURTLE, **TOKEN, **headers}
    return fetch(url, data=body.encode() or None, method=method, headers=given)


def triples(url: str) -> list[str]:
    reply = fetch(url, headers={"Accept": "application/n-triples"})
    assert reply.status == 200, reply.body
    return sorted(reply.body.decode().splitlines())


@pytest.mark.parametrize(
    "path", [f"/graphs?graph={IRI}", "/graphs/person/1.ttl", "/graphs?default"]
)
def test_put_get_post_delete(whole: str, path: str) -> None:
    url = f"{whole}{path}"
    default = path.endswith("default")
    assert send("PUT", url, "<a:a> <a:b> 1 .").status == (204 if default else 201)
    assert send("PUT", url, "<a:a> <a:b> 2 .").status == 204
    assert triples(url) == ['<a:a> <a:b> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .']
    assert send("POST", url, "<a:a> <a:b> <c> .").status == 204
    assert len(triples(url)) == 2
    assert send("DELETE", url).status == 204
    assert fetch(url).status == (200 if default else 404)
