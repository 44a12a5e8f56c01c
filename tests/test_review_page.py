"""docs/review.md: each of its commands, run in the order in which a team would run them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.view import refresh
from tests.scene_review import NEWS, POST
from tests.scenes import scene_graphs

PAGE = Path(__file__).parents[1] / "docs" / "review.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
THINGS = {
    "STATEMENT": POST["s2"],
    "REPORT": POST["r1"],
    "MEETING": NEWS["r3"],
    "GUNS": POST["a2"],
    "OTHER_GUNS": NEWS["a1"],
    "TOLEN": POST["a1"],
    "OTHER_TOLEN": NEWS["a7"],
}


@pytest.mark.slow
def test_the_commands_of_the_page_do_what_it_says(tmp_path: Path) -> None:
    spec = f"oxigraph:{tmp_path / 'store'}"
    store = open_store(spec, base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    store.close()
    script = "set -eu\n" + "\n".join(BLOCKS)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    run = subprocess.run(
        ["sh", "-c", script],
        env={**os.environ, **THINGS, "KG_STORE": spec, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("[standing]") >= 8
    assert run.stdout.count(": kept") == 4
    store = open_store(spec, base=DEFAULT_BASE)
    view = {triple[0] for triple in store.read(f"{DEFAULT_BASE}graph/view")}
    store.close()
    assert f"<{NEWS['r3']}>" not in view
