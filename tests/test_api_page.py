"""docs/api.md does what it says, against the demo: its Python as a doctest, its curl by curl."""

import doctest
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import start

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
WRITTEN = "http://localhost:8000"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo, which is its base too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    held = {"XDG_DATA_HOME": str(tmp_path_factory.mktemp("demo")), "KG_TOKEN": "secret"}
    process = start("serve", "--demo", "--port", port, KG_STORE="", **held)
    assert process.stdout
    assert any(line.startswith("stop with") for line in iter(process.stdout.readline, ""))
    yield f"http://localhost:{port}"
    process.terminate()
    process.communicate(timeout=60)


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
