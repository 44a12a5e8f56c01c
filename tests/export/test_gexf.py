"""GEXF read back by networkx."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.export import gexf
from kg.projection import Edge, Node, Projection
from tests.export.drawn import job, projections, told

NS = "{http://gexf.net/1.3}"


def written(graph: Projection) -> bytes:
    return b"".join(gexf.write(job(graph)))


def check(graph: Projection) -> None:
    read = nx.read_gexf(BytesIO(written(graph)))
    assert {iri: plain(data) for iri, data in read.nodes(data=True)} == {
        one.iri: expected(one) | looks(one) for one in graph.nodes
    }
    edges = {data["id"]: (source, target, data) for source, target, data in read.edges(data=True)}
    assert set(edges) == {one.id for one in graph.edges}
    for one in graph.edges:
        source, target, data = edges[one.id]
        assert (source, target) == (one.source, one.target)
        assert data == {**expected(one), "id": one.id, "weight": float(one.weight)}


def plain(data: dict[str, Any]) -> dict[str, Any]:
    place = data.pop("viz")["position"]
    return {**data, "x": place["x"], "y": place["y"]}


def looks(node: Node) -> dict[str, float]:
    """Gephi's y grows upwards."""
    return {"x": node.x, "y": -node.y}


def expected(item: Node | Edge) -> dict[str, Any]:
    spell = {"start": item.earliest, "end": item.latest}
    return {**told(item), **{name: day for name, day in spell.items() if day}}


def test_networkx_reads_the_same_graph(drawn: Projection) -> None:
    check(drawn)


@settings(deadline=None)
@given(projections())
def test_networkx_reads_any_label(graph: Projection) -> None:
    check(graph)


def test_parallel_edges_are_told_apart_by_kind(drawn: Projection) -> None:
    root = ElementTree.fromstring(written(drawn))
    found = {edge.get("id"): edge.get("kind") for edge in root.iter(f"{NS}edge")}
    assert found == {one.id: one.kind for one in drawn.edges}


def test_the_file_is_dated_and_says_what_it_is(drawn: Projection) -> None:
    root = ElementTree.fromstring(written(drawn))
    graph = root.find(f"{NS}graph")
    assert root.get("version") == "1.3"
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    described = root.findtext(f"{NS}meta/{NS}description") or ""
    assert drawn.preset in described
    assert "http://localhost:8000/" in described


def test_what_has_no_date_has_no_spell() -> None:
    node = Node("a:b", "actor", "A", "a:b")
    edge = Edge("e", "a:b", "a:b", "say", "say", "a:c", earliest="2021-05-02")
    root = ElementTree.fromstring(written(Projection.of("p", [node], [edge])))
    (drawn_node,), (drawn_edge,) = root.iter(f"{NS}node"), root.iter(f"{NS}edge")
    assert "start" not in drawn_node.attrib
    assert drawn_edge.get("start") == "2021-05-02"
    assert "end" not in drawn_edge.attrib


@pytest.mark.parametrize("kind", ["color", "size", "position"])
def test_every_node_has_its_looks(drawn: Projection, kind: str) -> None:
    root = ElementTree.fromstring(written(drawn))
    nodes = list(root.iter(f"{NS}node"))
    assert all(node.find(f"{{http://gexf.net/1.3/viz}}{kind}") is not None for node in nodes)
