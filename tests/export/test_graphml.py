"""GraphML read back by networkx; yEd's elements looked for."""

from io import BytesIO
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given, settings

from kg.export import graphml
from kg.projection import Projection
from tests.export.drawn import in_xml, job, projections, told

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
