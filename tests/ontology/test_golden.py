"""Every golden graph, and every view of them, meets the shapes."""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.terms import Triple
from tests.ontology.validate import conforms

FOLDER = Path(__file__).parent.parent / "golden"
FILES = sorted(FOLDER.glob("*.nq"))


def named_graphs(file: Path) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = defaultdict(list)
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS):
        row = (str(quad.subject), str(quad.predicate), str(quad.object))
        found[str(quad.graph_name)].append(row)
    return found


def test_there_are_golden_graphs() -> None:
    assert FILES, f"no *.nq in {FOLDER}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_golden_graph_conforms(file: Path) -> None:
    found = named_graphs(file)
    assert found, f"{file.name} holds no graph"
    assert {iri: conforms(triples) for iri, triples in found.items()} == {iri: [] for iri in found}
