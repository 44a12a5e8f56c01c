"""docs/api.md does what it says, against the demo: its Python as a doctest, its curl by curl."""

import doctest
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.server import Server
from kg.commands.demo import SAMPLES
from kg.config import Settings
from kg.extract import open_extractor
from kg.pipeline import ingest
from kg.sources import Defaults, read
from kg.store import open_store
from kg.store.pool.workers import WorkerPool

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
WRITTEN = "http://localhost:8000"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the demo, which is its base too."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    store = open_store("memory:", base=f"{address}/")
    ingest(store, read(str(SAMPLES), Defaults(), 2**20), open_extractor("default"))
    with WorkerPool(store, workers=2, keep=2) as pool:
        app = create_app(pool, Settings(store="memory:", base=f"{address}/"))
        server = Server(app, listening, grace=1.0)
        thread = threading.Thread(target=server.run)
        thread.start()
        yield address
        server.stop()
        thread.join()
    store.close()


def blocks(kind: str, site: str) -> list[str]:
    text = PAGE.read_text("utf-8").replace(WRITTEN, site)
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def test_its_python_runs(site: str) -> None:
    text = "\n".join(blocks("pycon", site))
    test = doctest.DocTestParser().get_doctest(text, {}, "api.md", str(PAGE), 0)
    assert len(test.examples) > 15
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert not said, "".join(said)


def test_its_curl_runs(site: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl")
    for block in blocks("console", site):
        command, _, shown = block.removeprefix("$ ").partition("\n")
        run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
        pattern = ".*?".join(map(re.escape, shown.strip().split("…")))
        assert re.fullmatch(pattern, run.stdout.strip(), re.DOTALL), run.stdout[:2000]
