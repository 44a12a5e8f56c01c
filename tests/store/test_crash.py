"""kill -9 in the middle of writing: every graph is its old self or its new self."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import terms
from kg.store import open_store
from kg.terms import Triple
from tests.store.conftest import BASE

GRAPHS = 4


def version(graph: int, number: int, size: int = 700) -> list[Triple]:
    subject = f"<{BASE}{graph}>"
    return sorted(
        (subject, f"<{BASE}p{n}>", terms.literal(f"version {number} of {n}")) for n in range(size)
    )


def write_versions(place: str) -> None:
    """Replace a few graphs over and over, saying so after each round."""
    store = open_store(f"oxigraph:{place}", base=BASE)
    for number in range(10_000):
        store.replace((f"{BASE}{graph}", version(graph, number)) for graph in range(GRAPHS))
        print(number, flush=True)


def write_many(place: str) -> None:
    """Write many new graphs at once: finished files, not a transaction."""
    store = open_store(f"oxigraph:{place}", base=BASE)
    print("go", flush=True)
    store.replace((f"{BASE}{graph}", version(graph, 0)) for graph in range(150))
    print("done", flush=True)


def run_and_kill(function: str, place: Path, seconds: float) -> list[str]:
    """What a writer said before it was killed, this long after its first word."""
    code = f"from tests.store.test_crash import {function}\n{function}({str(place)!r})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        first = run.stdout.readline()
        time.sleep(seconds)
        run.kill()
        return [first, *run.stdout]


@pytest.mark.parametrize("seconds", [0.02, 0.17, 0.45])
def test_a_replaced_graph_is_old_or_new(tmp_path: Path, seconds: float) -> None:
    said = [int(line) for line in run_and_kill("write_versions", tmp_path / "s", seconds)]
    store = open_store(f"oxigraph:{tmp_path / 's'}", base=BASE)
    for graph in range(GRAPHS):
        found = store.read(f"{BASE}{graph}")
        assert found in (version(graph, said[-1]), version(graph, said[-1] + 1))
    store.close()


@pytest.mark.parametrize("seconds", [0.1, 0.5, 0.9])
def test_a_new_graph_is_there_or_not(tmp_path: Path, seconds: float) -> None:
    run_and_kill("write_many", tmp_path / "s", seconds)
    store = open_store(f"oxigraph:{tmp_path / 's'}", base=BASE)
    for iri in store.graphs():
        assert store.read(iri) == version(int(iri.removeprefix(BASE)), 0)
    write_again = [(f"{BASE}{graph}", version(graph, 1)) for graph in range(2)]
    store.replace(write_again)
    assert [store.read(iri) for iri, _ in write_again] == [triples for _, triples in write_again]
    store.close()
