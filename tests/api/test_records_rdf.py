"""Records as RDF: an IRI of the store leads to what the view says of it."""

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
        reply = client.get(path, headers={"Accept": offer.media_type})
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
    link = client.get(path).headers["Link"]
    assert link == f'<{path}.ttl>; rel="alternate"; type="text/turtle"'


def test_nobody_and_nothing_are_404_in_rdf_too(client: FlaskClient) -> None:
    assert client.get("/actor/nobody.ttl").status_code == 404
    assert client.get("/actor/nobody", headers={"Accept": "text/turtle"}).status_code == 404
