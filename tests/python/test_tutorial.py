"""The tutorial does what it says, on the articles it names."""

import doctest
import re
from pathlib import Path

import pytest

from kg.commands.demo import SAMPLES
from kg.extract import open_extractor
from kg.iri import DEFAULT_BASE
from kg.pipeline import ingest
from kg.sources import Defaults, read
from kg.store import open_store

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "KG_BASE_IRI"):
        monkeypatch.delenv(name, raising=False)
    store = open_store("oxigraph:war.kg", base=DEFAULT_BASE)
    ingest(store, read(str(SAMPLES), Defaults(), 2**20), open_extractor("default"))
    store.close()
    blocks = re.findall(r"```pycon\n(.*?)```", PAGE.read_text(), re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "python.md", str(PAGE), 0)
    assert len(test.examples) > 20
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert not said, "".join(said)
