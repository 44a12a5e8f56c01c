"""Cytoscape JSON read back by Cytoscape itself, and any label by a JSON parser."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from kg.export import cyjs
from kg.projection import Edge, Node, Projection
from kg.projection.model import values
from tests.export.drawn import job, projections
from tests.export.foreign import by_node


def written(graph: Projection) -> bytes:
    return b"".join(cyjs.write(job(graph)))


def columns(item: Node | Edge) -> dict[str, Any]:
    found = {"name": item.label, "label": item.label, **dict(values(item))}
    return {
        name: one.replace("\0", "\ufffd") if isinstance(one, str) else one
        for name, one in found.items()
    }


def same(graph: Projection, read: dict[str, Any]) -> None:
    nodes = {one["data"].pop("id"): one for one in read["nodes"]}
    assert set(nodes) == {one.iri for one in graph.nodes}
    for node in graph.nodes:
        assert columns(node).items() <= nodes[node.iri]["data"].items()
        assert nodes[node.iri]["position"] == {"x": node.x, "y": node.y}
    edges = {one["data"].pop("id"): one for one in read["edges"]}
    assert set(edges) == {one.id for one in graph.edges}
    for edge in graph.edges:
        assert columns(edge).items() <= edges[edge.id]["data"].items()
        assert (edges[edge.id]["source"], edges[edge.id]["target"]) == (edge.source, edge.target)


def test_cytoscape_holds_the_same_graphs(all_drawn: list[Projection], tmp_path: Path) -> None:
    files = []
    for number, graph in enumerate(all_drawn):
        files.append(tmp_path / f"{number}.cyjs")
        files[-1].write_bytes(written(graph))
    for graph, read in zip(all_drawn, by_node("read_cyjs.cjs", *files), strict=True):
        same(graph, read)


@settings(deadline=None)
@given(projections())
def test_any_label_is_the_same_json_text(graph: Projection) -> None:
    found = json.loads(written(graph))["elements"]
    labels = [one.label.replace("\0", "\ufffd") for one in graph.nodes]
    assert [one["data"]["label"] for one in found["nodes"]] == labels
    assert [one["data"]["interaction"] for one in found["edges"]] == [e.kind for e in graph.edges]


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (Path(__file__).parent / "package-lock.json").read_text("utf-8")
