"""Processes that end in the middle of writing: the next goes on, and no trace of it is left.

``KG_TEST_ENDS=100`` ends each thing that is done at a hundred of its calls.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import records
from kg.filters import KINDS, Filters
from kg.index import beside
from kg.iri import DEFAULT_BASE
from kg.log import opened
from kg.model import Article
from kg.pipeline import ingest
from kg.store import Store, open_store
from kg.verify import verify
from kg.view import article_graphs, build, judgements
from kg.view.mending import mend
from tests.ended import DONE, GONE, STATUS
from tests.keeping import files_holding
from tests.scenes import HARBOUR, WIRE
from tests.test_pipeline import Scripted
from tests.test_ties import from_nothing, kept
from tests.test_view_stored import VIEW

ENDS = int(os.environ.get("KG_TEST_ENDS", "3"))
WORDS = "Foreign ministers Anto Reva"
TOP = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("what", DONE)
def test_whatever_call_was_the_last_the_store_is_made_whole(tmp_path: Path, what: str) -> None:
    before = tmp_path / "before"
    fill(before, [HARBOUR] if what.startswith("put") else [HARBOUR, WIRE])
    calls = int(done(shutil.copytree(before, tmp_path / "whole"), what, 0))
    chance = random.Random(what)
    for call in sorted(chance.sample(range(1, calls + 1), ENDS)):
        home = shutil.copytree(before, tmp_path / "store")
        done(home, what, call)
        store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
        mend(store)
        require_whole(store, home)
        gone = GONE not in store.graphs()
        store.close()
        if what == "take down" and gone:
            open_store(f"oxigraph:{home}", base=DEFAULT_BASE).close()
            assert not files_holding(home, WORDS), call
        shutil.rmtree(home)


def fill(home: Path, articles: Sequence[Article]) -> None:
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    ingest(store, articles, Scripted())
    store.close()


def done(home: Path, what: str, call: int) -> str:
    """What the process says that does it up to a call."""
    command = [sys.executable, "-m", "tests.ended", str(home), what, str(call)]
    found = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert found.returncode in ((0, STATUS) if call else (0,)), (call, found.stderr)
    return found.stdout


def require_whole(store: Store, home: Path) -> None:
    """View, ties, index and log say what articles and judgements say."""
    assert not list(verify(store))
    graphs = [(iri, store.read(iri)) for iri in article_graphs(store)]
    assert store.read(VIEW) == build(DEFAULT_BASE, graphs, judgements(store))
    assert kept(store) == from_nothing(store)
    index = beside(store)
    assert index is not None
    assert index.knows(store.view_id())
    listed = {
        (kind.removesuffix("s"), one["id"])
        for kind in KINDS
        for one in records.every(store, Filters.parse(kind, {}))
    }
    with opened(home) as log:
        assert set(log.standing()) == listed
