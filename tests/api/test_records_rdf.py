"""Records as RDF: an IRI of the store leads to what the view says of it."""

import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from api.negotiate import GRAPHS, Offer
from kg.filters import KINDS
from kg.iri import DEFAULT_BASE
from kg.store import Store
from kg.store.evaluate import GRAPHS as FORMATS
from tests.api.conftest import BROWSER, paths


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_a_record_is_every_triple_with_it_at_an_end(
    client: FlaskClient, store: Store, offer: Offer
) -> None:
    view = store.read(f"{DEFAULT_BASE}graph/view")
    for kind in KINDS:
        path = paths(store, kind)[0]
        thing = f"<{DEFAULT_BASE}{path[1:]}>"
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in view if thing in (s, o))
        reply = client.get(path, headers={"Accept": offer.media_type}, follow_redirects=True)
        assert reply.mimetype == offer.media_type
        found = ox.parse(reply.get_data(), format=FORMATS[offer.media_type])
        wanted = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
        assert {quad.triple for quad in found} == {quad.triple for quad in wanted}
        for name in (offer.name, *offer.endings):
            if name != "json":
                assert client.get(f"{path}.{name}").mimetype == offer.media_type


def test_an_ending_stays_where_an_address_leads_on(client: FlaskClient, store: Store) -> None:
    path = paths(store, "actors")[0]
    key = path.rpartition("-")[2]
    led = client.get(f"/actor/{key}.ttl")
    assert (led.status_code, led.headers["Location"]) == (303, f"{path}.ttl")
    assert client.get("/actors/x.ttl").headers["Location"].endswith("/actor/x.ttl")


def test_json_and_pages_are_what_they_were(client: FlaskClient, store: Store) -> None:
    path = paths(store, "actors")[0]
    for address in (path, f"{path}.json"):
        assert client.get(address).mimetype == "application/json"
    assert client.get(path, headers=BROWSER).mimetype == "text/html"
    assert client.get(f"{path}.html").mimetype == "text/html"
    assert client.get(f"{path}.pdf").status_code == 404
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_an_iri_leads_by_accept_to_what_is_said_of_it(client: FlaskClient, store: Store) -> None:
    for kind in KINDS:
        path = paths(store, kind)[0]
        for accept, ending in (("text/turtle", "ttl"), ("application/ld+json", "jsonld")):
            led = client.get(path, headers={"Accept": accept})
            assert (led.status_code, led.headers["Location"]) == (303, f"{path}.{ending}")
            assert client.get(f"{path}.{ending}").headers["Link"] == (
                f'<{DEFAULT_BASE}{path[1:]}>; rel="describes"'
            )
        assert client.get(f"{path}?format=turtle").mimetype == "text/turtle"


def test_signposts_lead_to_the_other_forms(client: FlaskClient, store: Store) -> None:
    for kind in KINDS:
        path = paths(store, kind)[0]
        for headers in ({}, BROWSER):
            links = client.get(path, headers=headers).headers.getlist("Link")
            assert f'<{DEFAULT_BASE}{path[1:]}>; rel="cite-as"' in links
            for link in links[:-1]:
                target, media_type = re.match(r'<(.+?)>.*type="(.+)"', link).groups()  # type: ignore[union-attr]
                assert client.get(target).mimetype == media_type
            assert sum("describedby" in link for link in links) == 2


def test_every_iri_that_the_store_mints_leads_somewhere(client: FlaskClient, store: Store) -> None:
    """Subjects and objects of every graph, fragments with what they are a part of."""
    iris = {
        term[1:-1]
        for graph in store.graphs()
        for triple in store.read(graph)
        for term in (triple[0], triple[2])
        if term.startswith(f"<{DEFAULT_BASE}")
    }
    kinds = {iri.removeprefix(DEFAULT_BASE).partition("/")[0] for iri in iris}
    assert kinds >= {"article", "statement", "report", "event", "actor", "place", "membership"}
    for iri in sorted({*iris, *store.graphs()} - {f"{DEFAULT_BASE}linker"}):
        path = f"/{iri.removeprefix(DEFAULT_BASE).partition('#')[0]}"
        for accept in ("application/json", "text/html", "text/turtle", "application/ld+json"):
            reply = client.get(path, headers={"Accept": accept}, follow_redirects=True)
            assert reply.status_code == 200, (iri, accept)


def test_a_link_is_told_in_rdf(client: FlaskClient, store: Store) -> None:
    (found, *_) = [s for s, p, _ in store.read(f"{DEFAULT_BASE}graph/view") if "/link/" in s]
    path = f"/{found[1:-1].removeprefix(DEFAULT_BASE)}"
    text = client.get(f"{path}.ttl").get_data(as_text=True)
    assert "score" in text
    assert client.get("/link/nothing").status_code == 404
    assert client.get("/link/no%3Ething").status_code == 404


def test_nobody_and_nothing_are_404_in_rdf_too(client: FlaskClient) -> None:
    assert client.get("/actor/nobody.ttl").status_code == 404
    assert client.get("/actor/nobody", headers={"Accept": "text/turtle"}).status_code == 404
