"""The command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.view import refresh
from tests.scenes import scene_store

ROOT = Path(__file__).parents[1]
Run = subprocess.CompletedProcess[str]
DENIAL = (
    "ARDANIK, May 4 (HP) — The Keshi Defence Ministry denied on Tuesday that its troops had"
    " shelled the market in Tolvesk.\n"
)


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "kg", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str, status: int = 0, **environment: str) -> Run:
    process = start(*arguments, **environment)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    assert process.returncode == status, err
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def scene_on_disk(folder: Path) -> str:
    """The scene's store in a folder, as commands name it."""
    spec = f"oxigraph:{folder / 'store'}"
    held, scene = open_store(spec, base=DEFAULT_BASE), scene_store()
    held.replace([(graph, scene.read(graph)) for graph in scene.graphs()])
    refresh(held)
    held.close()
    return spec
