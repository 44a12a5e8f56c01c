"""Cytoscape JSON read back by Cytoscape itself, and any label by a JSON parser."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kg.export import cyjs, selection
from kg.projection import PRESETS, Edge, Node, Projection, project
from kg.projection.model import values
from kg.store.base import Store
from tests.export.drawn import NASTY, job, projections

HERE = Path(__file__).parent


def written(graph: Projection) -> bytes:
    return b"".join(cyjs.write(job(graph)))


def columns(item: Node | Edge) -> dict[str, Any]:
    found = {"name": item.label, "label": item.label, **dict(values(item))}
    return {
        name: one.replace("\0", "\ufffd") if isinstance(one, str) else one
        for name, one in found.items()
    }


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cytoscape as the lock file has it."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not on the PATH: Cytoscape cannot be run")
    folder = tmp_path_factory.mktemp("cytoscape")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm ci cannot fetch Cytoscape here: {done.stderr.strip()[-300:]}")
    return folder / "node_modules"


def opened(graphs: list[Projection], modules: Path, folder: Path) -> list[dict[str, Any]]:
    files = []
    for number, graph in enumerate(graphs):
        files.append(folder / f"{number}.cyjs")
        files[-1].write_bytes(written(graph))
    command = ["node", *map(str, (HERE / "read_cyjs.cjs", modules, *files))]
    found: list[dict[str, Any]] = json.loads(
        subprocess.run(command, capture_output=True, check=True).stdout
    )
    return found


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


def test_cytoscape_holds_the_same_graphs(store: Store, modules: Path, tmp_path: Path) -> None:
    nasty = [
        Node(f"a:{number}", "actor", label, f"a:{number}", text=label)
        for number, label in enumerate(NASTY)
    ]
    loop = Edge("e", "a:0", "a:0", "say", NASTY[0], "a:b", earliest="2021-05-02")
    graphs = [project(store, selection({}), preset) for preset in PRESETS]
    graphs.append(Projection.of("nasty", nasty, [loop]))
    for graph, read in zip(graphs, opened(graphs, modules, tmp_path), strict=True):
        same(graph, read)


@settings(deadline=None)
@given(projections())
def test_any_label_is_the_same_json_text(graph: Projection) -> None:
    found = json.loads(written(graph))["elements"]
    labels = [one.label.replace("\0", "\ufffd") for one in graph.nodes]
    assert [one["data"]["label"] for one in found["nodes"]] == labels
    assert [one["data"]["interaction"] for one in found["edges"]] == [e.kind for e in graph.edges]


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (HERE / "package-lock.json").read_text("utf-8")
