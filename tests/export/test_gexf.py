"""GEXF held against its specification, and read back by networkx and graphology."""

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from lxml import etree

from kg.export import gexf
from kg.projection import Edge, Node, Projection
from tests.export.drawn import in_xml, job, projections, told
from tests.export.foreign import by_node

NS = "{http://gexf.net/1.3}"
SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "gexf.xsd")))
"""Ours, after the specification: that of the format's authors is not ours to copy."""


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


def test_the_file_keeps_to_the_specification(all_drawn: list[Projection]) -> None:
    for graph in all_drawn:
        SCHEMA.assertValid(etree.fromstring(written(graph)))


@settings(deadline=None)
@given(projections())
def test_any_graph_keeps_to_the_specification(graph: Projection) -> None:
    SCHEMA.assertValid(etree.fromstring(written(graph)))


def test_the_specification_is_no_open_door(drawn: Projection) -> None:
    text = written(drawn).decode()
    for other in (text.replace("keywords>", "title>"), text.replace('class="node"', 'class="a"')):
        with pytest.raises(etree.DocumentInvalid):
            SCHEMA.assertValid(etree.fromstring(other.encode()))


def test_graphology_reads_the_same_graphs(all_drawn: list[Projection], tmp_path: Path) -> None:
    files = []
    for number, graph in enumerate(all_drawn):
        files.append(tmp_path / f"{number}.gexf")
        files[-1].write_bytes(written(graph))
    for graph, read in zip(all_drawn, by_node("read_xml.cjs", *files), strict=True):
        nodes = {one["key"]: one["attributes"] for one in read["nodes"]}
        assert set(nodes) == {one.iri for one in graph.nodes}
        for node in graph.nodes:
            seen = nodes[node.iri]
            assert in_xml({"label": node.label}) == {"label": seen["label"]}
            assert (seen["x"], seen["y"], seen["kind"]) == (node.x, -node.y, node.kind)
        edges = {one["key"]: one for one in read["edges"]}
        for edge in graph.edges:
            seen = edges[edge.id]
            assert (seen["source"], seen["target"]) == (edge.source, edge.target)
            assert seen["attributes"]["interaction"] == edge.kind


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
