"""One analyser for all tests of this folder, and the treebank where there is one."""

from pathlib import Path

import pytest

from kg.analyse import Analyser, load

TREEBANK = Path(__file__).parents[3] / "shared" / "treebank"


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return load()


@pytest.fixture(scope="session")
def treebank() -> Path:
    if not TREEBANK.is_dir():
        pytest.skip(f"no treebank at {TREEBANK}: figures are checked where it is at hand")
    return TREEBANK
