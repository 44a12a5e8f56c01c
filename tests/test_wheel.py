"""A wheel built from this checkout holds the islands, and nothing of the workshop."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
ISLANDS = ("graph.js", "map.js", "sparql.js", "land.json")
LARGEST = 600_000
"""Bytes of one island, its shared parts not counted."""


@pytest.mark.slow
def test_a_wheel_holds_the_islands_and_their_licences(tmp_path: Path) -> None:
    order = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path)]
    subprocess.run([*order, str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as file:
        names = {one.filename: one.file_size for one in file.infolist()}
        licences = file.read("api/static/bundle/LICENSES.txt").decode()
    for name in ISLANDS:
        assert 0 < names[f"api/static/bundle/{name}"] < LARGEST
    for package in ("cytoscape", "d3-geo", "topojson-client", "world-atlas", "@codemirror/view"):
        assert f"{package} " in licences
    assert not [name for name in names if "node_modules" in name or name.startswith("web/")]
    assert "kg/_ontology/kg.ttl" in names
