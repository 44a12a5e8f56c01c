"""Our writers beside networkx's on a generated projection: ``python scripts/bench_export.py``.

Each writer runs in a process of its own; memory is what its peak adds to what the process held
when it began (our projection, or networkx's graph). Read the figures as ratios.
"""

import argparse
import gc
import json
import pickle
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

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


def ours(name: str, graph: Projection) -> int:
    """Write a format and throw it away; how many bytes it was."""
    store = open_store("memory:", base=DEFAULT_BASE)
    job = Job(store, selection({}), DEFAULT_BASE, graph.preset, drawn=graph)
    return sum(map(len, FORMATS[name].write(job)))


def theirs(name: str, graph: "nx.MultiDiGraph[str]") -> int:
    """The same by networkx, into a sink that keeps nothing."""
    if name == "cyjs":
        return len(json.dumps(nx.cytoscape_data(graph)).encode())
    sink = _Sink()
    (nx.write_gexf if name == "gexf" else nx.write_graphml)(graph, sink)
    return sink.size


class _Sink(BytesIO):
    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def write(self, data: Any, /) -> int:
        """Count."""
        self.size += len(data)
        return len(data)


RUNS: Final = (
    *(("ours", name) for name in ("gexf", "graphml", "cyjs", "csv")),
    *(("networkx", name) for name in ("gexf", "graphml", "cyjs")),
)


def measure(whose: str, name: str, path: Path) -> dict[str, float]:
    """Seconds, megabytes written, and megabytes of memory added while writing.

    The graph is read from a pickle, which leaves little behind that writing could use again.
    """
    graph = pickle.loads(path.read_bytes())
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts from what is held now
    before, start = _held("VmRSS"), time.perf_counter()
    size = (ours if whose == "ours" else theirs)(name, graph)
    return {
        "seconds": time.perf_counter() - start,
        "file MB": size / 2**20,
        "added MB": _held("VmHWM") - before,
    }


def _held(name: str) -> float:
    """Megabytes by one line of /proc/self/status (Linux)."""
    text = Path("/proc/self/status").read_text("ascii")
    return int(text.split(f"{name}:")[1].split()[0]) / 1024


def main() -> None:
    """Measure every writer in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=100_000, help="how many edges")
    parser.add_argument("--only", nargs=3, metavar=("WHOSE", "FORMAT", "PICKLE"), help="as JSON")
    options = parser.parse_args()
    if options.only:
        whose, name, path = options.only
        print(json.dumps(measure(whose, name, Path(path))))
        return
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        graph = generated(options.number)
        print(f"laid out in {time.perf_counter() - start:.1f} s")
        for whose, made in (("ours", graph), ("networkx", graph.to_networkx())):
            (Path(folder) / whose).write_bytes(pickle.dumps(made))
        for whose, name in RUNS:
            _run(whose, name, Path(folder) / whose)


def _run(whose: str, name: str, path: Path) -> None:
    command = [sys.executable, __file__, "--only", whose, name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures = "".join(f"{n:>12} {v:8,.1f}" for n, v in json.loads(done.stdout).items())
    print(f"{whose:10}{name:10}{figures}", flush=True)


if __name__ == "__main__":
    main()
