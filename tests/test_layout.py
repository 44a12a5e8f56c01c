"""Where the nodes of a drawn graph stand: apart, near their neighbours, alike on every machine."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.projection import Edge, Node, Projection
from kg.projection.filling import positions
from kg.projection.layout import FORCED
from tests.test_projection import PROGRAM

WIDE = " ".join(np.show_config("dicts")["SIMD Extensions"].get("found", ()))
"""What this processor has beyond what numpy needs."""


def ring(count: int, *chords: tuple[int, int]) -> Projection:
    nodes = [Node(f"a:{one:04}", "actor", str(one), f"a:{one}") for one in range(count)]
    pairs = [*((one, (one + 1) % count) for one in range(count)), *chords]
    edges = [
        Edge(f"e{n}", f"a:{a:04}", f"a:{b:04}", "say", "say", "a:s")
        for n, (a, b) in enumerate(pairs)
    ]
    return Projection.of("ring", nodes, edges)


@settings(deadline=None)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=9))
def test_every_node_has_a_place_of_its_own(count: int, chords: list[tuple[int, int]]) -> None:
    found = positions(ring(count, *((a % count, b % count) for a, b in chords)))
    places = {(node.x, node.y) for node in found.nodes}
    assert len(places) == count
    assert all(round(x, 2) == x and round(y, 2) == y for x, y in places)
    assert sum(node.degree for node in found.nodes) == 2 * len(found.edges)


def test_neighbours_stand_nearer_than_strangers() -> None:
    def apart(graph: Projection, steps: int) -> float:
        around = [complex(node.x, node.y) for node in graph.nodes]
        pairs = zip(around, [*around[steps:], *around[:steps]], strict=True)
        return sum(abs(one - other) for one, other in pairs)

    found = positions(ring(30))
    assert apart(found, 1) < apart(found, 15) / 2


def test_nothing_is_laid_out_as_nothing() -> None:
    assert positions(Projection.of("p", [], [])).nodes == ()


@pytest.mark.parametrize("count", [FORCED, FORCED + 1])
def test_large_graphs_are_laid_out_too(count: int) -> None:
    places = {(node.x, node.y) for node in positions(ring(count)).nodes}
    assert len(places) == count


@pytest.mark.parametrize(("count", "most"), [(300, 0.1), (2000, 0.05)])
def test_what_stays_stays_nearly_where_it_was(count: int, most: float) -> None:
    """Of a new view half of the nodes move less than a small part of the drawing."""
    graph = nx.barabasi_albert_graph(count, 2, seed=1)
    chords = [pair for pair in graph.edges if (pair[0] + 1) % count != pair[1]]
    before, after = (
        positions(ring(*given)) for given in ((count, *chords), (count + 1, *chords[1:]))
    )
    new = {node.iri: complex(node.x, node.y) for node in after.nodes}
    place = {node.iri: complex(node.x, node.y) for node in before.nodes}
    moved = median(abs(one - new[iri]) for iri, one in place.items())
    assert moved < most * max(map(abs, place.values()))


def test_a_crowd_stands_around_whom_it_is_joined_to() -> None:
    edges = [
        Edge(f"e{n}", f"a:{n % 600:04}", f"a:{n:04}", "say", "say", "a:s") for n in range(600, 3000)
    ]
    found = positions(Projection.of("p", ring(3000).nodes, [*ring(600).edges, *edges]))
    place = {node.iri: complex(node.x, node.y) for node in found.nodes}
    far = [abs(place[one.source] - place[one.target]) for one in edges]
    assert median(far) < max(map(abs, place.values())) / 10


@pytest.mark.parametrize(
    ("graph", "digest"),
    [
        (ring(120, (0, 60), (10, 50)), "868a5001fc741583ece39a21fb7ba1a4"),
        (ring(900, (0, 60)), "d3ff7a2826e36bbdb9855331975710a3"),
    ],
)
def test_positions_are_these_on_every_machine(graph: Projection, digest: str) -> None:
    places = [(node.x, node.y) for node in positions(graph).nodes]
    assert hashlib.sha256(repr(places).encode()).hexdigest()[:32] == digest


def test_positions_do_not_hang_on_the_processor() -> None:
    """The widest instructions sum many numbers at a time: without them the sums are the same."""
    program = PROGRAM.replace("    print(", "    print(preset, ")
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "NPY_DISABLE_CPU_FEATURES": features},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for features in ("", WIDE)
    }
    assert len(found) == 1
