"""GraphML read back by networkx, igraph and graphology; yEd's keys and elements looked for."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
from hypothesis import given, settings

from kg.export import graphml
from kg.projection import Projection
from tests.export.drawn import in_xml, job, projections, told
from tests.export.foreign import by_node

NS = "{http://graphml.graphdrawing.org/xmlns}"
YED = "{http://www.yworks.com/xml/graphml}"


def written(graph: Projection) -> bytes:
    return b"".join(graphml.write(job(graph)))


def check(graph: Projection) -> None:
    read = nx.read_graphml(BytesIO(written(graph)), force_multigraph=True)
    for _, data in read.nodes(data=True):
        data.pop("shape_type")
    assert dict(read.nodes(data=True)) == {
        one.iri: told(one) | in_xml({"name": one.label, "x": one.x, "y": one.y})
        for one in graph.nodes
    }
    assert {(u, v, key): data for u, v, key, data in read.edges(keys=True, data=True)} == {
        (one.source, one.target, one.id): told(one)
        | in_xml({"name": one.label, "weight": float(one.weight)})
        for one in graph.edges
    }


def test_networkx_reads_the_same_graph(drawn: Projection) -> None:
    check(drawn)


@settings(deadline=None)
@given(projections())
def test_networkx_reads_any_label(graph: Projection) -> None:
    check(graph)


def test_igraph_reads_the_same_graphs(all_drawn: list[Projection], tmp_path: Path) -> None:
    file = tmp_path / "a.graphml"
    for graph in all_drawn:
        file.write_bytes(written(graph))
        read = igraph.Graph.Read_GraphML(str(file))
        assert read.vs["id"] == [one.iri for one in graph.nodes]
        assert read.vs["label"] == [in_xml({"label": one.label})["label"] for one in graph.nodes]
        assert read.vs["degree"] == [one.degree for one in graph.nodes]
        ends = [(read.vs[one.source]["id"], read.vs[one.target]["id"]) for one in read.es]
        assert ends == [(one.source, one.target) for one in graph.edges]
        if graph.edges:
            assert read.es["interaction"] == [one.kind for one in graph.edges]
            assert read.es["weight"] == [one.weight for one in graph.edges]


def test_graphology_reads_the_same_graphs(all_drawn: list[Projection], tmp_path: Path) -> None:
    files = []
    for number, graph in enumerate(all_drawn):
        files.append(tmp_path / f"{number}.graphml")
        files[-1].write_bytes(written(graph))
    for graph, read in zip(all_drawn, by_node("read_xml.cjs", *files), strict=True):
        assert [one["key"] for one in read["nodes"]] == [one.iri for one in graph.nodes]
        found = [(one["source"], one["target"]) for one in read["edges"]]
        assert found == [(one.source, one.target) for one in graph.edges]
        kinds = [one["attributes"]["interaction"] for one in read["edges"]]
        assert kinds == [one.kind for one in graph.edges]


def test_yed_finds_its_keys(drawn: Projection) -> None:
    """yEd looks for keys by ``yfiles.type``, and for its elements in the data of these keys."""
    root = ElementTree.fromstring(written(drawn))
    keys = {
        (one.get("for"), one.get("yfiles.type")): one.get("id")
        for one in root.iter(f"{NS}key")
        if one.get("yfiles.type")
    }
    assert set(keys) == {("node", "nodegraphics"), ("edge", "edgegraphics")}
    for of, element in (("node", "ShapeNode"), ("edge", "PolyLineEdge")):
        key = keys[of, f"{of}graphics"]
        for one in root.iter(f"{NS}{of}"):
            first = one.find(f"{NS}data")
            assert first is not None
            assert first.get("key") == key
            assert first.find(f"{YED}{element}") is not None


def test_yed_has_what_it_draws(drawn: Projection) -> None:
    root = ElementTree.fromstring(written(drawn))
    shapes = {
        node.get("id"): node.findtext(f"{NS}data/{YED}ShapeNode/{YED}NodeLabel")
        for node in root.iter(f"{NS}node")
    }
    assert shapes == {one.iri: one.label for one in drawn.nodes}
    lines = [edge.find(f"{NS}data/{YED}PolyLineEdge") for edge in root.iter(f"{NS}edge")]
    assert len(lines) == len(drawn.edges)
    assert None not in lines


def test_yed_draws_a_node_around_its_position(drawn: Projection) -> None:
    root = ElementTree.fromstring(written(drawn))
    node = drawn.nodes[0]
    found = next(root.iter(f"{YED}Geometry")).attrib
    middle = float(found["x"]) + float(found["width"]) / 2
    assert abs(middle - node.x) < 0.02


def test_the_graph_says_what_it_is(drawn: Projection) -> None:
    read = nx.read_graphml(BytesIO(written(drawn)))
    assert read.graph["projection"] == drawn.preset
    assert {"selection", "base", "licence", "cite"} <= set(read.graph)
