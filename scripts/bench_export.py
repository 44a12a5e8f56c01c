"""Our writers beside networkx's on a generated projection: ``python scripts/bench_export.py``.

Each writer runs in a process of its own; memory is what its peak adds to what the process held
when it began (our projection, or networkx's graph). Read the figures as ratios.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

import networkx as nx

from kg.export import FORMATS, Job, selection
from kg.iri import DEFAULT_BASE, digest
from kg.projection import Edge, Node, Projection
from kg.projection.layout import positions
from kg.store import open_store

ACTS: Final = ("say", "request", "accuse", "deny", "condemn", "promise")
WORDS: Final = "the words of a quotation that are about as long as the evidence of a statement is"


def generated(edges: int) -> Projection:
    """As many statements between a fifth as many actors, the few famous ones in most of them."""
    chance, count = Random(1), max(edges // 5, 2)
    names = [f"{DEFAULT_BASE}actor/somebody-{digest(str(one))}" for one in range(count)]
    nodes = [Node(iri, "person", f"Somebody {n}", iri, "Person") for n, iri in enumerate(names)]

    def edge(number: int) -> Edge:
        source, target = names[int(chance.random() ** 3 * count)], names[chance.randrange(count)]
        iri, act = f"{DEFAULT_BASE}statement/{digest(str(number))}", ACTS[number % len(ACTS)]
        day = f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}"
        return Edge(
            id=f"e{digest(str(number))[:20]}",
            source=source,
            target=target,
            kind=act,
            label=act,
            url=iri,
            role="target",
            edtf=day,
            earliest=day,
            latest=day,
            published=day,
            confidence=0.95,
            sources=("The Harbour Post https://harbour.example/2022/lorik",),
            quotation=WORDS,
        )

    return positions(Projection.of("actor-actor", nodes, map(edge, range(edges))))


def ours(name: str, graph: Projection) -> Callable[[], int]:
    """Write a format and throw it away; how many bytes it was."""
    store = open_store("memory:", base=DEFAULT_BASE)
    job = Job(store, selection({}), DEFAULT_BASE, graph.preset, drawn=graph)
    return lambda: sum(map(len, FORMATS[name].write(job)))


def theirs(name: str, graph: Projection) -> Callable[[], int]:
    """The same by networkx, from its own graph, into a file that keeps nothing."""
    made = graph.to_networkx()

    def write() -> int:
        if name == "cyjs":
            return len(json.dumps(nx.cytoscape_data(made)).encode())
        with open(os.devnull, "wb") as sink:
            (nx.write_gexf if name == "gexf" else nx.write_graphml)(made, sink)
        return 0

    return write


WRITERS: Final[Mapping[str, Callable[[str, Projection], Callable[[], int]]]] = {
    "ours": ours,
    "networkx": theirs,
}
RUNS: Final = (
    *(("ours", name) for name in ("gexf", "graphml", "cyjs", "csv")),
    *(("networkx", name) for name in ("gexf", "graphml", "cyjs")),
)


def measure(whose: str, name: str, edges: int) -> dict[str, float]:
    """Seconds, megabytes written, and megabytes of memory added while writing."""
    write = WRITERS[whose](name, generated(edges))
    before, start = _peak(), time.perf_counter()
    size = write()
    return {
        "seconds": time.perf_counter() - start,
        "file MB": size / 2**20,
        "added MB": _peak() - before,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure every writer in its own process, or the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=100_000, help="how many edges")
    parser.add_argument("--only", nargs=2, metavar=("WHOSE", "FORMAT"), help="this one, as JSON")
    options = parser.parse_args()
    if options.only:
        whose, name = options.only
        print(json.dumps(measure(whose, name, options.number)))
        return
    for whose, name in RUNS:
        command = [sys.executable, __file__, "-n", str(options.number), "--only", whose, name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures = "".join(f"{n:>12} {v:8,.1f}" for n, v in json.loads(done.stdout).items())
        print(f"{whose:10}{name:10}{figures}", flush=True)


if __name__ == "__main__":
    main()
