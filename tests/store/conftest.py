"""The stores of the contract: every test here runs over each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Store, open_store

BASE = "http://x.example/"
VIEW = f"{BASE}graph/view"


@pytest.fixture(params=["memory", "oxigraph"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    spec = "memory:" if request.param == "memory" else f"oxigraph:{tmp_path / 'store'}"
    opened = open_store(spec, base=BASE)
    yield opened
    opened.close()
