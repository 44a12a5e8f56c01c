"""Answers drawn by the types of what is in them, and the words a query can be written with."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kg.vocab import PREFIXES
from tests.api.conftest import BROWSER
from tests.api.test_pages import page

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
PLACES = "SELECT ?place ?name ?wkt { ?place rdfs:label ?name ; geo:hasGeometry/geo:asWKT ?wkt }"
DATED = "SELECT ?event ?label ?earliest ?latest { ?event a ck:Event ; rdfs:label ?label ; " + (
    "ck:earliest ?earliest ; ck:latest ?latest }"
)
SAID = "SELECT ?statement ?edtf ?what { ?statement ck:edtf ?edtf ; ck:content ?what }"
TIED = (
    "SELECT ?source ?source_label ?target { ?s ck:speaker ?source ; ck:about ?target . "
    "?source rdfs:label ?source_label }"
)
GRAPH = "CONSTRUCT { ?s ck:about ?e . ?e rdfs:label ?l } { ?s ck:about ?e . ?e rdfs:label ?l }"
PLAIN = "SELECT ?n { BIND(7 AS ?n) }"


def address(text: str, view: str = "") -> str:
    return f"/sparql?query={quote(PROLOGUE + text)}" + (f"&view={view}" if view else "")


@pytest.mark.parametrize(
    ("text", "views"),
    [
        (PLACES, ["map"]),
        (DATED, ["timeline"]),
        (SAID, ["timeline"]),
        (TIED, ["graph"]),
        (GRAPH, ["graph"]),
        (PLAIN, []),
        ("ASK {}", []),
    ],
)
def test_an_answer_offers_the_views_that_its_types_allow(
    client: FlaskClient, text: str, views: list[str]
) -> None:
    found = page(client, address(text))
    offered = [link.rpartition("view=")[2] for link in found.links if "view=" in link]
    assert offered == (["table", *views] if views else [])


def test_places_of_an_answer_stand_on_a_map_and_lead_to_their_pages(client: FlaskClient) -> None:
    html = client.get(address(PLACES, "map"), headers=BROWSER).get_data(as_text=True)
    assert 'data-name="Geneva"' in html
    assert '<a href="/place/geneva-' in html


def test_dates_of_an_answer_stand_on_a_line(client: FlaskClient) -> None:
    found = page(client, address(DATED, "timeline"))
    assert "2 May 2021" in found.words
    assert any(link.startswith("/event/") for link in found.links)


def test_a_graph_of_an_answer_is_drawn_with_names(client: FlaskClient) -> None:
    assert "Mira Tolen" in page(client, address(TIED, "graph")).words
    assert "shelling of Lorik" in page(client, address(GRAPH, "graph")).words


def test_a_view_that_is_not_there_is_the_table(client: FlaskClient) -> None:
    assert "1 row" in page(client, address(PLAIN, "map")).words


def test_a_named_question_has_views_too(client: FlaskClient) -> None:
    found = page(client, "/queries/who-called-for?view=timeline")
    assert "4 May 2021" in found.words


def test_the_vocabulary_is_what_queries_are_written_with(client: FlaskClient) -> None:
    found = client.get("/vocabulary.json").get_json()
    words = {one["term"]: one for one in found["words"]}
    assert words["ck:speaker"]["kind"] == "property"
    assert words["ck:Statement"]["kind"] == "class"
    assert words["act:request"]["meaning"]
    assert "<https://w3id.org/conflict-kg/mode/ACCUSE/investigate>" in words
    assert words["schema:headline"]["kind"] == "property"
    assert found["prefixes"] == PREFIXES
    used = {term.partition(":")[0] for term in words if not term.startswith("<")}
    assert used <= set(PREFIXES)
