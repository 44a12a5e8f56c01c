"""The graph: a projection around a selection, with the positions that exports have."""

import networkx as nx
import pytest
from flask.testing import FlaskClient

from api.drawing import WIDTH, drawing
from kg.filters import Filters
from kg.projection import PRESETS, Projection, project
from kg.store import Store
from tests.api.conftest import BROWSER
from tests.api.test_openapi import check


def whole(store: Store) -> Projection:
    return project(store, Filters.parse("statements", {}), "actor-statement-event")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("of", ["statements", "events"])
def test_a_graph_keeps_to_its_schema_and_holds_together(
    client: FlaskClient, preset: str, of: str
) -> None:
    found = client.get(f"/graph?projection={preset}&of={of}").get_json()
    check(found, "Graph")
    ids = {one["id"] for one in found["nodes"]}
    assert ids
    assert all(one["source"] in ids and one["target"] in ids for one in found["edges"])
    assert found["total"] == {"nodes": len(found["nodes"]), "edges": len(found["edges"])}
    places = {(one["x"], one["y"]) for one in found["nodes"]}
    assert len(places) == len(ids)


def test_a_filter_makes_a_smaller_graph(client: FlaskClient) -> None:
    everything = client.get("/graph").get_json()
    denial = client.get("/graph?act=deny").get_json()
    assert denial["filters"] == [{"name": "act", "value": "deny"}]
    assert 0 < len(denial["edges"]) < len(everything["edges"])


def test_events_have_filters_of_their_own(client: FlaskClient) -> None:
    assert client.get("/graph?of=events&status=disputed").status_code == 200
    assert client.get("/graph?of=statements&status=disputed").status_code == 400


def test_of_a_large_graph_the_most_connected_are_shown(client: FlaskClient, store: Store) -> None:
    found = client.get("/graph?projection=actor-statement-event&limit=5").get_json()
    graph = whole(store)
    assert len(found["nodes"]) == 5
    assert found["total"] == {"nodes": len(graph.nodes), "edges": len(graph.edges)}
    least = min(one["degree"] for one in found["nodes"])
    shown = {one["id"] for one in found["nodes"]}
    assert all(node.degree <= least for node in graph.nodes if node.iri not in shown)


def test_around_a_node_are_its_neighbours(client: FlaskClient, store: Store) -> None:
    graph = whole(store)
    ours = next(one for one in graph.nodes if one.label == "Mira Tolen")
    found = client.get(
        "/graph", query_string={"projection": graph.preset, "around": ours.iri}
    ).get_json()
    check(found, "Graph")
    touched = {(e.source, e.target) for e in graph.edges if ours.iri in (e.source, e.target)}
    near = {end for pair in touched for end in pair}
    assert {one["id"] for one in found["nodes"]} == near
    inside = [e.id for e in graph.edges if {e.source, e.target} <= near]
    assert [one["id"] for one in found["edges"]] == inside
    assert found["between"] == len(inside)
    assert found["total"] == {"nodes": len(graph.nodes), "edges": len(graph.edges)}


def test_a_path_leads_from_one_to_the_other(client: FlaskClient, store: Store) -> None:
    graph = whole(store)
    tree = max(nx.connected_components(graph.to_networkx().to_undirected()), key=len)
    ends = [min(tree), max(tree)]
    asked = {"projection": graph.preset, "path": ends}
    found = client.get("/graph", query_string=asked).get_json()
    theirs = nx.shortest_path(graph.to_networkx().to_undirected(), *ends)
    assert len(found["nodes"]) == len(theirs)
    assert set(ends) <= {one["id"] for one in found["nodes"]}
    steps = {frozenset((one["source"], one["target"])) for one in found["edges"]}
    assert len(steps) == len(theirs) - 1


def test_where_no_path_leads_there_is_nothing(client: FlaskClient, store: Store) -> None:
    graph = whole(store)
    groups = list(nx.connected_components(graph.to_networkx().to_undirected()))
    one, other = (min(group) for group in groups[:2])
    asked = {"projection": graph.preset, "path": [one, other]}
    found = client.get("/graph", query_string=asked).get_json()
    assert (found["nodes"], found["edges"]) == ([], [])


def test_positions_and_ranks_are_those_of_the_whole(client: FlaskClient, store: Store) -> None:
    known = {one.iri: one for one in whole(store).nodes}
    found = client.get("/graph?projection=actor-statement-event&limit=7").get_json()["nodes"]
    for one in found:
        node = known[one["id"]]
        assert (one["x"], one["y"], one["degree"]) == (node.x, node.y, node.degree)
        assert (one["community"], one["centrality"]) == (node.community, node.centrality)


def test_every_node_and_edge_is_drawn_inside_the_frame(store: Store) -> None:
    graph = whole(store)
    drawn = drawing(graph)
    assert drawn is not None
    assert [one.node for one in drawn.nodes] == list(graph.nodes)
    assert sum(len(one.edges) for one in drawn.edges) == len(graph.edges)
    for one in drawn.nodes:
        assert one.radius <= one.x <= WIDTH - one.radius
        assert one.radius <= one.y <= drawn.height - one.radius


def test_nothing_is_drawn_of_nothing(store: Store) -> None:
    assert drawing(Projection("actor-actor", (), ())) is None


@pytest.mark.parametrize(
    ("query", "status", "allowed"),
    [
        ("projection=star", 404, "actor-actor"),
        ("of=places", 400, "statements, events"),
        ("limit=0", 400, "2000"),
        ("limit=many", 400, "2000"),
        ("projection=actor-actor&projection=actor-event", 400, "once"),
        ("colour=red", 400, "speaker"),
        ("path=http://a.example/b", 400, "twice"),
        ("around=http://a.example/b&path=a&path=b", 400, "one of them"),
        ("around=http://a.example/b", 404, "full IRI"),
    ],
)
def test_what_cannot_be_drawn_is_told_what_can(
    client: FlaskClient, query: str, status: int, allowed: str
) -> None:
    answer = client.get(f"/graph?{query}")
    assert answer.status_code == status
    assert allowed in answer.get_json()["detail"]


def test_the_page_draws_every_node_with_a_link(client: FlaskClient) -> None:
    html = client.get("/graph", headers=BROWSER).get_data(as_text=True)
    for one in client.get("/graph").get_json()["nodes"]:
        assert f"<title>{one['label'].replace(chr(39), '&#39;')}</title>" in html
    assert 'id="downloads"' in html
