"""The stores of the contract: every test here runs over each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import terms
from kg.errors import StoreError
from kg.store import Store, open_store
from kg.terms import Triple
from tests.engines import emptied, remote_of, service, virtuoso

BASE = "http://x.example/"
VIEW = f"{BASE}graph/view"
G1, G2 = f"{BASE}article/1", f"{BASE}article/2"
P = "<http://x.example/p>"


def graph(name: str, *values: str) -> list[Triple]:
    """A graph of values of one thing."""
    return sorted((f"<http://x.example/{name}>", P, terms.literal(value)) for value in values)


@pytest.fixture(scope="session")
def virtuoso_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        yield found


@pytest.fixture(params=["memory", "oxigraph", "service", "virtuoso"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind, empty."""
    if request.param == "service":
        with service(BASE) as found:
            yield from _opened(found)
    elif request.param == "virtuoso":
        yield from _opened(emptied(request.getfixturevalue("virtuoso_settings")))
    else:
        where = "memory:" if request.param == "memory" else f"oxigraph:{tmp_path / 'store'}"
        yield from _opened({"KG_STORE": where})


@pytest.fixture
def three(store: Store) -> Store:
    """The view and two graphs of one triple each."""
    store.replace([(VIEW, graph("v", "view")), (G1, graph("a", "one")), (G2, graph("b", "two"))])
    return store


def _opened(found: dict[str, str]) -> Iterator[Store]:
    opened = open_store(found["KG_STORE"], base=BASE, remote=remote_of(found))
    yield opened
    opened.close()


NOT_HONOURED = {
    "test_answers_come_serialised[virtuoso-CONSTRUCT": (
        "Virtuoso: a CONSTRUCT that makes a literal a subject fails, where SPARQL leaves it out"
    )
}
"""What an engine does otherwise than the standard says, and we cannot mend."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name, reason in NOT_HONOURED.items():
            if item.name.startswith(name):
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True, raises=StoreError))
