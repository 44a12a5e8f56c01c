"""SERVICE between two real servers, where the operator allows it."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask

from api import errors
from api.app import create_app
from api.documents import ask_from
from api.sparql import blueprint
from kg.config import Settings
from kg.store import Store, open_store
from kg.store.federation import Federating
from kg.store.outside import Outside, places
from tests.api.conftest import BROWSER
from tests.api.serving import Reply, fetch, serving

BASE = "http://x.example/"
VIEW = f"{BASE}graph/view"


def store_of(value: str) -> Store:
    store = open_store("memory:", base=BASE)
    store.replace([(VIEW, [("<a:s>", "<a:p>", f'"{value}"')])])
    return store


@pytest.fixture(scope="module")
def far() -> Iterator[str]:
    """Host and port of another service of ours."""
    with serving(create_app(store_of("far"), Settings(store="memory:", base=BASE))) as address:
        yield address.partition("//")[2]


def asked(address: str, far: str, **headers: str) -> Reply:
    text = f"SELECT ?o ?q {{ ?s ?p ?o SERVICE <http://{far}/sparql> {{ ?s ?p ?q }} }}"
    query = urlencode({"query": text})
    return fetch(f"{address}/sparql?{query}", headers=headers)


def test_two_services_answer_one_query(far: str) -> None:
    # Loopback is trusted here, so that there is a server to ask; test_outside has the rest.
    servers = Outside(places(far), 10_000, 10.0, trusts=lambda address: True)
    app = Flask("near")
    errors.register(app)
    near = Federating(store_of("near"), ask_from(servers))
    app.register_blueprint(blueprint(near, Settings(store="memory:", base=BASE)))
    with serving(app) as address:
        reply = asked(address, far)
        (row,) = reply.json()["results"]["bindings"]
        assert {name: term["value"] for name, term in row.items()} == {"o": "near", "q": "far"}


@pytest.mark.parametrize(
    ("allowed", "status", "said"),
    [
        ("", 422, "SERVICE"),
        ("else.example", 403, "KG_ALLOW_SERVICE"),
        ("FAR", 403, "private network"),
    ],
)
def test_a_service_that_is_not_allowed_is_not_asked(
    far: str, allowed: str, status: int, said: str
) -> None:
    settings = Settings(store="memory:", base=BASE, allow_service=allowed.replace("FAR", far))
    with serving(create_app(store_of("near"), settings)) as address:
        reply = asked(address, far)
        assert (reply.status, reply.type) == (status, "application/problem+json")
        assert said in reply.json()["detail"]
        page = asked(address, far, **BROWSER)
        assert page.status == status
        assert said in page.body.decode()
