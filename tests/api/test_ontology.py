"""The vocabulary and the data's description, for people and for programs."""

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from api.negotiate import GRAPHS, Offer
from kg.store.evaluate import GRAPHS as FORMATS
from kg.vocab import CODES, concepts
from tests.api.conftest import BROWSER
from tests.api.test_pages import page


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_the_vocabulary_comes_in_every_format(client: FlaskClient, offer: Offer) -> None:
    answer = client.get("/ontology", headers={"Accept": offer.media_type})
    assert answer.mimetype == offer.media_type
    found = {str(quad.subject) for quad in ox.parse(answer.data, format=FORMATS[answer.mimetype])}
    assert {f"<{CODES}act/request>", "<https://w3id.org/conflict-kg#speaker>"} <= found


def test_every_code_leads_to_its_place_on_the_page(client: FlaskClient) -> None:
    shown = page(client, "/ontology")
    for scheme, codes in concepts().items():
        for notation in codes:
            assert f"{scheme}/{notation}" in shown.ids
    led = client.get("/ontology/mode/ACCUSE/investigate", headers=BROWSER)
    assert (led.status_code, led.location) == (303, "/ontology#mode/ACCUSE/investigate")
    assert {"speaker", "Statement"} <= set(shown.ids)


def test_a_code_is_rdf_by_itself(client: FlaskClient) -> None:
    answer = client.get("/ontology/act/request")
    found = list(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))
    assert {str(quad.subject) for quad in found} == {f"<{CODES}act/request>"}
    assert client.get("/ontology/act/nothing").status_code == 404


def test_the_data_is_described_for_browsers_too(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "void:triples" in answer.get_data(as_text=True)
    assert client.get("/.well-known/void").mimetype == "text/turtle"


def test_the_dumps_are_distributions(client: FlaskClient) -> None:
    text = "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT ?u { ?d a dcat:Dataset ; "
    held = ox.Store()
    held.load(client.get("/.well-known/void").data, format=ox.RdfFormat.TURTLE)
    found = held.query(text + "dcat:distribution/dcat:downloadURL ?u }")
    urls = [row["u"].value for row in found]  # type: ignore[union-attr]
    assert len(urls) == 4
    for url in urls:
        assert client.get(url.removeprefix("http://localhost")).status_code == 200
