"""Our writers beside networkx's on a generated graph: ``python scripts/bench.py export``.

Both write the same nodes and edges with the same columns; networkx has no table, so pandas writes
its edges. Each writer runs in a process of its own; memory is what its peak adds to what the
process held when it began: our sheet is a file, networkx's graph is in memory by then. Read the
figures as ratios.
"""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, Final

import networkx as nx

from kg.export import FORMATS, Job, selection
from kg.iri import DEFAULT_BASE, digest
from kg.projection import Edge, Node, Sheet
from kg.projection.filling import ranked
from kg.projection.model import networkx_of
from kg.store import open_store

ACTS: Final = ("say", "request", "accuse", "deny", "condemn", "promise")
WORDS: Final = "the words of a quotation that are about as long as the evidence of a statement is"
SOURCE: Final = "The Harbour Post https://harbour.example/2022/lorik"
NAMES: Final = ("gexf", "graphml", "cyjs", "csv")


def export(edges: int, folder: Path) -> None:
    """Every writer over a graph of so many edges, one after the other; a table of figures."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"edges-{edges}.sqlite"
    if not file.exists():
        begun = time.perf_counter()
        ranked("actor-actor", nodes(edges), joined(edges), file).close()
        print(f"drawn, laid out and ranked in {time.perf_counter() - begun:.1f} s")
    print("| format | ours, s | networkx, s | ratio | ours, MB more | networkx, MB more |")
    print("|---|---|---|---|---|---|")
    for name in NAMES:
        mine, other = (_alone(whose, name, file) for whose in ("ours", "networkx"))
        print(
            f"| {name} | {mine['seconds']:.1f} | {other['seconds']:.1f} "
            f"| {mine['seconds'] / other['seconds']:.2f} "
            f"| {mine['more']:.0f} | {other['more']:,.0f} |",
            flush=True,
        )


def nodes(edges: int) -> Iterator[Node]:
    """A fifth as many actors as edges."""
    for number, iri in enumerate(_names(edges)):
        yield Node(iri, "person", f"Somebody {number}", iri, "Person")


def joined(edges: int) -> Iterator[Edge]:
    """As many statements between actors, the few famous ones in most of them."""
    chance, names = Random(1), _names(edges)
    for number in range(edges):
        source = names[int(chance.random() ** 3 * len(names))]
        key, act = digest(str(number)), ACTS[number % len(ACTS)]
        day = f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield Edge(
            id=f"e{key[:20]}",
            source=source,
            target=names[chance.randrange(len(names))],
            kind=act,
            label=act,
            url=f"{DEFAULT_BASE}statement/{key}",
            role="target",
            edtf=day,
            earliest=day,
            latest=day,
            published=day,
            confidence=0.95,
            sources=1,
            source_list=SOURCE,
            quotation=WORDS,
        )


def _names(edges: int) -> list[str]:
    count = max(edges // 5, 2)
    return sorted(f"{DEFAULT_BASE}actor/somebody-{digest(str(one))}" for one in range(count))


def ours(name: str, sheet: Sheet) -> int:
    """Write a format and throw it away; how many bytes it was."""
    store = open_store("memory:", base=DEFAULT_BASE)
    job = Job(store, selection({}), DEFAULT_BASE, sheet.preset, drawn=sheet)
    return sum(map(len, FORMATS[name].write(job)))


def theirs(name: str, graph: "nx.MultiDiGraph[str]") -> int:
    """The same by networkx, into a sink that keeps nothing."""
    if name == "cyjs":
        return len(json.dumps(nx.cytoscape_data(graph)).encode())
    sink = _Sink()
    if name == "csv":
        packed = {"method": "zip", "archive_name": "edges.csv"}
        nx.to_pandas_edgelist(graph, edge_key="id").to_csv(sink, index=False, compression=packed)
    else:
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


def measure(whose: str, name: str, file: Path) -> dict[str, float]:
    """Seconds of the processor, which a busy machine spares, and megabytes added meanwhile."""
    sheet = Sheet.open(file, "actor-actor")
    graph = None if whose == "ours" else _graph(sheet, name)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts from what is held now
    before, start = _held("VmRSS"), time.process_time()
    size = ours(name, sheet) if graph is None else theirs(name, graph)
    seconds = time.process_time() - start
    return {"seconds": seconds, "bytes": size, "more": _held("VmHWM") - before}


def _graph(sheet: Sheet, name: str) -> "nx.MultiDiGraph[str]":
    """The sheet as networkx holds it, with what our file of this format says besides."""
    graph = networkx_of(sheet.preset, sheet.nodes(), sheet.edges())
    if name == "cyjs":
        for _, told in graph.nodes(data=True):
            told |= {"name": told["label"], "colour": "#4269D0", "size": 10.0}
        for *_, told in graph.edges(data=True):
            told |= {"name": told["label"], "colour": "#8A8F98"}
    return graph


def _held(name: str) -> float:
    """Megabytes by one line of /proc/self/status (Linux)."""
    text = Path("/proc/self/status").read_text("ascii")
    return int(text.split(f"{name}:")[1].split()[0]) / 1024


def _alone(whose: str, name: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "scripts.bench_export", whose, name, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
