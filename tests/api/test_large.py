"""Pages of much: an answer, a drawn graph and a map stay within what a page may have."""

from itertools import permutations

import pytest
from flask import Flask, get_template_attribute
from flask.testing import FlaskClient

from api.drawing import drawing
from kg.projection import Edge, Node, Projection
from kg.projection.filling import positions
from tests.api.conftest import BROWSER
from tests.api.test_pages import LARGEST

MANY = "SELECT ?a ?b ?c ?p ?d { ?a a ck:Statement . ?b a ck:Statement . ?c ?p ?d }"
LONG = "SELECT (CONCAT(?x, ?x, ?x, ?x) AS ?y) ?d { ?a schema:articleBody ?x . ?c ?p ?d }"


@pytest.mark.parametrize("text", [MANY, LONG])
def test_an_answer_shows_as_many_rows_as_fit(client: FlaskClient, text: str) -> None:
    asked = (
        f"PREFIX ck: <https://w3id.org/conflict-kg%23> PREFIX schema: <https://schema.org/> {text}"
    )
    answer = client.get(f"/sparql?query={asked}", headers=BROWSER)
    assert answer.status_code == 200
    assert LARGEST / 2 < len(answer.data) < LARGEST
    assert "downloads hold them all" in answer.get_data(as_text=True)


def test_a_drawn_graph_leads_from_its_first_lines_and_draws_the_others_alone(app: Flask) -> None:
    base = app.config["KG_BASE"]
    nodes = [f"{base}actor/{'somebody-with-a-long-name-' * 2}{n}" for n in range(120)]
    pairs = list(permutations(nodes, 2))[:2000]
    graph = Projection.of(
        "actor-actor",
        [Node(iri, "person", iri[-40:], iri) for iri in nodes],
        [
            Edge(f"e{n}", *pair, "accuse", "accuse", f"{base}statement/{n}")
            for n, pair in enumerate(pairs)
        ],
    )
    with app.test_request_context():
        drawn = str(get_template_attribute("macros.html", "graph")(drawing(positions(graph))))
    assert len(drawn) < 0.8 * LARGEST
    assert drawn.count('<a href="/statement/') == 60
    assert drawn.count(' d="M') > 1000
